extension JSONataLexer {
    /// A name, a variable or a keyword: all up to the next blank or operator, whatever its characters.
    mutating func word() throws(JSONataProblem) -> JSONataToken.Kind {
        let start = position
        while let scalar = scalar(), !Self.isBlank(scalar), !Self.isOperator(scalar) {
            try refuseLookalike(scalar)
            position += 1
        }
        let word = text(start..<position)
        try refuseQuote(in: word, from: start)
        if word.hasPrefix("$") { return .variable(String(word.dropFirst())) }
        switch word {
        case "and": return .symbol(.and)
        case "or": return .symbol(.or)
        case "in": return .symbol(.isIn)
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default: return .name(word, isQuoted: false)
        }
    }

    mutating func quotedName() throws(JSONataProblem) -> String {
        let start = position
        position += 1
        while let scalar = scalar() {
            position += 1
            if scalar == "`" { return text(start + 1..<position - 1) }
        }
        throw JSONataProblem(
            offset: start..<start + 1, summary: "the name in backticks is never closed",
            help: "it ends with a second backtick")
    }

    /// JSONata takes them as letters of a name, which is never meant.
    private func refuseLookalike(_ scalar: Unicode.Scalar) throws(JSONataProblem) {
        let replacement: String? =
            switch scalar {
            case "“", "”", "„", "«", "»": "\""
            case "‘", "’", "‚": "'"
            case "–", "—", "−": "-"
            case "≤": "<="
            case "≥": ">="
            case "≠": "!="
            case "×": "*"
            case "…": ".."
            case "\u{200B}", "\u{FEFF}": ""
            default: scalar.properties.isWhitespace ? " " : nil
            }
        guard let replacement else { return }
        let code = String(scalar.value, radix: 16, uppercase: true)
        let isVisible = !scalar.properties.isWhitespace && !replacement.isEmpty
        throw JSONataProblem(
            offset: position..<position + 1,
            summary: isVisible
                ? "`\(scalar)` is not a character of JSONata"
                : "there is an invisible character, U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)",
            help: isVisible ? "write `\(replacement)`" : "text copied from a web page or a chat often has it",
            replacement: replacement)
    }

    /// `f'...'` is a name in JSONata, as a name goes on to the next blank or operator.
    private func refuseQuote(in word: String, from start: Int) throws(JSONataProblem) {
        guard let quote = word.unicodeScalars.firstIndex(where: { "\"'`".unicodeScalars.contains($0) }) else { return }
        let prefix = String(word.unicodeScalars[..<quote])
        if ["f", "fr", "rf"].contains(prefix.lowercased()) {
            throw JSONataProblem(
                offset: start..<start + prefix.unicodeScalars.count, summary: "JSONata has no f-strings",
                help: "join strings with `&`, for example `'day ' & $states.input.day`")
        }
        if ["r", "b", "u", "rb", "br"].contains(prefix.lowercased()) {
            throw JSONataProblem(
                offset: start..<start + prefix.unicodeScalars.count,
                summary: "a string has no `\(prefix)` before its quote in JSONata",
                help: prefix.lowercased() == "r" ? "a regular expression is written between slashes: `/[0-9]+/`" : nil,
                replacement: "")
        }
        let place = start + prefix.unicodeScalars.count
        throw JSONataProblem(
            offset: place..<place + 1, summary: "there is a quote within the word `\(prefix.excerpt)`",
            help:
                "an operator is missing before the string, such as `&`; a name with a quote in it is written in backticks"
        )
    }
}
