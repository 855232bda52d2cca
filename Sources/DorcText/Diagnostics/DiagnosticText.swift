/// Diagnostics for people: id, place, the source line with a caret, and what to do.
///
///     error[unknown-key]: `memroy` is not a key of a function
///       --> src/raw/census/pipeline.yaml:6:5
///        |
///      6 |     memroy: 256
///        |     ^^^^^^ did you mean `memory`?
package struct DiagnosticText: Sendable {
    /// ANSI escape sequences, for a terminal.
    package var colour: Bool

    package init(colour: Bool) {
        self.colour = colour
    }

    /// Longer source lines are cut around the caret.
    private static let widestLine = 140
    /// More findings than this are counted, not shown.
    private static let most = 1000

    package func render(_ diagnostics: [Diagnostic]) -> String {
        var text = ""
        var lines = SourceLines()
        for diagnostic in diagnostics.prefix(Self.most) {
            append(diagnostic, &lines, to: &text)
            text += "\n"
        }
        if diagnostics.count > Self.most { text += "and \(diagnostics.count - Self.most) more\n\n" }
        return text
    }

    private func append(_ diagnostic: Diagnostic, _ lines: inout SourceLines, to text: inout String) {
        let tint = Self.tint(of: diagnostic.severity)
        text += paint("\(diagnostic.severity.rawValue)[\(diagnostic.id.rawValue)]", tint) + paint(": ", .bold)
        text += paint(Self.printable(diagnostic.summary), .bold) + "\n"
        let hint = diagnostic.replacement.map { "did you mean `\(Self.printable($0))`?" }
        append(place: diagnostic.range, hint: hint, tint: tint, &lines, to: &text)
        if let help = diagnostic.help {
            for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
                text += "  " + paint("= help:", .blue) + " " + Self.printable(String(line)) + "\n"
            }
        }
        for note in diagnostic.notes {
            text += paint("note", .blue) + ": " + Self.printable(note.message) + "\n"
            append(place: note.range, hint: nil, tint: .blue, &lines, to: &text)
        }
    }

    private func append(
        place range: SourceRange, hint: String?, tint: Tint, _ lines: inout SourceLines, to text: inout String
    ) {
        let (start, end) = (range.start, range.end)
        text += "  " + paint("-->", .blue) + " \(Self.printable(range.path)):\(start.line):\(start.column)\n"
        guard let scalars = lines.scalars(start.line, of: range.file), !range.file.bytes.isEmpty else {
            if let hint { text += "  " + paint("= \(hint)", tint) + "\n" }
            return
        }
        let first = min(max(start.column - 1, 0), scalars.count)
        let last = end.line == start.line ? min(max(end.column - 1, first + 1), scalars.count) : scalars.count
        let window = Self.window(first: first, count: scalars.count)
        let number = String(start.line)
        let margin = String(repeating: " ", count: max(4, number.utf8.count))
        text += margin + paint(" |", .blue) + "\n"
        text += paint(String(repeating: " ", count: margin.utf8.count - number.utf8.count) + number + " |", .blue)
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: scalars[window])
        text += " " + (window.lowerBound > 0 ? "…" : "") + Self.printable(String(shown))
        text += (window.upperBound < scalars.count ? "…" : "") + "\n"
        let indent = first - window.lowerBound + (window.lowerBound > 0 ? 1 : 0)
        let carets = max(1, min(last, window.upperBound) - first)
        text += margin + paint(" |", .blue) + " " + String(repeating: " ", count: indent)
        text += paint(String(repeating: "^", count: carets) + (hint.map { " \($0)" } ?? ""), tint) + "\n"
    }

    private static func window(first: Int, count: Int) -> Range<Int> {
        guard count > widestLine else { return 0..<count }
        let start = max(0, min(first - widestLine / 2, count - widestLine))
        return start..<min(count, start + widestLine)
    }

    /// Tabs become one space, so that the caret is in its column; other control characters are made visible, so that no
    /// file can steer the terminal.
    static func printable(_ text: String) -> String {
        // Nearly every text is printable ASCII, and looking up a scalar's category is slow.
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control: result.append(scalar == "\t" ? " " : "\u{FFFD}")
            case .format, .lineSeparator, .paragraphSeparator: result.append("\u{FFFD}")
            // Not characters (Unicode, section 23.7).
            case .unassigned where scalar.value & 0xFFFE == 0xFFFE: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private enum Tint: String {
        case red = "31"
        case yellow = "33"
        case blue = "34"
        case bold = "1"
    }

    private static func tint(of severity: Diagnostic.Severity) -> Tint {
        switch severity {
        case .error: .red
        case .warning: .yellow
        case .note: .blue
        }
    }

    private func paint(_ text: String, _ tint: Tint) -> String {
        colour ? "\u{1B}[\(tint == .bold ? "" : "1;")\(tint.rawValue)m\(text)\u{1B}[0m" : text
    }
}
