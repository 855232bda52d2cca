/// What people write who come from Python or another language.
extension JSONataParser {
    /// Two operators side by side that are one elsewhere.
    var doubledOperator: JSONataProblem? {
        guard let first = previous.symbol, let second = current.symbol,
            previous.offset.upperBound == current.offset.lowerBound
        else { return nil }
        let offset = previous.offset.lowerBound..<current.offset.upperBound
        let written = lexer.excerpt(offset)
        let right: String
        switch (first, second) {
        case (.equal, .equal): right = "="
        case (.notEqual, .equal), (.less, .greater): right = "!="
        case (.equal, .less): right = "<="
        case (.ampersand, .ampersand): right = "and"
        case (.equal, .greater):
            return JSONataProblem(
                offset: offset, summary: "`=>` is not JSONata",
                help: "write `>=` for a comparison, and `function($x) { ... }` for a function")
        case (.question, .dot):
            return JSONataProblem(
                offset: offset, summary: "`?.` is not JSONata",
                help: "a plain `.` gives nothing where the field is missing", replacement: ".")
        case (.plus, .equal), (.minus, .equal), (.star, .equal), (.slash, .equal):
            return JSONataProblem(
                offset: offset, summary: "`\(written)` is not JSONata",
                help: "a variable gets a new value by `$x := $x \(first.rawValue) 1`")
        case (.plus, .plus):
            return JSONataProblem(
                offset: offset, summary: "`++` is not JSONata", help: "write `+ 1`, or `&` for strings")
        case (.dot, .dot), (.doubleDot, .dot), (.dot, .doubleDot), (.doubleDot, .doubleDot):
            return JSONataProblem(
                offset: offset, summary: "`\(written)` is not JSONata",
                help: "write `.` for a field, `[1..3]` for a range")
        default: return nil
        }
        let isComparison = right != "and"
        return JSONataProblem(
            offset: offset,
            summary: "`\(written)` is not JSONata: \(isComparison ? "it compares with" : "write") `\(right)`",
            replacement: right)
    }

    func floorDivision(at token: JSONataToken) -> JSONataProblem {
        JSONataProblem(
            offset: token.offset.lowerBound..<token.offset.upperBound + 1, summary: "`//` is not JSONata",
            help: "write `$floor(a / b)` for a whole number; a comment is `/* ... */`")
    }

    func wrongSymbol(_ symbol: JSONataSymbol, expected: JSONataSymbol?) -> JSONataProblem {
        let use = brackets.last?.use
        switch symbol {
        case .bar where lexer.scalar() == "|":
            return problem("`||` is not JSONata: write `or`", length: 2, replacement: "or")
        case .bar:
            return problem("`|` is not an operator between values", help: "write `or`, or `$append(a, b)` for lists")
        case .doubleStar: return problem("`**` is not JSONata's power", help: "write `$power(base, exponent)`")
        case .exclamation, .tilde: return problem("`\(symbol.rawValue)` is not an operator between values")
        case .semicolon where use == nil:
            return problem(
                "several expressions need parentheses around them", help: "as in `( $x := 1; $x + 1 )`")
        case .semicolon where use != .block:
            return problem(
                "`;` is not expected here",
                help: "several expressions need parentheses around them: `( $x := 1; $x + 1 )`")
        case .comma where use == .block:
            return problem(
                "a comma cannot be between parentheses", help: "write `[a, b]` for a list, `;` between expressions")
        case .comma where use == nil:
            return problem("a comma cannot be outside of brackets", help: "write `[a, b]` for a list")
        case .colon where use == .filter:
            return problem("JSONata has no slices", help: "write `rows[[0..2]]` for the first three items")
        case .colon where lexer.excerpt(previous.offset) == "else":
            return elseClause
        case .colon:
            return problem(
                "`:` is not expected here",
                help: "it goes between a key and its value in `{ }`, and in `condition ? a : b`")
        case .doubleDot where use != .array:
            return problem("a range is written in brackets", help: "write `[1..3]`")
        case .assign: return problem("`:=` gives a value to a variable only", help: "as in `$x := 1`")
        default:
            let wanted = expected.map { ", where `\($0.rawValue)` has to come" } ?? ""
            return problem("`\(symbol.rawValue)` is not expected here\(wanted)")
        }
    }

    private var elseClause: JSONataProblem {
        problem("JSONata has no `else`", help: "write `condition ? value : other`")
    }

    func problem(_ summary: String, length: Int? = nil, help: String? = nil, replacement: String? = nil)
        -> JSONataProblem
    {
        let offset = length.map { current.offset.lowerBound..<current.offset.lowerBound + $0 } ?? current.offset
        return JSONataProblem(
            offset: offset, summary: summary, help: help, replacement: replacement, opening: brackets.last?.token.offset
        )
    }

    /// `x := 1`
    func bindingOfNoVariable(_ left: JSONataNode, at token: JSONataToken) -> JSONataProblem {
        if case .name(let name, isQuoted: false) = left.kind {
            return JSONataProblem(
                offset: left.offset, summary: "`:=` gives a value to a variable, whose name begins with `$`",
                replacement: "$\(name)")
        }
        return JSONataProblem(
            offset: token.offset, summary: "`:=` gives a value to a variable only", help: "as in `$x := 1`")
    }

    /// `a.0`, `a.true`
    func valueInPath(_ value: JSONataNode) -> JSONataProblem {
        let text = lexer.excerpt(value.offset)
        switch value.kind {
        case .boolean, .null:
            return JSONataProblem(
                offset: value.offset, summary: "`\(text)` is a value, not the name of a field",
                help: "the name of a field is written in backticks here", replacement: "`\(text)`")
        default:
            return JSONataProblem(
                offset: value.offset, summary: "the number `\(text)` cannot be a part of a path",
                help: "an item of a list is `rows[0]`; a field's name is written in backticks")
        }
    }
}
