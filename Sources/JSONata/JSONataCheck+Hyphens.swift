internal import DorcText

extension JSONataCheck {
    /// `list-files`, which is a subtraction, in place of a name with a `-` in it: `$states.input.list-files.rows`.
    ///
    /// - Returns: whether the name at `offset` is the rest of such a name; then that has been reported.
    mutating func reportHyphen(before offset: Range<Int>) -> Bool {
        let scalars = Array(expression.text.unicodeScalars)
        guard let start = Self.startOfField(before: offset.lowerBound, in: scalars) else { return false }
        // The parts of one name are one mistake.
        guard reportedNames.insert(start).inserted else { return true }
        var end = offset.upperBound
        while end + 1 < scalars.count, scalars[end] == "-", Self.isOfName(scalars[end + 1]) {
            end += 1
            while end < scalars.count, Self.isOfName(scalars[end]) { end += 1 }
        }
        let name = String(String.UnicodeScalarView(scalars[start..<end]))
        var pathStart = start
        while pathStart > 0,
            "$.`".unicodeScalars.contains(scalars[pathStart - 1]) || Self.isOfName(scalars[pathStart - 1])
        {
            pathStart -= 1
        }
        let path = String(String.UnicodeScalarView(scalars[pathStart..<start]))
        report(
            .noContext, pathStart..<end, "`\(name)` is a subtraction in JSONata",
            help: "a name with `-` in it is in backticks",
            replacement: path + JSONataName.written(name))
        return true
    }

    /// Where the field begins that a `-` without blanks around it joins to what is at `index`; nil where there is none.
    private static func startOfField(before index: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var start = index
        while start > 1, scalars[start - 1] == "-", isOfName(scalars[start - 2]) {
            start -= 2
            while start > 0, isOfName(scalars[start - 1]) { start -= 1 }
        }
        return start < index && start > 0 && scalars[start - 1] == "." ? start : nil
    }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }

    /// A field that is written otherwise where some fields of the variable are known. It may have more: what is like none of
    /// them is let through.
    mutating func checkKnownField(_ left: JSONataNode, _ step: JSONataNode) {
        guard case .variable(let variable) = left.kind, !bound.contains(variable), let known = fields[variable]
        else { return }
        let base = step.bareStep
        let name: String
        switch base.kind {
        case .name(let field, _), .string(let field): name = field
        default: return
        }
        guard !known.contains(name), let closest = Suggestion.closest(to: name, among: known) else { return }
        report(
            .unlikelyField, base.offset, "`\(name)` is not declared, but `\(closest)` is",
            replacement: JSONataName.written(closest))
    }
}
