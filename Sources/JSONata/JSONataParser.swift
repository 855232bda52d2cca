/// Top-down operator precedence: a value, then operators after it as long as they bind more strongly than what is
/// before it.
struct JSONataParser {
    var lexer: JSONataLexer
    /// The token to look at.
    var current: JSONataToken
    /// The token before; an empty one at the start.
    var previous: JSONataToken
    /// The brackets that are open, the innermost one last.
    var brackets: [JSONataBracket] = []
    private var nesting = 0

    /// Expressions within expressions; a bracket and an operator count one each. The two bounds keep within
    /// 200 KiB of stack, 1 MiB in a debug build.
    static let nestingLimit = 60
    /// Nodes above each other: also those of `a & b & c`, which is a tree of three.
    static let depthLimit = 200

    init(_ lexer: JSONataLexer) throws(JSONataProblem) {
        self.lexer = lexer
        previous = JSONataToken(kind: .end, offset: 0..<0)
        current = try self.lexer.next(.value)
    }

    mutating func wholeExpression() throws(JSONataProblem) -> JSONataNode {
        guard current.kind != .end else {
            throw JSONataProblem(offset: 0..<lexer.scalars.count, summary: "the expression is empty")
        }
        let root = try expression(above: 0)
        guard current.kind == .end else { throw mistakeBehindValue() }
        return root
    }

    mutating func expression(above bindingPower: Int) throws(JSONataProblem) -> JSONataNode {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.nestingLimit else { throw tooDeep }
        guard startsValue else { throw mistakeInPlaceOfValue() }

        let first = current
        try advance(.behindValue)
        var node = try value(first)
        while bindingPower < current.bindingPower, let symbol = current.symbol {
            let operation = current
            if symbol == .slash, lexer.scalar() == "/" { throw floorDivision(at: operation) }
            try advance(.value)
            node = try self.operation(symbol, at: operation, behind: node)
        }
        return node
    }

    mutating func advance(_ place: JSONataLexer.Place) throws(JSONataProblem) {
        let next = try lexer.next(place)
        previous = current
        current = next
    }

    /// Goes past the symbol, which has to come here.
    mutating func expect(_ symbol: JSONataSymbol, then place: JSONataLexer.Place) throws(JSONataProblem) {
        guard current.symbol == symbol else { throw mistakeBehindValue(expected: symbol) }
        try advance(place)
    }

    /// Goes past the symbol if it comes here.
    mutating func skip(_ symbol: JSONataSymbol) throws(JSONataProblem) -> Bool {
        guard current.symbol == symbol else { return false }
        try advance(.value)
        return true
    }

    /// A node from an offset up to the last token that was gone past.
    func node(_ kind: JSONataNode.Kind, from start: Int) throws(JSONataProblem) -> JSONataNode {
        let node = JSONataNode(kind, at: start..<max(start, previous.offset.upperBound))
        guard node.depth <= Self.depthLimit else { throw tooDeep }
        return node
    }

    private var tooDeep: JSONataProblem {
        JSONataProblem(
            offset: current.offset, summary: "the expression is nested too deeply",
            help: "do the work in a function of the pipeline")
    }
}
