/// What begins with a token in the place of a value.
extension JSONataParser {
    var startsValue: Bool {
        switch current.kind {
        case .name, .variable, .string, .number, .boolean, .null, .regularExpression: true
        case .symbol(let symbol):
            switch symbol {
            case .and, .or, .isIn, .star, .doubleStar, .percent, .minus, .open, .openBracket, .openBrace, .bar: true
            default: false
            }
        case .end: false
        }
    }

    mutating func value(_ token: JSONataToken) throws(JSONataProblem) -> JSONataNode {
        let kind: JSONataNode.Kind
        switch token.kind {
        case .name(let name, let isQuoted): kind = .name(name, isQuoted: isQuoted)
        case .variable(let name): kind = .variable(name)
        case .string(let string): kind = .string(string)
        case .number(let number): kind = .number(number)
        case .boolean(let boolean): kind = .boolean(boolean)
        case .null: kind = .null
        case .regularExpression(let pattern): kind = .regularExpression(pattern)
        case .symbol(.and): kind = .name("and", isQuoted: false)
        case .symbol(.or): kind = .name("or", isQuoted: false)
        case .symbol(.isIn): kind = .name("in", isQuoted: false)
        case .symbol(.star): kind = .wildcard
        case .symbol(.doubleStar): kind = .descendants
        case .symbol(.percent): kind = .parent
        case .symbol(let symbol): return try compoundValue(symbol, token)
        case .end: throw mistakeInPlaceOfValue()
        }
        return JSONataNode(kind, at: token.offset)
    }

    private mutating func compoundValue(
        _ symbol: JSONataSymbol, _ token: JSONataToken
    ) throws(JSONataProblem) -> JSONataNode {
        let kind: JSONataNode.Kind
        switch symbol {
        case .minus: kind = .negation(try expression(above: 70))
        case .open: kind = .block(try block(from: token))
        case .openBracket: kind = .array(try array(from: token))
        case .openBrace: kind = .object(try pairs(from: token))
        case .bar: kind = try transform(from: token)
        default: throw mistakeInPlaceOfValue()
        }
        return try node(kind, from: token.offset.lowerBound)
    }

    private mutating func block(from token: JSONataToken) throws(JSONataProblem) -> [JSONataNode] {
        try bracket(.block, from: token, to: .close, then: .behindValue) { parser throws(JSONataProblem) in
            var expressions: [JSONataNode] = []
            while parser.current.symbol != .close {
                expressions.append(try parser.expression(above: 0))
                guard try parser.skip(.semicolon) else { break }
            }
            return expressions
        }
    }

    private mutating func array(from token: JSONataToken) throws(JSONataProblem) -> [JSONataNode] {
        try bracket(.array, from: token, to: .closeBracket, then: .behindValue) { parser throws(JSONataProblem) in
            try parser.list(closing: .closeBracket) { parser throws(JSONataProblem) in
                let item = try parser.expression(above: 0)
                let dots = parser.current
                guard try parser.skip(.doubleDot) else { return item }
                let last = try parser.expression(above: 0)
                return try parser.node(
                    .operation(item, .range, at: dots.offset, last), from: item.offset.lowerBound)
            }
        }
    }

    mutating func pairs(from token: JSONataToken) throws(JSONataProblem) -> [JSONataPair] {
        try bracket(.object, from: token, to: .closeBrace, then: .behindValue) { parser throws(JSONataProblem) in
            try parser.list(closing: .closeBrace) { parser throws(JSONataProblem) in
                let key = try parser.expression(above: 0)
                try parser.expect(.colon, then: .value)
                return JSONataPair(key: key, value: try parser.expression(above: 0))
            }
        }
    }

    private mutating func transform(from token: JSONataToken) throws(JSONataProblem) -> JSONataNode.Kind {
        try bracket(.transform, from: token, to: .bar, then: .value) { parser throws(JSONataProblem) in
            let pattern = try parser.expression(above: 0)
            try parser.expect(.bar, then: .value)
            let update = try parser.expression(above: 0)
            let delete = try parser.skip(.comma) ? try parser.expression(above: 0) : nil
            return .transform(pattern, update: update, delete: delete)
        }
    }
}
