/// Why a text is no JSONata. The caller knows where the text stands in its file and makes the diagnostic.
package struct JSONataProblem: Error, Equatable, Sendable {
    /// Where the mistake is: 0-based offsets of Unicode scalars within the text. Empty only where the whole expression is
    /// missing.
    package var offset: Range<Int>
    /// What is wrong, one clause without a full stop.
    package var summary: String
    /// What to write instead: imperative, in lower case, without a full stop.
    package var help: String?
    /// What to put in the place of `offset`.
    package var replacement: String?
    /// The bracket that is still open where another one closes.
    package var opening: Range<Int>?

    package init(
        offset: Range<Int>, summary: String, help: String? = nil, replacement: String? = nil,
        opening: Range<Int>? = nil
    ) {
        self.offset = offset
        self.summary = summary
        self.help = help
        self.replacement = replacement
        self.opening = opening
    }
}
