struct JSONataToken: Sendable, Equatable {
    let kind: Kind
    let offset: Range<Int>

    enum Kind: Sendable, Equatable {
        case name(String, isQuoted: Bool)
        /// Without its `$`.
        case variable(String)
        case string(String)
        case number(Double)
        case boolean(Bool)
        case null
        case regularExpression(String)
        case symbol(JSONataSymbol)
        case end
    }

    var symbol: JSONataSymbol? {
        if case .symbol(let symbol) = kind { symbol } else { nil }
    }

    var bindingPower: Int { symbol?.bindingPower ?? 0 }
}

/// An operator or a bracket. `and`, `or` and `in` are also names, where a value has to stand.
enum JSONataSymbol: String, Sendable {
    case dot = ".", comma = ",", semicolon = ";", colon = ":", question = "?"
    case openBracket = "[", closeBracket = "]", openBrace = "{", closeBrace = "}", open = "(", close = ")"
    case at = "@", hash = "#", caret = "^", bar = "|", exclamation = "!", tilde = "~"
    case plus = "+", minus = "-", star = "*", slash = "/", percent = "%", ampersand = "&"
    case equal = "=", less = "<", greater = ">"
    case doubleDot = "..", assign = ":=", notEqual = "!=", greaterOrEqual = ">=", lessOrEqual = "<="
    case doubleStar = "**", chain = "~>", fallback = "?:", coalesce = "??"
    case and, or
    case isIn = "in"

    /// How strongly it binds what is on its left; 0 where it cannot follow a value.
    var bindingPower: Int {
        switch self {
        case .openBracket, .open, .at, .hash: 80
        case .dot: 75
        case .openBrace: 70
        case .star, .slash, .percent: 60
        case .plus, .minus, .ampersand: 50
        case .equal, .less, .greater, .notEqual, .greaterOrEqual, .lessOrEqual, .isIn, .chain, .caret, .fallback,
            .coalesce:
            40
        case .and: 30
        case .or: 25
        case .question: 20
        case .assign: 10
        case .comma, .semicolon, .colon, .closeBracket, .closeBrace, .close, .bar, .exclamation, .tilde, .doubleDot,
            .doubleStar:
            0
        }
    }

    /// What closes it.
    var closing: JSONataSymbol? {
        switch self {
        case .open: .close
        case .openBracket: .closeBracket
        case .openBrace: .closeBrace
        case .bar: .bar
        default: nil
        }
    }

    var isClosing: Bool { self == .close || self == .closeBracket || self == .closeBrace }
}

/// An operator between two values.
package enum JSONataOperator: String, Sendable, CaseIterable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
    case join = "&"
    case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case and, or
    case isIn = "in"
    /// From the first integer to the second; only in an array.
    case range = ".."
    /// Calls the function on its right with the value on its left.
    case chain = "~>"
    /// The right value where the left one is empty, zero, false or missing; since JSONata 2.1.
    case fallback = "?:"
    /// The right value where the left one is missing; since JSONata 2.1.
    case coalesce = "??"
}

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
    /// Reads what is in a bracket, whose opening token has been read, and the token that closes it.
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
