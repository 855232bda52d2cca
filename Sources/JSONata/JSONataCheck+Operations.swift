extension JSONataCheck {
    mutating func visitOperation(
        _ node: JSONataNode, _ left: JSONataNode, _ symbol: JSONataOperator, _ offset: Range<Int>, _ right: JSONataNode,
        _ place: Place
    ) {
        visit(left, place)
        if symbol == .chain { visitChained(right, place) } else { visit(right, place) }
        switch symbol {
        case .add:
            let reader = JSONataKindReader(bound: bound)
            if reader.kind(of: left) == .string || reader.kind(of: right) == .string {
                report(
                    .addedText, offset, "`+` adds numbers, and one side is a string",
                    help: "write `&`, which joins strings",
                    replacement: "&")
            }
        case .coalesce, .fallback:
            let (first, second) = (expression.source(left.offset), expression.source(right.offset))
            let condition = symbol == .coalesce ? "$exists(\(first))" : first
            report(
                .newerOperator, node.offset,
                "`\(symbol.rawValue)` came with JSONata 2.1, and Step Functions has 2.0.6",
                help: "a condition does the same", replacement: "(\(condition) ? \(first) : \(second))")
        default: break
        }
    }

    /// `( $x = 1; $x + 1 )`
    mutating func visitBlock(_ nodes: [JSONataNode]) {
        for node in nodes.dropLast() {
            guard case .operation(let left, .equal, let offset, _) = node.kind, case .variable = left.kind else {
                continue
            }
            report(
                .unusedComparison, offset, "`=` compares here, and nothing uses the answer",
                help: "`:=` gives a variable its value", replacement: ":=")
        }
    }
}

extension JSONataCheck {
    /// `$states.input['detail']`: Python's brackets.
    ///
    /// JSONata takes what is in brackets and is no number for a condition, and a string is true unless it is empty
    /// (docs.jsonata.org, "Predicate expressions" and "$boolean"): the whole is given, not the field.
    mutating func checkStringFilter(_ node: JSONataNode) {
        guard !reportedFilters.contains(node.offset.upperBound) else { return }
        var names: [String] = []
        var whole = node
        while case .filter(let left, let predicate) = whole.kind, case .string(let name) = predicate.kind, !name.isEmpty
        {
            names.insert(name, at: 0)
            reportedFilters.insert(whole.offset.upperBound)
            whole = left
        }
        guard !names.isEmpty else { return }
        let path = names.map { "." + JSONataName.written($0) }.joined()
        let isWritable = !names.contains { $0.contains("`") || $0.contains(where: \.isNewline) }
        let brackets = whole.offset.upperBound..<node.offset.upperBound
        report(
            .stringFilter, brackets, "`\(expression.source(brackets))` is a condition that is always true, not a field",
            help: isWritable
                ? "did you mean `\(path)`?" : "`$lookup(value, 'name')` gives a field of any name",
            replacement: isWritable ? path : nil)
    }
}
