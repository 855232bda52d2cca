extension JSONataParser {
    /// A call, or the definition of a function, which begins like one.
    mutating func call(_ function: JSONataNode, from token: JSONataToken) throws(JSONataProblem) -> JSONataNode.Kind {
        let arguments = try bracket(.arguments, from: token, to: .close, then: .behindValue) {
            parser throws(JSONataProblem) in
            try parser.list(closing: .close) { parser throws(JSONataProblem) -> Argument in
                let offset = parser.current.offset
                if try parser.skip(.question) { return Argument(node: nil, offset: offset) }
                let node = try parser.expression(above: 0)
                return Argument(node: node, offset: node.offset)
            }
        }
        if case .name("function", _) = function.kind { return try lambda(arguments) }
        if case .name("λ", _) = function.kind { return try lambda(arguments) }
        let given = arguments.compactMap(\.node)
        return given.count == arguments.count
            ? .call(function, given) : .partialCall(function, arguments.map(\.node))
    }

    private struct Argument {
        /// nil for `?`
        let node: JSONataNode?
        let offset: Range<Int>
    }

    private mutating func lambda(_ arguments: [Argument]) throws(JSONataProblem) -> JSONataNode.Kind {
        var parameters: [JSONataVariable] = []
        for argument in arguments {
            guard case .variable(let name) = argument.node?.kind else {
                let text = lexer.excerpt(argument.offset)
                var replacement: String?
                if case .name(_, isQuoted: false) = argument.node?.kind {
                    replacement = "$\(lexer.text(argument.offset))"
                }
                throw JSONataProblem(
                    offset: argument.offset, summary: "`\(text)` is not a parameter: a parameter is a variable",
                    help: "as in `function($\(replacement == nil ? "x" : text)) { ... }`", replacement: replacement)
            }
            parameters.append(JSONataVariable(name: name, offset: argument.offset))
        }
        let signature = try signature()
        let brace = current
        guard current.symbol == .openBrace else {
            throw JSONataProblem(
                offset: current.kind == .end ? previous.offset : current.offset,
                summary: "the function has no body between `{` and `}`", help: "as in `function($x) { $x + 1 }`")
        }
        try advance(.value)
        let body = try bracket(.body, from: brace, to: .closeBrace, then: .value) {
            parser throws(JSONataProblem) in try parser.expression(above: 0)
        }
        return .lambda(parameters, signature: signature, body: body)
    }

    /// The types between `<` and `>`, which only count where the function is called.
    private mutating func signature() throws(JSONataProblem) -> String? {
        guard current.symbol == .less else { return nil }
        let start = current
        var depth = 1
        lexer.position = start.offset.upperBound
        while depth > 0, let scalar = lexer.scalar(), scalar != "{" {
            if scalar == "<" { depth += 1 }
            if scalar == ">" { depth -= 1 }
            lexer.position += 1
        }
        guard depth == 0 else {
            throw JSONataProblem(
                offset: start.offset, summary: "the function's signature is never closed",
                help: "as in `function($x, $y) <nn:n> { $x + $y }`, or without it: `function($x, $y) { $x + $y }`")
        }
        let signature = lexer.text(start.offset.lowerBound..<lexer.position)
        guard Self.isSignature(signature) else {
            throw JSONataProblem(
                offset: start.offset.lowerBound..<lexer.position,
                summary: "the types in the function's signature `\(signature.excerpt)` are not well formed",
                help: "only `a` (a list) and `f` (a function) have types of their own after them, as in `<a<n>:n>`")
        }
        try advance(.value)
        return signature
    }

    /// JSONata passes over letters that it does not know, and over the type of the result.
    private static func isSignature(_ signature: String) -> Bool {
        var type: Character?
        var openParentheses = 0
        var openAngles = 0
        for character in signature.dropFirst().dropLast() {
            switch character {
            case "(": openParentheses += 1
            case ")": openParentheses -= 1
            case "<" where openParentheses > 0: return false
            case "<" where openAngles == 0 && type != "a" && type != "f": return false
            case "<": openAngles += 1
            case ">": openAngles -= 1
            case ":" where openAngles == 0 && openParentheses == 0: return true
            default: if openAngles == 0, "snblofajx".contains(character) { type = character }
            }
        }
        return true
    }
}
