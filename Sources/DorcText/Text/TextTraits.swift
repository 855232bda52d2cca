/// What a look at a text's bytes, eight at a time, shows of how it can be written.
package struct TextTraits {
    /// Whether all are printable ASCII, and neither quotes nor backslashes: JSON and YAML write them as they are.
    package let isPrintable: Bool
    /// Of printable text.
    package let hasSpace: Bool

    package init(_ text: UnsafeBufferPointer<UInt8>) {
        guard let start = UnsafeRawPointer(text.baseAddress) else {
            (isPrintable, hasSpace) = (true, false)
            return
        }
        let count = text.count
        var marks = TextMarks()
        if count >= 8 {
            var index = 0
            while true {
                marks.add(TextWord(start, at: index))
                if index + 8 == count { break }
                // The last eight, some of them for the second time.
                index = min(index + 8, count - 8)
            }
        } else {
            marks.add(TextWord(ofFew: start, count))
        }
        (isPrintable, hasSpace) = (marks.isPrintable, marks.hasSpace)
    }
}

/// What the words of a text show together: each adds a few bits, and they are looked at once.
struct TextMarks {
    private var unprintable: UInt64 = 0
    private var spaces: UInt64 = 0

    @inline(__always)
    mutating func add(_ word: TextWord) {
        unprintable |= word.unprintable
        spaces |= word.spaces
    }

    @inline(__always)
    var isPrintable: Bool { unprintable & TextWord.highest == 0 }
    @inline(__always)
    var hasSpace: Bool { spaces & TextWord.highest != 0 }
}

/// Eight bytes of a text.
struct TextWord {
    let bits: UInt64

    private static let each: UInt64 = 0x0101_0101_0101_0101

    @inline(__always)
    init(_ start: UnsafeRawPointer, at offset: Int) {
        bits = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Fewer bytes than eight, some of them twice, and exclamation marks.
    @inline(__always)
    init(ofFew start: UnsafeRawPointer, _ count: Int) {
        if count >= 4 {
            let first = start.loadUnaligned(as: UInt32.self)
            let last = start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            bits = UInt64(first) | UInt64(last) << 32
        } else {
            var word: UInt64 = 0x2121_2121_2121_2121
            for index in 0..<count { word = word << 8 | UInt64(start.load(fromByteOffset: index, as: UInt8.self)) }
            bits = word
        }
    }

    /// The highest bit of each byte.
    static let highest: UInt64 = each << 7

    /// One of the highest bits is set where a byte is not printable. Each term has that of a byte set where that byte is one of
    /// those. Where the borrow or the carry of one byte sets another's, the one was such a byte itself.
    @inline(__always)
    var unprintable: UInt64 {
        let quotes = (bits ^ Self.each &* 0x22) &- Self.each
        let backslashes = (bits ^ Self.each &* 0x5C) &- Self.each
        let controls = bits &- Self.each &* 0x20
        let deletions = bits &+ Self.each
        return quotes | backslashes | controls | deletions | bits
    }

    /// The same where one of printable bytes is a space.
    @inline(__always)
    var spaces: UInt64 { bits &- Self.each &* 0x21 }
}
