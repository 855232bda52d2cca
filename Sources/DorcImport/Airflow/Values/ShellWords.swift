/// A command in one text, as `shlex.split` of Python's takes it apart, which Docker's client does. A template is part of a word, whatever
/// is in it.
enum ShellWords {
    /// Nil where a quotation does not end.
    static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word = ""
        var hasWord = false
        var quote: Character?
        var rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix("{{"), let end = rest.firstRange(of: "}}") {
                word += rest[..<end.upperBound]
                hasWord = true
                rest = rest[end.upperBound...]
                continue
            }
            rest = rest.dropFirst()
            if let open = quote {
                if character == open {
                    quote = nil
                } else if character == "\\", open == "\"", let next = rest.first, next == "\"" || next == "\\" {
                    word.append(next)
                    rest = rest.dropFirst()
                } else {
                    word.append(character)
                }
                continue
            }
            switch character {
            case "'", "\"":
                quote = character
                hasWord = true
            case "\\":
                guard let next = rest.first else { return nil }
                word.append(next)
                hasWord = true
                rest = rest.dropFirst()
            case " ", "\t", "\n", "\r", "\r\n":
                if hasWord { words.append(word) }
                word = ""
                hasWord = false
            default:
                word.append(character)
                hasWord = true
            }
        }
        if hasWord { words.append(word) }
        return quote == nil ? words : nil
    }
}
