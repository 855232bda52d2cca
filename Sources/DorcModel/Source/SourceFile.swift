/// One file of the config repository as it was read: its path and its bytes. Ranges point into it, so that a
/// diagnostic can show the line that it speaks of wherever it is found.
package final class SourceFile: Sendable {
    /// Relative to the repository's root, with forward slashes.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    package convenience init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// The text of a line (1-based) without its line break; nil past the end. Invalid UTF-8 is replaced.
    package func line(_ number: Int) -> String? {
        guard number >= 1 else { return nil }
        var start = bytes.startIndex
        var current = 1
        while current < number {
            guard let lineBreak = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            start = lineBreak + 1
            current += 1
        }
        var end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        if start == bytes.endIndex && number > 1 { return nil }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// A range that stands for the file as a whole, for mistakes that no line of it has made.
    package var wholeFile: SourceRange { SourceRange(file: self, start: .start, end: .start) }
}
