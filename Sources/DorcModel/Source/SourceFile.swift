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

    /// Where each line begins in `bytes`; there is at least one line. Found when first asked for: most files have nothing
    /// to show.
    var lineStarts: [Int] {
        foundLineStarts.withLock { known in
            if let known { return known }
            var starts = [0]
            for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
            known = starts
            return starts
        }
    }

    /// A range that stands for the file as a whole, for mistakes that no line of it has made.
    package var wholeFile: SourceRange { SourceRange(file: self, start: .start, end: .start) }
}
