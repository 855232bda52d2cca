/// The steps that run before the one that has an expression, for who takes a step's name for its output.
package struct StepsBefore: Sendable {
    /// Those of its `after`, in that order: the output of a single one is `$states.input`, those of several are its fields.
    package var direct: [String] = []
    /// Whether a step runs before these. Its output is not in `$states.input`.
    /// It is asked only where a name is unknown: in a long chain each step has all others before it.
    package var isEarlier: @Sendable (String) -> Bool

    package init(direct: [String] = [], isEarlier: @escaping @Sendable (String) -> Bool = { _ in false }) {
        (self.direct, self.isEarlier) = (direct, isEarlier)
    }
}

extension JSONataCheck {
    /// A step's name in place of its output.
    ///
    /// - Returns: whether `name` is a step that runs before; then that has been reported.
    mutating func reportStep(_ name: String, _ offset: Range<Int>) -> Bool {
        if stepsBefore.direct.contains(name) {
            let isOnly = stepsBefore.direct.count == 1
            let value = isOnly ? "$states.input" : "$states.input.\(JSONataName.written(name))"
            report(
                .noContext, offset, "a step's name is not a variable: the output of `\(name)` is `\(value)` here",
                replacement: value)
            return true
        }
        guard stepsBefore.isEarlier(name) else { return false }
        let after = ([name] + stepsBefore.direct).joined(separator: ", ")
        let following = stepsBefore.direct.map { "`\($0)`" }.joined(separator: " and ")
        report(
            .noContext, offset,
            "`\(name)` is an earlier step, and its output is not in the input, which is that of \(following)",
            help: "write `after: [\(after)]` at this step, and read `$states.input.\(JSONataName.written(name))`")
        return true
    }
}
