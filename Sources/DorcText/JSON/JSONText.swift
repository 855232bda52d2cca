/// JSON string literals (RFC 8259), for everything that writes JSON.
package enum JSONText {
    /// Appends `text` with quotes, in ASCII: all other characters are escaped too, those beyond U+FFFF as two.
    package static func appendASCII(_ text: String, to bytes: inout ByteBuffer) {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return append(text, to: &bytes) }
        bytes.append(UInt8(ascii: "\""))
        for unit in text.utf16 {
            switch unit {
            case UInt16(UInt8(ascii: "\"")), UInt16(UInt8(ascii: "\\")), 0..<0x20:
                appendEscape(UInt8(truncatingIfNeeded: unit), to: &bytes)
            case 0x20..<0x80: bytes.append(UInt8(truncatingIfNeeded: unit))
            default:
                bytes.append("\\u" as StaticString)
                for shift in [12, 8, 4, 0] {
                    bytes.append(hexadecimal(UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 15))
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    package static func literalASCII(_ text: String) -> String {
        var bytes = ByteBuffer(capacity: text.utf8.count + 16)
        appendASCII(text, to: &bytes)
        return String(decoding: bytes.bytes, as: UTF8.self)
    }

    /// Appends `text` with quotes. Only what JSON demands is escaped: quotes, backslashes and control characters.
    package static func append(_ text: String, to bytes: inout ByteBuffer) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in 0..<utf8.count {
                let byte = utf8[index]
                if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") { continue }
                bytes.append(UnsafeBufferPointer(rebasing: utf8[start..<index]))
                appendEscape(byte, to: &bytes)
                start = index + 1
            }
            bytes.append(UnsafeBufferPointer(rebasing: utf8[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    package static func literal(_ text: String) -> String {
        var bytes = ByteBuffer(capacity: text.utf8.count + 16)
        append(text, to: &bytes)
        return String(decoding: bytes.bytes, as: UTF8.self)
    }

    private static func appendEscape(_ byte: UInt8, to bytes: inout ByteBuffer) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append("u00" as StaticString)
            bytes.append(hexadecimal(byte >> 4))
            bytes.append(hexadecimal(byte & 15))
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
