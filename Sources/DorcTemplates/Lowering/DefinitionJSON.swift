internal import DorcText

/// A state machine's definition as JSON in a text: CloudFormation takes `null` only there.
enum DefinitionJSON {
    /// Lines, so that a change can be reviewed. One with an ARN or the account in it is an `Fn::Sub`, in which a `${` of the user's is
    /// `\u0024{`: JSON's escape, which CloudFormation does not see.
    static func text(_ definition: Value) -> Value {
        var writer = Writer()
        writer.write(definition, indent: 0)
        return .join("\n", .list(writer.lines))
    }

    private struct Writer {
        private var finished: [Value] = []
        /// Of the line that is being written.
        private var pieces: [Value] = []
        private var text = ""

        var lines: [Value] { finished + [line] }

        private var line: Value {
            let all = pieces + [.string(text)]
            return pieces.isEmpty ? .string(text) : .sub(all.map(Self.substitution).joined())
        }

        private static func substitution(_ piece: Value) -> String {
            switch piece {
            case .string(let text), .sub(let text): text
            case .ref(let name), .getAtt(let name): "${\(name)}"
            // No text of a definition has these.
            case .integer, .number, .boolean, .null, .list, .map, .importValue, .split, .join, .select: ""
            }
        }

        mutating func write(_ value: Value, indent: Int) {
            switch value {
            case .null: text += "null"
            case .boolean(let value): text += value ? "true" : "false"
            case .integer(let value): text += String(value)
            case .number(let value): text += value
            case .string(let value): text += Self.literal(value)
            case .list(let items):
                write("[", "]", items.count, indent) { writer, index in writer.write(items[index], indent: indent + 1) }
            case .map(let members):
                write("{", "}", members.count, indent) { writer, index in
                    writer.text += Self.literal(members[index].key) + ": "
                    writer.write(members[index].value, indent: indent + 1)
                }
            case .ref, .getAtt, .sub, .importValue, .split, .join, .select:
                text += "\""
                writePart(value)
                text += "\""
            }
        }

        /// A part of a text. The account's id and ARNs have nothing that JSON escapes.
        private mutating func writePart(_ part: Value) {
            switch part {
            case .string(let literal): text += Self.literal(literal).dropFirst().dropLast()
            case .join(_, .list(let parts)):
                for part in parts { writePart(part) }
            case .sub(let text): add(.sub(String(JSONText.literal(text).dropFirst().dropLast())))
            default: add(part)
            }
        }

        private mutating func add(_ piece: Value) {
            if !text.isEmpty { pieces.append(.string(text)) }
            text = ""
            pieces.append(piece)
        }

        private mutating func breakLine(_ indent: Int) {
            finished.append(line)
            pieces = []
            text = String(repeating: "  ", count: indent)
        }

        private static func literal(_ text: String) -> String {
            JSONText.literal(text).replacing("${", with: "\\u0024{")
        }

        private mutating func write(
            _ open: String, _ close: String, _ count: Int, _ indent: Int, _ body: (inout Writer, Int) -> Void
        ) {
            text += open
            for index in 0..<count {
                if index > 0 { text += "," }
                breakLine(indent + 1)
                body(&self, index)
            }
            if count > 0 { breakLine(indent) }
            text += close
        }
    }
}
