internal import Synchronization

/// One file of the config repository as it was read: its path and its bytes. Ranges point into it, so that a
/// diagnostic can show the line that it speaks of wherever it is found.
package final class SourceFile: Sendable {
    /// Relative to the repository's root, with forward slashes.
    package let path: String
    package let bytes: [UInt8]
    private let foundLineStarts = Mutex<[Int]?>(nil)

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    package convenience init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// Where the text starts: after the UTF-8 byte order mark, if there is one.
    package var contentStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// Where each line begins in `bytes`; there is at least one line, and the first begins at `contentStart`. LF, CR LF and
    /// CR end a line, as in YAML 1.2. Found when first asked for: most files have nothing to show.
    package var lineStarts: [Int] {
        foundLineStarts.withLock { known in
            if let known { return known }
            var starts = [contentStart]
            bytes.withUnsafeBufferPointer { bytes in
                for index in bytes.indices {
                    switch bytes[index] {
                    case UInt8(ascii: "\n"): starts.append(index + 1)
                    case UInt8(ascii: "\r") where index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n"):
                        starts.append(index + 1)
                    default: break
                    }
                }
            }
            known = starts
            return starts
        }
    }

    /// The place of the character that begins at a byte of the text.
    package func position(ofByte index: Int) -> SourcePosition {
        let starts = lineStarts
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= index { low = middle } else { high = middle }
        }
        let start = starts[low]
        guard start < index, index <= bytes.count else { return SourcePosition(line: low + 1, column: 1) }
        let column = bytes[start..<index].count { $0 & 0xC0 != 0x80 } + 1
        return SourcePosition(line: low + 1, column: column)
    }

    /// A range that stands for the file as a whole, for mistakes that no line of it has made.
    package var wholeFile: SourceRange { SourceRange(file: self, start: .start, end: .start) }
}
