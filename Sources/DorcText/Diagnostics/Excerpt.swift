/// Cuts a message to what a person reads: files may hold values of any length, and messages quote them.
enum Excerpt {
    /// Characters of a value between backticks, and of a whole message.
    static let longestValue = 120
    static let longestMessage = 900
    /// Of a text that is offered as a replacement: a longer one helps nobody, and a cut one would be wrong.
    static let longestReplacement = 300
    static let mostNotes = 10

    static func message(_ text: String) -> String {
        if isShort(text) { return text }
        let pieces = text.split(separator: "`", maxSplits: 400, omittingEmptySubsequences: false)
        var result = ""
        var length = 0
        for (index, piece) in pieces.enumerated() {
            let isLast = index == pieces.count - 1
            let isValue = !index.isMultiple(of: 2) && !isLast
            let shown = isValue ? value(piece) : String(piece)
            length += shown.unicodeScalars.count + 1
            if length > longestMessage {
                if isValue { result.removeLast() }
                let rest = isValue ? "" : prefix(piece, max(0, longestMessage - (length - shown.unicodeScalars.count)))
                return result + rest + "…"
            }
            result += shown + (isLast ? "" : "`")
        }
        return result
    }

    /// Whether nothing is cut, as in most messages: they hold short values, on one line.
    private static func isShort(_ text: String) -> Bool {
        guard text.utf8.count < longestMessage else { return false }
        var text = text
        return text.withUTF8 { bytes in
            var start = 0
            for index in 0..<bytes.count {
                switch bytes[index] {
                case 0x0A, 0x0D: return false
                case UInt8(ascii: "`"): start = index + 1
                default: if index - start >= longestValue { return false }
                }
            }
            return true
        }
    }

    /// The first line, its beginning and its end.
    private static func value(_ text: Substring) -> String {
        let line = text.utf8.prefix { $0 != 0x0A && $0 != 0x0D }
        let isWhole = line.endIndex == text.endIndex
        let scalars = text.unicodeScalars[text.startIndex..<line.endIndex]
        guard scalars.dropFirst(longestValue).first != nil else {
            return String(text[..<line.endIndex]) + (isWhole ? "" : "…")
        }
        let start = String(String.UnicodeScalarView(scalars.prefix(longestValue * 2 / 3)))
        let end = isWhole ? String(String.UnicodeScalarView(scalars.suffix(longestValue / 4))) : ""
        return "\(start)…\(end)"
    }

    private static func prefix(_ text: Substring, _ count: Int) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(count)))
    }

    static func replacement(_ text: String?) -> String? {
        text.flatMap { $0.utf8.count <= longestReplacement ? $0 : nil }
    }

    static func notes(_ notes: [Diagnostic.Note]) -> [Diagnostic.Note] {
        guard notes.count > mostNotes else { return notes }
        var shown = Array(notes.prefix(mostNotes))
        shown[mostNotes - 1].message += " (and \(notes.count - mostNotes) more)"
        return shown
    }
}
