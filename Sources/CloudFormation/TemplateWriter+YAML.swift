internal import DorcText
internal import DorcModel

/// The layout that libyaml's emitter gives: the tests compare with it.
extension TemplateWriter {
    /// A list that is a member's value is not indented.
    mutating func openYAML(_ kind: Container.Kind, isTagged: Bool) {
        let deeper =
            switch place {
            case .nothing: 0
            case .key: kind == .object ? 2 : 0
            case .dash: 2
            case .colon: kind == .list && isTagged ? 0 : 2
            }
        container = Container(
            kind: kind, indent: container.indent + deeper, startsInLine: place != .key && !isTagged)
    }

    mutating func closeYAML() {
        guard container.isEmpty else { return }
        if place != .nothing { bytes.append(UInt8(ascii: " ")) }
        bytes.append(container.kind == .object ? "{}" as StaticString : "[]")
    }

    mutating func startYAMLEntry() {
        if !container.isEmpty || !container.startsInLine {
            breakLine(container.indent)
        } else if place != .nothing {
            bytes.append(UInt8(ascii: " "))
        }
    }

    /// The same with a key that is written as it is.
    @inline(__always)
    mutating func startYAMLEntry(key: StaticString) {
        let startsLine = !container.isEmpty || !container.startsInLine
        let (isInLine, indent) = (!startsLine && place != .nothing, container.indent)
        bytes.append(atMost: indent + key.utf8CodeUnitCount + 10) {
            if startsLine {
                $0.append(UInt8(ascii: "\n"))
                $0.append(spaces: indent)
            } else if isInLine {
                $0.append(UInt8(ascii: " "))
            }
            $0.append(key)
            $0.append(UInt8(ascii: ":"))
        }
        place = .key
    }

    /// A key of several lines, or of more than 128 bytes, has a mark of its own.
    mutating func appendYAML(key: String) {
        let isSimple = key.utf8.count <= 128 && !YAMLScalar.hasLineBreak(key)
        if !isSimple { bytes.append("? " as StaticString) }
        YAMLScalar.append(key, indent: container.indent + 2, to: &bytes)
        if !isSimple { breakLine(container.indent) }
        bytes.append(UInt8(ascii: ":"))
        place = isSimple ? .key : .colon
    }

    mutating func appendYAML(_ text: String) {
        startYAMLScalar()
        YAMLScalar.append(text, indent: container.indent + 2, to: &bytes)
    }

    mutating func startYAMLScalar() {
        if place != .nothing { bytes.append(UInt8(ascii: " ")) }
    }
}

extension TemplateWriter {
    /// A function whose argument is a name or a text.
    mutating func appendYAML(_ value: TemplateValue) {
        switch value {
        case .ref(let id): appendYAML("!Ref ", id.text)
        case .pseudoParameter(let name): appendYAML("!Ref ", name)
        case .getAtt(let id, let attribute):
            appendYAML("!GetAtt ", id.text)
            bytes.append(UInt8(ascii: "."))
            bytes.append(attribute)
        case .sub(let text):
            bytes.append("!Sub " as StaticString)
            YAMLScalar.append(text, indent: container.indent + 2, to: &bytes)
        case .arn(let arn):
            bytes.append("!Sub " as StaticString)
            appendYAML(arn)
        case .importValue(let name):
            bytes.append("!ImportValue " as StaticString)
            YAMLScalar.append(name, indent: container.indent + 2, to: &bytes)
        case .findInMap(let map, let id, let key):
            bytes.append("!FindInMap [" as StaticString)
            bytes.append(map)
            appendYAML(", ", id.text)
            bytes.append(", " as StaticString)
            bytes.append(key)
            bytes.append("]" as StaticString)
        // They are no single name or text.
        case .text, .deployTime, .joined: isImpossible = true
        }
    }

    private mutating func appendYAML(_ tag: StaticString, _ name: String) {
        bytes.append(tag)
        bytes.append(name)
    }

    /// Hardly any needs quotes: it is written first, and looked at then.
    private mutating func appendYAML(_ arn: ARN) {
        let start = bytes.count
        arn.append(to: &bytes)
        guard bytes.suffix(from: start, { YAMLScalarStyle(for: $0) }) != .plain else { return }
        bytes.removeSuffix(from: start)
        YAMLScalar.append(arn.text, indent: container.indent + 2, to: &bytes)
    }
}
