internal import DorcText
internal import DorcModel

/// Strings in YAML, in ASCII and never folded.
enum YAMLScalar {
    /// `indent` is the column of a literal block's lines.
    static func append(_ text: String, indent: Int, to bytes: inout ByteBuffer) {
        var text = text
        text.withUTF8 { append($0, indent: indent, to: &bytes) }
    }

    private static func append(_ text: UnsafeBufferPointer<UInt8>, indent: Int, to bytes: inout ByteBuffer) {
        switch YAMLScalarStyle(for: text) {
        case .plain: bytes.append(text)
        case .singleQuoted:
            bytes.append(UInt8(ascii: "'"))
            for byte in text {
                if byte == UInt8(ascii: "'") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "'"))
        case .doubleQuoted:
            bytes.append(UInt8(ascii: "\""))
            if JSONText.isPrintable(text) {
                bytes.append(text)
            } else {
                for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { append(scalar, to: &bytes) }
            }
            bytes.append(UInt8(ascii: "\""))
        case .literal:
            bytes.append(UInt8(ascii: "|"))
            for line in text.dropLast().split(separator: UInt8(ascii: "\n")) {
                bytes.append(UInt8(ascii: "\n"))
                bytes.append(spaces: indent)
                bytes.append(UnsafeBufferPointer(rebasing: line))
            }
        }
    }

    /// What YAML takes for the end of a line.
    static func hasLineBreak(_ text: String) -> Bool {
        var text = text
        // None of them is printable, as nearly all text is.
        if text.withUTF8({ TextTraits($0).isPrintable }) { return false }
        return text.unicodeScalars.contains { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) }
    }

    /// Between double quotes (YAML 1.1, "Escape sequences").
    private static func append(_ scalar: Unicode.Scalar, to bytes: inout ByteBuffer) {
        if let letter = letters[scalar] {
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(letter)
        } else if (0x20..<0x7F).contains(scalar.value) {
            bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            let (mark, digits): (StaticString, Int) =
                scalar.value <= 0xFF ? ("\\x", 2) : scalar.value <= 0xFFFF ? ("\\u", 4) : ("\\U", 8)
            bytes.append(mark)
            for digit in (0..<digits).reversed() {
                bytes.append(hexadecimal(UInt8(truncatingIfNeeded: scalar.value >> UInt32(4 * digit)) & 15))
            }
        }
    }

    private static let letters: [Unicode.Scalar: UInt8] = [
        "\0": UInt8(ascii: "0"), "\u{7}": UInt8(ascii: "a"), "\u{8}": UInt8(ascii: "b"), "\t": UInt8(ascii: "t"),
        "\n": UInt8(ascii: "n"), "\u{B}": UInt8(ascii: "v"), "\u{C}": UInt8(ascii: "f"), "\r": UInt8(ascii: "r"),
        "\u{1B}": UInt8(ascii: "e"), "\"": UInt8(ascii: "\""), "\\": UInt8(ascii: "\\"), "\u{85}": UInt8(ascii: "N"),
        "\u{A0}": UInt8(ascii: "_"), "\u{2028}": UInt8(ascii: "L"), "\u{2029}": UInt8(ascii: "P"),
    ]

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
    }
}
