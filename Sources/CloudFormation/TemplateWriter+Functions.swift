internal import DorcText
package import DorcModel

/// CloudFormation's functions (guide, "Intrinsic function reference").
extension TemplateWriter {
    package mutating func add(_ value: TemplateValue) {
        switch (value, form) {
        case (.text(let text), _): add(text)
        case (_, .embedded):
            startValue()
            appendEmbedded(value)
        case (.deployTime(let value), _): add(deployTime: value)
        case (.joined(let pieces), _):
            join("") {
                $0.list {
                    for piece in pieces { $0.add(piece) }
                }
            }
        case (_, .json):
            startValue()
            appendJSON(value)
        case (_, .yaml):
            startValue()
            startYAMLScalar()
            appendYAML(value)
        case (_, .length):
            startValue()
            length.add(value)
        }
    }

    package mutating func add(deployTime value: CloudFormationValue) {
        switch value {
        case .text(let text): add(text)
        case .list(let items):
            list {
                for item in items { $0.add(deployTime: item) }
            }
        case .ref(let name): add(.pseudoParameter(name))
        case .sub(let text): add(.sub(text))
        case .importValue(.text(let name)): add(.importValue(name))
        case .importValue(let name): importValue { $0.add(deployTime: name) }
        case .split(let delimiter, let text): split(delimiter) { $0.add(deployTime: text) }
        case .join(let delimiter, let list): join(delimiter) { $0.add(deployTime: list) }
        case .select(let index, let list): select(index) { $0.add(deployTime: list) }
        }
    }

    /// `text` writes one value, as do the closures below.
    package mutating func split(_ delimiter: String, _ text: (inout TemplateWriter) -> Void) {
        function("Fn::Split", "!Split") {
            $0.add(delimiter)
            text(&$0)
        }
    }

    package mutating func join(_ delimiter: String, _ list: (inout TemplateWriter) -> Void) {
        function("Fn::Join", "!Join") {
            $0.add(delimiter)
            list(&$0)
        }
    }

    private mutating func select(_ index: Int, _ list: (inout TemplateWriter) -> Void) {
        function("Fn::Select", "!Select") {
            $0.add(index)
            list(&$0)
        }
    }

    /// Of a name that another function gives. In YAML two tags cannot stand at one value: the outer one has its long form.
    private mutating func importValue(_ name: (inout TemplateWriter) -> Void) {
        inlineObject("Fn::ImportValue", name)
    }

    private mutating func function(
        _ name: StaticString, _ tag: StaticString, _ arguments: (inout TemplateWriter) -> Void
    ) {
        if form == .yaml {
            startValue()
            startYAMLScalar()
            bytes.append(tag)
            let outer = container
            openYAML(.list, isTagged: true)
            arguments(&self)
            container = outer
        } else {
            inlineObject(name) { $0.list(arguments) }
        }
    }

    private mutating func inlineObject(_ key: StaticString, _ value: (inout TemplateWriter) -> Void) {
        switch form {
        case .json, .yaml:
            let isInline = container.isInline
            object {
                $0.container.isInline = true
                $0.key(key)
                value(&$0)
            }
            container.isInline = isInline
        case .length:
            startValue()
            length.addFunction()
        case .embedded: isImpossible = true
        }
    }
}
