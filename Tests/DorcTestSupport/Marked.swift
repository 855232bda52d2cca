package import DorcText

/// An input with the place of the expected finding marked in it: `⟦` is before its first character, `⟧` after its last.
package struct Marked {
    /// Without the marks.
    package let text: String
    /// `line:column` of the first mark, from 1 on; nil without one.
    package let place: String?
    /// The Unicode scalars between the marks, from 0 on; nil unless both are there.
    package let offset: Range<Int>?

    package init(_ source: String) {
        var scalars = String.UnicodeScalarView()
        var (line, column) = (1, 1)
        var place: String?
        var start: Int?
        var offset: Range<Int>?
        for scalar in source.unicodeScalars {
            switch scalar {
            case "⟦":
                place = "\(line):\(column)"
                start = scalars.count
            case "⟧": offset = start.map { $0..<scalars.count }
            default:
                scalars.append(scalar)
                (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
            }
        }
        text = String(scalars)
        self.place = place
        self.offset = offset
    }

    /// The text with something else between the marks.
    package func replacing(_ replacement: String) -> String {
        guard let offset else { return text }
        let scalars = text.unicodeScalars
        return String(scalars.prefix(offset.lowerBound)) + replacement + String(scalars.dropFirst(offset.upperBound))
    }
}

extension Diagnostic {
    /// `line:column`
    package var place: String { "\(range.start.line):\(range.start.column)" }
}
