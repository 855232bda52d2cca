/// A mistake in the text of a schedule expression. The caller knows where the text stands in its file and makes the
/// diagnostic.
package struct ScheduleProblem: Error, Equatable, Sendable {
    /// Where the mistake is: 0-based offsets of Unicode scalars within the text. Empty only where something is missing
    /// at that place, such as a closing parenthesis or the whole expression.
    package var offset: Range<Int>
    /// What is wrong, one clause without a full stop.
    package var summary: String
    /// What to write instead: imperative, in lower case, without a full stop.
    package var help: String?

    package init(offset: Range<Int>, summary: String, help: String? = nil) {
        self.offset = offset
        self.summary = summary
        self.help = help
    }
}
