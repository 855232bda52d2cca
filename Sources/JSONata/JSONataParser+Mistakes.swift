/// Names the mistake where the current token cannot stand.
extension JSONataParser {
    /// Where a value has to come.
    func mistakeInPlaceOfValue() -> JSONataProblem {
        if let problem = doubledOperator { return problem }
        let before = previous.kind == .end ? nil : lexer.excerpt(previous.offset)
        guard let symbol = current.symbol else { return mistakeAtEnd(behind: before) }
        switch symbol {
        case .exclamation:
            return JSONataProblem(
                offset: current.offset, summary: "`!` is not JSONata", help: "write `$not(...)`, or `!=` for not equal"
            )
        case .close, .closeBracket, .closeBrace:
            if previous.symbol == .comma {
                return JSONataProblem(
                    offset: previous.offset, summary: "there is nothing after the last comma",
                    help: "JSONata allows no comma before `\(symbol.rawValue)`", replacement: "")
            }
            guard before == nil || brackets.last?.closing == symbol else { return mistakeBehindValue() }
            return missingValue(before: symbol)
        case .hash:
            return JSONataProblem(
                offset: current.offset, summary: "`#` has no value on its left", help: "a comment is `/* ... */`")
        case .dot where lexer.scalar().map { ("0"..."9").contains($0) } ?? false:
            return JSONataProblem(
                offset: current.offset, summary: "a number does not begin with a dot", help: "write `0.5` for `.5`",
                replacement: "0.")
        case .semicolon where previous.symbol == .open || previous.symbol == .semicolon:
            return JSONataProblem(
                offset: current.offset, summary: "there is nothing before the `;`", replacement: "")
        case .slash where previous.symbol == .open || previous.symbol == .openBracket:
            return JSONataProblem(
                offset: current.offset,
                summary: "a regular expression cannot come directly after `\(before ?? "(")`",
                help: "JSONata takes the `/` for a division here; give it to a function: `$contains(text, /ab+/)`")
        default:
            return missingValue(before: symbol)
        }
    }

    private func missingValue(before symbol: JSONataSymbol) -> JSONataProblem {
        let place = previous.kind == .end ? "" : " and after `\(lexer.excerpt(previous.offset))`"
        return JSONataProblem(
            offset: current.offset, summary: "a value is missing before `\(symbol.rawValue)`\(place)")
    }

    private func mistakeAtEnd(behind before: String?) -> JSONataProblem {
        if let bracket = brackets.last, previous.symbol == nil || previous.symbol == .comma || previous == bracket.token
        {
            return unclosed(bracket)
        }
        return JSONataProblem(
            offset: previous.offset, summary: "the expression ends after `\(before ?? "")`, where a value has to come")
    }

    func unclosed(_ bracket: JSONataBracket) -> JSONataProblem {
        let text = lexer.excerpt(bracket.token.offset)
        return JSONataProblem(
            offset: bracket.token.offset, summary: "the `\(text)` is never closed",
            help: "a `\(bracket.closing.rawValue)` is missing after it")
    }

    /// Where an operator has to come, a bracket has to close, or the expression has to end.
    func mistakeBehindValue(expected: JSONataSymbol? = nil) -> JSONataProblem {
        switch current.kind {
        case .end:
            if expected == .colon, let bracket = brackets.last { return noPair(in: bracket) }
            if let bracket = brackets.last { return unclosed(bracket) }
            return JSONataProblem(offset: previous.offset, summary: "the expression ends too early")
        case .symbol(let symbol) where symbol.isClosing:
            return wrongClosing(symbol, expected: expected)
        case .symbol(let symbol):
            return wrongSymbol(symbol, expected: expected)
        default:
            return wrongValue(expected: expected)
        }
    }

    private func wrongClosing(_ symbol: JSONataSymbol, expected: JSONataSymbol?) -> JSONataProblem {
        guard let bracket = brackets.last else {
            return JSONataProblem(
                offset: current.offset, summary: "the `\(symbol.rawValue)` closes nothing", replacement: "")
        }
        if symbol == bracket.closing, expected == .colon { return noPair(in: bracket) }
        let opening = lexer.excerpt(bracket.token.offset)
        return JSONataProblem(
            offset: current.offset,
            summary: "`\(symbol.rawValue)` is where a `\(bracket.closing.rawValue)` has to close the `\(opening)`",
            help: "the `\(opening)` is character \(bracket.token.offset.lowerBound + 1) of the expression",
            opening: bracket.token.offset)
    }

    private func noPair(in bracket: JSONataBracket) -> JSONataProblem {
        let isDollar = lexer.excerpt(previous.offset).hasPrefix("$")
        return JSONataProblem(
            offset: current.kind == .end ? bracket.token.offset : previous.offset,
            summary: "an object needs `:` and a value after each key",
            help: isDollar
                ? "as in `{\"name\": \(lexer.excerpt(previous.offset))}`" : "as in `{\"rows\": $states.input.rows}`",
            opening: bracket.token.offset)
    }
}
