/// JSON for people to read as well: a member or an item on each line, an indent of two; what is empty or holds scalars alone
/// and is short stays on one line.
package enum JSONPretty {
    private static let width = 100

    /// A whole file.
    package static func file(_ value: JSONValue<String>) -> String {
        var bytes = ByteBuffer()
        append(value, indent: 0, to: &bytes)
        bytes.append("\n" as StaticString)
        return bytes.text
    }

    private static func append(_ value: JSONValue<String>, indent: Int, to bytes: inout ByteBuffer) {
        switch value {
        case .null: bytes.append("null" as StaticString)
        case .boolean(let value): bytes.append(value ? "true" : "false" as StaticString)
        case .number(let number): bytes.append(number.text)
        case .text(let text): JSONText.append(text, to: &bytes)
        case .list(let items):
            if items.isEmpty { return bytes.append("[]" as StaticString) }
            if let line = line(items, indent) { return bytes.append(line) }
            bytes.append("[\n" as StaticString)
            for (position, item) in items.enumerated() {
                bytes.append(spaces: indent + 2)
                append(item, indent: indent + 2, to: &bytes)
                bytes.append(position < items.count - 1 ? ",\n" : "\n" as StaticString)
            }
            bytes.append(spaces: indent)
            bytes.append("]" as StaticString)
        case .object(let members):
            if members.isEmpty { return bytes.append("{}" as StaticString) }
            bytes.append("{\n" as StaticString)
            for (position, member) in members.enumerated() {
                bytes.append(spaces: indent + 2)
                JSONText.append(member.name, to: &bytes)
                bytes.append(": " as StaticString)
                append(member.value, indent: indent + 2, to: &bytes)
                bytes.append(position < members.count - 1 ? ",\n" : "\n" as StaticString)
            }
            bytes.append(spaces: indent)
            bytes.append("}" as StaticString)
        }
    }

    /// A list of scalars that fits on a line.
    private static func line(_ items: [JSONValue<String>], _ indent: Int) -> String? {
        var bytes = ByteBuffer(capacity: width)
        bytes.append("[" as StaticString)
        for (position, item) in items.enumerated() {
            switch item {
            case .list, .object: return nil
            case .null, .boolean, .number, .text: break
            }
            if position > 0 { bytes.append(", " as StaticString) }
            append(item, indent: 0, to: &bytes)
            guard bytes.count + indent < width else { return nil }
        }
        bytes.append("]" as StaticString)
        return bytes.text
    }
}

extension JSONValue where Text == String {
    /// An object from its members; those without a value are left out.
    package static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    package static func integer(_ number: Int) -> JSONValue { .number(JSONNumber(number)) }

    package static func texts(_ texts: [String]) -> JSONValue { .list(texts.map { .text($0) }) }
}
