internal import DorcText

/// Texts in XML and HTML.
enum XMLText {
    /// For the content of an element and for attributes in quotes. What XML cannot hold becomes U+FFFD.
    static func append(_ text: String, to bytes: inout ByteBuffer) {
        for byte in text.utf8 where isSpecial(byte) { return appendEscaped(text, to: &bytes) }
        bytes.append(text)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte >= 0xEF
    }

    private static func appendEscaped(_ text: String, to bytes: inout ByteBuffer) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes.append("&amp;" as StaticString)
            case "<": bytes.append("&lt;" as StaticString)
            case ">": bytes.append("&gt;" as StaticString)
            case "\"": bytes.append("&quot;" as StaticString)
            case "'": bytes.append("&#39;" as StaticString)
            case "\n": bytes.append("&#10;" as StaticString)
            case "\t", "\r": bytes.append(UInt8(ascii: " "))
            // XML 1.0, production 2.
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": bytes.append("\u{FFFD}" as String)
            default: bytes.append(String(scalar))
            }
        }
    }
}
