/// A bracket that is open, and what it is there for.
struct JSONataBracket {
    let use: Use
    let token: JSONataToken
    let closing: JSONataSymbol

    enum Use {
        case block, arguments, array, filter, object, sort, body, transform
    }
}

extension JSONataParser {
    /// Reads what stands in a bracket, whose opening token is behind, and the token that closes it.
    mutating func bracket<Content>(
        _ use: JSONataBracket.Use, from token: JSONataToken, to closing: JSONataSymbol, then place: JSONataLexer.Place,
        _ content: (inout JSONataParser) throws(JSONataProblem) -> Content
    ) throws(JSONataProblem) -> Content {
        brackets.append(JSONataBracket(use: use, token: token, closing: closing))
        let content = try content(&self)
        guard current.symbol == closing else { throw mistakeBehindValue(expected: closing) }
        brackets.removeLast()
        try advance(place)
        return content
    }

    /// Items between commas; none where the bracket closes at once.
    mutating func list<Item>(
        closing: JSONataSymbol, _ item: (inout JSONataParser) throws(JSONataProblem) -> Item
    ) throws(JSONataProblem) -> [Item] {
        var items: [Item] = []
        if current.symbol == closing { return items }
        repeat {
            items.append(try item(&self))
        } while try skip(.comma)
        return items
    }
}
