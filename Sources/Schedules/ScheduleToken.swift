/// A piece of a schedule expression that knows its place: the indices of the slice are offsets within the whole text.
struct ScheduleToken {
    var scalars: ArraySlice<Unicode.Scalar>

    init(_ scalars: ArraySlice<Unicode.Scalar>) {
        self.scalars = scalars
    }

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)[...]
    }

    var offset: Range<Int> { scalars.startIndex..<scalars.endIndex }
    var isEmpty: Bool { scalars.isEmpty }

    var text: String {
        var view = String.UnicodeScalarView()
        // One by one: to append a sequence takes longer.
        for scalar in scalars { view.append(scalar) }
        return String(view)
    }

    /// Unicode's table is asked for what is not in ASCII.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
    }

    /// Whether it is one character.
    func isOnly(_ scalar: Unicode.Scalar) -> Bool { scalars.count == 1 && scalars.first == scalar }

    var isDigits: Bool { !isEmpty && scalars.allSatisfy { ("0"..."9").contains($0) } }

    /// The number that the digits stand for; `nil` for anything but digits and for numbers that `Int` cannot hold.
    var number: Int? { isDigits ? Int(text) : nil }

    var trimmed: ScheduleToken {
        let start = scalars.drop(while: Self.isSpace)
        guard let last = start.lastIndex(where: { !Self.isSpace($0) }) else {
            return ScheduleToken(start.prefix(0))
        }
        return ScheduleToken(start[start.startIndex...last])
    }

    /// The pieces between white space, none of them empty.
    var words: [ScheduleToken] {
        scalars.split(whereSeparator: Self.isSpace).map(ScheduleToken.init)
    }

    /// The pieces between separators, at least one, some perhaps empty.
    func pieces(between separator: Unicode.Scalar) -> [ScheduleToken] {
        scalars.split(separator: separator, omittingEmptySubsequences: false).map(ScheduleToken.init)
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool { scalars.contains(scalar) }

    func dropLast(_ count: Int) -> ScheduleToken { ScheduleToken(scalars.dropLast(count)) }

    func problem(_ summary: String, help: String? = nil) -> ScheduleProblem {
        ScheduleProblem(offset: offset, summary: summary, help: help)
    }
}

/// A mistake in the text of a schedule expression. The caller knows where the text is in its file and makes the
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
