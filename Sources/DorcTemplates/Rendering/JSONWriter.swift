internal import DorcText

/// Value -> JSON text in ASCII, two spaces a level. CloudFormation's functions are on one line.
///
/// `GetTemplate` answers `?` for other characters (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814),
/// and a program with another encoding reads them wrongly: escaped, they reach the resources in every case.
package struct JSONWriter: ~Copyable {
    private var bytes = ByteBuffer()

    package static func write(_ value: Value) -> [UInt8] {
        var writer = JSONWriter()
        writer.append(value, indent: 0)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes.bytes
    }

    private mutating func append(_ value: Value, indent: Int) {
        switch value {
        case .string(let text): JSONText.appendASCII(text, to: &bytes)
        case .integer(let number): bytes.append(String(number))
        case .number(let text): bytes.append(text)
        case .boolean(let flag): bytes.append(flag ? "true" as StaticString : "false")
        case .null: bytes.append("null" as StaticString)
        case .list(let items):
            if items.isEmpty { return bytes.append("[]" as StaticString) }
            bytes.append(UInt8(ascii: "["))
            for (position, item) in items.enumerated() {
                startItem(position, indent: indent + 2)
                append(item, indent: indent + 2)
            }
            end(UInt8(ascii: "]"), indent: indent)
        case .map(let members):
            if members.isEmpty { return bytes.append("{}" as StaticString) }
            bytes.append(UInt8(ascii: "{"))
            for (position, member) in members.enumerated() {
                startItem(position, indent: indent + 2)
                JSONText.appendASCII(member.key, to: &bytes)
                bytes.append(": " as StaticString)
                append(member.value, indent: indent + 2)
            }
            end(UInt8(ascii: "}"), indent: indent)
        case .ref, .getAtt, .sub, .importValue, .split, .join, .select: appendFunction(value)
        }
    }

    private mutating func appendFunction(_ value: Value) {
        bytes.append(UInt8(ascii: "{"))
        switch value {
        case .ref(let name):
            start("Ref")
            JSONText.appendASCII(name, to: &bytes)
        case .getAtt(let path):
            start("Fn::GetAtt")
            let parts = path.split(separator: ".", maxSplits: 1)
            appendInline(.list(parts.map { .string(String($0)) }))
        case .sub(let text):
            start("Fn::Sub")
            JSONText.appendASCII(text, to: &bytes)
        case .importValue(let export):
            start("Fn::ImportValue")
            appendInline(export)
        case .split(let delimiter, let text):
            start("Fn::Split")
            appendInline(.list([.string(delimiter), text]))
        case .join(let delimiter, let list):
            start("Fn::Join")
            appendInline(.list([.string(delimiter), list]))
        case .select(let index, let list):
            start("Fn::Select")
            appendInline(.list([.integer(index), list]))
        case .string, .integer, .number, .boolean, .null, .list, .map: break
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func start(_ function: StaticString) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(function)
        bytes.append("\": " as StaticString)
    }

    private mutating func appendInline(_ value: Value) {
        guard case .list(let items) = value else { return append(value, indent: 0) }
        bytes.append(UInt8(ascii: "["))
        for (position, item) in items.enumerated() {
            if position > 0 { bytes.append(", " as StaticString) }
            appendInline(item)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func startItem(_ position: Int, indent: Int) {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(repeating: UInt8(ascii: " "), count: indent)
    }

    private mutating func end(_ bracket: UInt8, indent: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(repeating: UInt8(ascii: " "), count: indent)
        bytes.append(bracket)
    }
}
