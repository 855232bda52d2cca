/// Rows of cells for people, the columns aligned. On a narrow terminal the flexible columns are cut; elsewhere nothing is.
struct TextTable {
    struct Column {
        var title: String
        /// Whether its cells may be cut to fit a terminal.
        var isFlexible = false
    }

    let columns: [Column]
    /// A cell with line breaks takes several lines.
    var rows: [[String]] = []

    private static let gap = 2
    /// No cell is cut to less.
    private static let narrowest = 8

    init(_ columns: [Column]) { self.columns = columns }

    /// - Parameter width: that of the terminal; nil for no bound.
    func render(width: Int?) -> String {
        let lines = rows.map { row in
            row.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(Self.clean) }
        }
        var widths = columns.indices.map { column in
            lines.reduce(DisplayWidth.of(columns[column].title)) { widest, row in
                row[column].reduce(widest) { max($0, DisplayWidth.of($1)) }
            }
        }
        if let width { shrink(&widths, to: width) }
        var text = Self.line(columns.map(\.title), widths)
        for row in lines {
            for index in 0..<(row.map(\.count).max() ?? 0) {
                text += Self.line(row.map { index < $0.count ? $0[index] : "" }, widths)
            }
        }
        return text
    }

    /// Takes from the widest flexible column, cell by cell.
    private func shrink(_ widths: inout [Int], to width: Int) {
        var excess = widths.reduce(0, +) + (widths.count - 1) * Self.gap - width
        while excess > 0 {
            let candidates = columns.indices.filter { columns[$0].isFlexible && widths[$0] > Self.narrowest }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
            excess -= 1
        }
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for (cell, width) in zip(cells, widths) {
            let shown = DisplayWidth.cut(cell, to: width)
            text += shown + String(repeating: " ", count: width - DisplayWidth.of(shown) + gap)
        }
        return String(text.reversed().drop { $0 == " " }.reversed()) + "\n"
    }

    /// No text of a file can steer the terminal.
    private static func clean(_ text: Substring) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control: result.append(scalar == "\t" ? " " : "\u{FFFD}")
            case .format, .lineSeparator, .paragraphSeparator: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

/// How many columns of a terminal a text takes.
enum DisplayWidth {
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    /// Cut at its end, which "…" takes the place of, where it is wider.
    static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var result = ""
        var used = 1
        for character in text {
            used += of(String(character))
            if used > width { break }
            result.append(character)
        }
        return result + "…"
    }

    /// Marks take no column, and the letters of East Asia and pictures take two (Unicode Standard Annex 11, "Wide").
    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
