internal import DorcText
internal import DorcModel

extension TemplateWriter {
    mutating func openJSON(_ kind: Container.Kind) {
        bytes.append(kind == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
        container = Container(kind: kind, indent: container.indent + 2, isInline: container.isInline)
    }

    /// `indent` is that of the outer container.
    mutating func closeJSON(_ indent: Int) {
        let breaksLine = !container.isEmpty && !container.isInline
        let end = container.kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
        bytes.append(atMost: indent + 10) {
            if breaksLine {
                $0.append(UInt8(ascii: "\n"))
                $0.append(spaces: indent)
            }
            $0.append(end)
        }
    }

    mutating func startJSONEntry() {
        if !container.isEmpty { bytes.append(UInt8(ascii: ",")) }
        if !container.isInline {
            breakLine(container.indent)
        } else if !container.isEmpty {
            bytes.append(UInt8(ascii: " "))
        }
    }
}

extension TemplateWriter {
    /// A function whose argument is a name or a text.
    mutating func appendJSON(_ value: TemplateValue) {
        switch value {
        case .ref(let id): appendJSON("{\"Ref\": \"", id.text, "\"}")
        case .pseudoParameter(let name): appendJSON("{\"Ref\": \"", name, "\"}")
        case .getAtt(let id, let attribute):
            appendJSON("{\"Fn::GetAtt\": [\"", id.text, "\", \"")
            bytes.append(attribute)
            bytes.append("\"]}" as StaticString)
        case .sub(let text):
            bytes.append("{\"Fn::Sub\": " as StaticString)
            JSONText.appendASCII(text, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .arn(let arn):
            bytes.append("{\"Fn::Sub\": " as StaticString)
            appendJSON(arn)
            bytes.append(UInt8(ascii: "}"))
        case .importValue(let name):
            bytes.append("{\"Fn::ImportValue\": " as StaticString)
            JSONText.appendASCII(name, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .findInMap(let map, let id, let key):
            bytes.append("{\"Fn::FindInMap\": [\"" as StaticString)
            bytes.append(map)
            appendJSON("\", \"", id.text, "\", \"")
            bytes.append(key)
            bytes.append("\"]}" as StaticString)
        // They are no single name or text.
        case .text, .deployTime, .joined: isImpossible = true
        }
    }

    private mutating func appendJSON(_ opening: StaticString, _ name: String, _ closing: StaticString) {
        bytes.append(opening)
        bytes.append(name)
        bytes.append(closing)
    }

    /// Hardly any has something to escape: it is written first, and looked at then.
    private mutating func appendJSON(_ arn: ARN) {
        let start = bytes.count
        bytes.append(UInt8(ascii: "\""))
        arn.append(to: &bytes)
        if bytes.suffix(from: start + 1, JSONText.isPrintable) {
            bytes.append(UInt8(ascii: "\""))
        } else {
            bytes.removeSuffix(from: start)
            JSONText.appendASCII(arn.text, to: &bytes)
        }
    }
}
