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

    /// How strongly it binds what stands on its left; 0 where it cannot follow a value.
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
