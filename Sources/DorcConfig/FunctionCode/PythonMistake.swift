/// Something in a file that no Python reads. Only what needs no parser to be sure of is one.
struct PythonMistake: Equatable {
    enum Kind: Equatable {
        /// A bracket that is still open at the end of the file.
        case unclosed
        /// A bracket that closes nothing.
        case unopened
        /// A bracket that closes one of another kind, which is at this offset.
        case mismatched(Int)
        /// A string without an end.
        case unended
        /// A `\` that the line goes on after.
        case nothingAfterBackslash
        /// A `def` whose line has no `:`.
        case noColon
        case notUTF8
    }

    var kind: Kind
    /// In the file's bytes.
    var range: Range<Int>

    init(_ kind: Kind, at range: Range<Int>) {
        (self.kind, self.range) = (kind, range)
    }

    /// The first byte that is no UTF-8, in a file that declares no other encoding
    /// (<https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations>). A module that is imported may have
    /// such bytes in comments: Python decodes the rest alone.
    static func ofEncoding(_ bytes: [UInt8]) -> PythonMistake? {
        // Nearly all are ASCII: without a branch at each byte, they are looked at many at once.
        let union = bytes.withUnsafeBufferPointer { bytes in
            var union: UInt8 = 0
            for byte in bytes { union |= byte }
            return union
        }
        guard union >= 0x80, !declaresEncoding(bytes) else { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .emptyInput: return nil
            case .error(let length):
                let line = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? 0
                if !bytes[line..<offset].contains(UInt8(ascii: "#")) {
                    return PythonMistake(.notUTF8, at: offset..<offset + 1)
                }
                offset += length
            }
        }
    }

    /// `coding:` or `coding=` in one of the first two lines.
    private static func declaresEncoding(_ bytes: [UInt8]) -> Bool {
        let lines = bytes.prefix(1000).split(
            maxSplits: 2, omittingEmptySubsequences: false, whereSeparator: { "\n\r".utf8.contains($0) })
        // A line break may have two characters.
        let word = Array("coding".utf8)
        return lines.prefix(3).contains { line in
            line.indices.contains { index in
                let end = index + word.count
                return end < line.endIndex && line[index..<end].elementsEqual(word) && ":=".utf8.contains(line[end])
            }
        }
    }
}
