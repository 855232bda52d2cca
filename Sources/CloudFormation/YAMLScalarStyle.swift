internal import DorcText
internal import DorcModel

/// How a string is written so that YAML 1.1 reads it as that string.
package enum YAMLScalarStyle: Sendable, Equatable {
    case plain, singleQuoted, doubleQuoted, literal

    package init(for text: String) {
        var text = text
        self = text.withUTF8 { Self(for: $0) }
    }

    /// `text` is valid UTF-8.
    package init(for text: UnsafeBufferPointer<UInt8>) {
        let traits = TextTraits(text)
        if traits.isPrintable {
            self = Self.isPlain(text, hasSpace: traits.hasSpace) ? .plain : .doubleQuoted
        } else {
            self = Self.style(ofUnusual: text)
        }
    }

    /// Of a text with quotes, backslashes, line breaks or what is not printable ASCII.
    private static func style(ofUnusual text: UnsafeBufferPointer<UInt8>) -> YAMLScalarStyle {
        var hasLineBreak = false
        var hasQuote = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "\n"): hasLineBreak = true
            // Only double quotes can write every control character; other text may be plain for all we know, but the rules
            // for it (line separators, byte order marks) are not worth knowing.
            case 0..<0x20, 0x7F...0xFF: return .doubleQuoted
            case UInt8(ascii: "\""): hasQuote = true
            default: break
            }
        }
        if hasLineBreak { return isBlock(text) ? .literal : .doubleQuoted }
        return !hasQuote && isPlain(text, hasSpace: text.has(UInt8(ascii: " "))) ? .plain : .singleQuoted
    }

    /// Of printable text without quotes. In the middle of a text, the other marks of YAML's are harmless; nothing is lost by
    /// quotes where one comes first.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>, hasSpace: Bool) -> Bool {
        guard let first = text.first, let last = text.last, isLetter(first) || first == UInt8(ascii: "/"),
            last != UInt8(ascii: ":"), last != UInt8(ascii: " ")
        else { return false }
        guard hasSpace, text.has(UInt8(ascii: ":")) || text.has(UInt8(ascii: "#")) else {
            return !isWord(text)
        }
        return !hasMark(text)
    }

    /// Whether a colon ends a key, or a hash begins a comment.
    private static func hasMark(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in text {
            if byte == UInt8(ascii: " ") && previous == UInt8(ascii: ":") { return true }
            if byte == UInt8(ascii: "#") && previous == UInt8(ascii: " ") { return true }
            previous = byte
        }
        return false
    }

    /// Several lines that a literal block shows just as they are: no space at a line's end, no line that starts with
    /// a space, one line break at the end, and printable ASCII throughout.
    private static func isBlock(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count > 2, let first = text.first, first > 0x20, text.last == UInt8(ascii: "\n") else {
            return false
        }
        var previous: UInt8 = UInt8(ascii: "\n")
        for byte in text {
            guard byte == UInt8(ascii: "\n") || (0x20..<0x7F).contains(byte) else { return false }
            if byte == UInt8(ascii: "\n") && (previous == UInt8(ascii: " ") || previous == UInt8(ascii: "\n")) {
                return false
            }
            if byte == UInt8(ascii: " ") && previous == UInt8(ascii: "\n") { return false }
            previous = byte
        }
        return true
    }

    /// The words that YAML 1.1 reads as booleans and null, in any case. Numbers, dates and the like start with a digit,
    /// a sign or a dot, and so are never plain.
    private static func isWord(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= longestWord, let first = text.first, beginsWord(first) else { return false }
        var folded: UInt64 = 0
        for byte in text { folded = folded << 8 | UInt64(isLetter(byte) ? byte | 0x20 : byte) }
        return words.contains(folded)
    }

    private static let longestWord = 5

    /// Whether one of the words begins so.
    private static func beginsWord(_ letter: UInt8) -> Bool {
        switch letter | 0x20 {
        case UInt8(ascii: "f"), UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "o"), UInt8(ascii: "t"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }

    /// Each as a number of its bytes, for a comparison without a copy.
    private static let words: [UInt64] = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ].map { word in word.utf8.reduce(0) { $0 << 8 | UInt64($1) } }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 }
}
