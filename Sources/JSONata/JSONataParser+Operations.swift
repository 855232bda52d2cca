/// What an operator makes of the value on its left.
extension JSONataParser {
    mutating func operation(
        _ symbol: JSONataSymbol, at token: JSONataToken, behind left: JSONataNode
    ) throws(JSONataProblem) -> JSONataNode {
        let kind: JSONataNode.Kind
        switch symbol {
        case .dot: kind = try path(from: left)
        case .openBracket: kind = try filter(left, from: token)
        case .open: kind = try call(left, from: token)
        case .openBrace: kind = try group(left, from: token)
        case .caret: kind = try sort(left)
        case .at: kind = try focus(left, at: token)
        case .hash:
            let variable = try boundVariable(at: token)
            kind = .position(left, variable)
        case .question: kind = try condition(left)
        case .assign: kind = try binding(left, at: token)
        case .fallback, .coalesce:
            kind = .operation(
                left, symbol == .fallback ? .fallback : .coalesce, at: token.offset, try expression(above: 0))
        default:
            guard let binary = JSONataOperator(rawValue: symbol.rawValue) else { throw mistakeBehindValue() }
            kind = .operation(left, binary, at: token.offset, try expression(above: symbol.bindingPower))
        }
        return try node(kind, from: left.offset.lowerBound)
    }

    private mutating func path(from left: JSONataNode) throws(JSONataProblem) -> JSONataNode.Kind {
        if let value = left.valueAsStep { throw valueInPath(value) }
        let step = try expression(above: JSONataSymbol.dot.bindingPower)
        if let value = step.valueAsStep { throw valueInPath(value) }
        return .path(left, step: step)
    }

    private mutating func filter(
        _ left: JSONataNode, from token: JSONataToken
    ) throws(JSONataProblem) -> JSONataNode.Kind {
        if current.symbol == .closeBracket {
            try advance(.value)
            return .keepArray(left)
        }
        if left.lastStepHasGroup {
            throw JSONataProblem(
                offset: token.offset, summary: "a filter cannot come after a group",
                help: "filter before the `{`, or put all before the filter in parentheses")
        }
        let predicate = try bracket(.filter, from: token, to: .closeBracket, then: .behindValue) {
            parser throws(JSONataProblem) in try parser.expression(above: 0)
        }
        return .filter(left, predicate: predicate)
    }

    private mutating func group(_ left: JSONataNode, from token: JSONataToken) throws(JSONataProblem)
        -> JSONataNode.Kind
    {
        if left.hasGroup {
            throw JSONataProblem(
                offset: token.offset, summary: "a path has one group at most",
                help: "put all before the second `{` in parentheses")
        }
        return .group(left, try pairs(from: token))
    }

    private mutating func sort(_ left: JSONataNode) throws(JSONataProblem) -> JSONataNode.Kind {
        let token = current
        guard try skip(.open) else {
            throw JSONataProblem(
                offset: previous.offset, summary: "`^` sorts, and needs parentheses after it",
                help: "as in `rows^(>price)`; for a power write `$power(base, exponent)`")
        }
        let terms = try bracket(.sort, from: token, to: .close, then: .value) { parser throws(JSONataProblem) in
            var terms: [JSONataNode] = []
            repeat {
                if try !parser.skip(.less) { _ = try parser.skip(.greater) }
                terms.append(try parser.expression(above: 0))
            } while try parser.skip(.comma)
            return terms
        }
        return .sort(left, by: terms)
    }

    private mutating func focus(_ left: JSONataNode, at token: JSONataToken) throws(JSONataProblem) -> JSONataNode.Kind
    {
        let variable = try boundVariable(at: token)
        if left.lastStepHasFilter || left.lastStepIsSort {
            throw JSONataProblem(
                offset: token.offset, summary: "`@` cannot come after a filter or a sort",
                help: "write it first: `rows@$row[...]`")
        }
        return .focus(left, variable)
    }

    /// The variable after `@` or `#`.
    private mutating func boundVariable(at token: JSONataToken) throws(JSONataProblem) -> JSONataVariable {
        guard case .variable(let name) = current.kind else {
            let isHash = token.symbol == .hash
            throw JSONataProblem(
                offset: token.offset, summary: "`\(isHash ? "#" : "@")` needs a variable after it",
                help: isHash ? "as in `rows#$position`; a comment is `/* ... */`" : "as in `rows@$row`")
        }
        let variable = JSONataVariable(name: name, offset: current.offset)
        try advance(.behindValue)
        return variable
    }

    private mutating func condition(_ left: JSONataNode) throws(JSONataProblem) -> JSONataNode.Kind {
        let first = try expression(above: 0)
        let second = try skip(.colon) ? try expression(above: 0) : nil
        return .condition(left, then: first, else: second)
    }

    private mutating func binding(_ left: JSONataNode, at token: JSONataToken) throws(JSONataProblem)
        -> JSONataNode.Kind
    {
        guard case .variable(let name) = left.kind else { throw bindingOfNoVariable(left, at: token) }
        let value = try expression(above: JSONataSymbol.assign.bindingPower - 1)
        return .binding(JSONataVariable(name: name, offset: left.offset), value)
    }
}
