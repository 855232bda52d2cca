import DorcText

/// Text with the place of the expected finding marked in it: `⟦` stands before its first character, `⟧` behind its last.
struct Marked {
    let text: String
    /// `line:column` of the mark, 1-based; nil without one.
    let place: String?

    init(_ source: String) {
        var scalars = String.UnicodeScalarView()
        var line = 1
        var column = 1
        var place: String?
        for scalar in source.unicodeScalars {
            switch scalar {
            case "⟦": place = "\(line):\(column)"
            case "⟧": break
            case "\n":
                scalars.append(scalar)
                (line, column) = (line + 1, 1)
            default:
                scalars.append(scalar)
                column += 1
            }
        }
        text = String(scalars)
        self.place = place
    }
}

extension Diagnostic {
    /// `line:column`
    var place: String { "\(range.start.line):\(range.start.column)" }
}
