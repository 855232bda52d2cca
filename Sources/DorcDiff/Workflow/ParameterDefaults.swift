internal import DorcText

/// The defaults of `parameters` as a state has them -> as pipeline.yaml does. Where there are expressions, synth writes JSONata that
/// makes an error of what gives nothing, around each of them.
enum ParameterDefaults {
    /// Where each default is a field of its own.
    static func words(_ defaults: Tree) -> String {
        switch defaults {
        case .object(let members):
            "{" + members.map { "\(JSONText.literal($0.name)): \(words($0.value))" }.joined(separator: ", ") + "}"
        case .list(let items): "[" + items.map(words).joined(separator: ", ") + "]"
        // A template has no null.
        case .text("{% null %}"), .null: "null"
        case .text(let text): JSONText.literal(text)
        case .boolean, .number: defaults.scalar ?? ""
        }
    }

    static func words(_ text: String) -> String {
        let (before, last, after) = ("( $value := function($x)", "[$x] }; ", " )")
        guard text.hasPrefix(before), text.hasSuffix(after), let helpers = text.range(of: last) else { return text }
        return unwrapped(text[helpers.upperBound...].dropLast(after.count))
    }

    /// `$value((X))` is `"{% X %}"`; one whose end is not found stays as it is.
    private static func unwrapped(_ text: Substring) -> String {
        let (open, close) = ("$value((", "))")
        var result = ""
        var rest = text
        while let start = rest.range(of: open) {
            let inside = rest[start.upperBound...]
            guard let end = closing(in: inside), inside[end...].hasPrefix(close) else { break }
            result += rest[..<start.lowerBound] + "\"{% " + inside[..<end] + " %}\""
            rest = inside[end...].dropFirst(close.count)
        }
        return result + rest
    }

    /// The parenthesis that was open before the text; those in strings and in names in backticks do not count.
    private static func closing(in text: Substring) -> Substring.Index? {
        var depth = 1
        var quote: Character?
        var isEscaped = false
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    quote = nil
                }
                continue
            }
            switch character {
            case "\"", "'", "`": quote = character
            case "(": depth += 1
            case ")":
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }
}
