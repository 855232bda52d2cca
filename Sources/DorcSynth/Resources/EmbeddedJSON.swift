internal import DorcModel
internal import DorcText

/// JSON inside a text, as a schedule's input is.
enum EmbeddedJSON {
    /// Without white space. The account may still be open in it.
    static func text(of value: JSONValue<Text>) -> Text {
        var parts: [Text.Part] = []
        append(value, to: &parts)
        return Text(joining: parts)
    }

    private static func append(_ value: JSONValue<Text>, to parts: inout [Text.Part]) {
        switch value {
        case .null: parts.append(.literal("null"))
        case .boolean(let flag): parts.append(.literal(flag ? "true" : "false"))
        case .number(let number): parts.append(.literal(number.text))
        case .text(.literal(let text)): parts.append(.literal(JSONText.literal(text)))
        case .text(.parts(let texts)):
            parts.append(.literal("\""))
            for part in texts {
                if case .literal(let text) = part {
                    parts.append(.literal(String(JSONText.literal(text).dropFirst().dropLast())))
                } else {
                    parts.append(part)
                }
            }
            parts.append(.literal("\""))
        case .list(let items):
            parts.append(.literal("["))
            for (position, item) in items.enumerated() {
                if position > 0 { parts.append(.literal(",")) }
                append(item, to: &parts)
            }
            parts.append(.literal("]"))
        case .object(let members):
            parts.append(.literal("{"))
            for (position, member) in members.enumerated() {
                parts.append(.literal((position > 0 ? "," : "") + JSONText.literal(member.name) + ":"))
                append(member.value, to: &parts)
            }
            parts.append(.literal("}"))
        }
    }
}
