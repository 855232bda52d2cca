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
