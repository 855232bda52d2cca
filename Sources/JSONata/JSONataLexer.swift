/// Reads one token at a time.
struct JSONataLexer {
    let scalars: [Unicode.Scalar]
    var position = 0

    /// What is before a `/` decides what it begins: a regular expression in the place of a value, a division after
    /// one.
    enum Place {
        case value, behindValue
    }

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func next(_ place: Place) throws(JSONataProblem) -> JSONataToken {
        try skipBlanksAndComments()
        let start = position
        guard let scalar = scalar() else { return JSONataToken(kind: .end, offset: start..<start) }
        let kind: JSONataToken.Kind =
            switch scalar {
            case "/" where place == .value: .regularExpression(try regularExpression())
            case "\"", "'": .string(try string(quote: scalar))
            case "0"..."9": .number(try number())
            case "`": .name(try quotedName(), isQuoted: true)
            default:
                if let symbol = symbol() { .symbol(symbol) } else { try word() }
            }
        return JSONataToken(kind: kind, offset: start..<position)
    }

    /// The scalar so far ahead of the position; nil past the end.
    func scalar(ahead distance: Int = 0) -> Unicode.Scalar? {
        let index = position + distance
        return scalars.indices.contains(index) ? scalars[index] : nil
    }

    func text(_ offset: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[offset.clamped(to: scalars.indices)]))
    }

    /// For a message: on one line, and not all of a long text.
    func excerpt(_ offset: Range<Int>) -> String { text(offset).excerpt }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" || scalar == "\u{B}"
    }

    /// Whether a word ends before it.
    static func isOperator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", ",", ";", ":", "?", "[", "]", "{", "}", "(", ")", "@", "#", "^", "|", "!", "~", "+", "-", "*", "/",
            "%",
            "&", "=", "<", ">":
            true
        default: false
        }
    }

    private mutating func skipBlanksAndComments() throws(JSONataProblem) {
        while let scalar = scalar() {
            if Self.isBlank(scalar) {
                position += 1
            } else if scalar == "/", self.scalar(ahead: 1) == "*" {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(JSONataProblem) {
        let start = position
        position += 2
        while let scalar = scalar() {
            if scalar == "*", self.scalar(ahead: 1) == "/" {
                position += 2
                return
            }
            position += 1
        }
        throw JSONataProblem(
            offset: start..<start + 2, summary: "the comment is never closed", help: "a comment ends with `*/`")
    }

    private mutating func symbol() -> JSONataSymbol? {
        guard let first = scalar(), Self.isOperator(first) else { return nil }
        if let second = scalar(ahead: 1), let symbol = JSONataSymbol(rawValue: String(first) + String(second)) {
            position += 2
            return symbol
        }
        guard let symbol = JSONataSymbol(rawValue: String(first)) else { return nil }
        position += 1
        return symbol
    }
}
