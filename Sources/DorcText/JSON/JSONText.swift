/// JSON string literals (RFC 8259), for everything that writes JSON.
package enum JSONText {
    /// Appends `text` with quotes, in ASCII: all other characters are escaped too, those beyond U+FFFF as two.
    package static func appendASCII(_ text: String, to bytes: inout ByteBuffer) {
        if text.utf8.withContiguousStorageIfAvailable({ appendASCII($0, to: &bytes) }) == nil {
            Array(text.utf8).withUnsafeBufferPointer { appendASCII($0, to: &bytes) }
        }
    }

    /// The same; `utf8` is valid UTF-8.
    package static func appendASCII(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout ByteBuffer) {
        bytes.append(UInt8(ascii: "\""))
        if bytes.append(printable: utf8) {
            // Hardly any text has something to escape.
        } else if utf8.allSatisfy({ $0 < 0x80 }) {
            appendContent(utf8, to: &bytes)
        } else {
            for unit in String(decoding: utf8, as: UTF8.self).utf16 { appendASCII(unit, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func appendASCII(_ unit: UInt16, to bytes: inout ByteBuffer) {
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

    package static func literalASCII(_ text: String) -> String {
        var bytes = ByteBuffer(capacity: text.utf8.count + 16)
        appendASCII(text, to: &bytes)
        return bytes.text
    }

    /// Appends `text` with quotes. Only what JSON demands is escaped: quotes, backslashes and control characters.
    package static func append(_ text: String, to bytes: inout ByteBuffer) {
        bytes.append(UInt8(ascii: "\""))
        appendContent(text, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// The same without quotes.
    package static func appendContent(_ text: String, to bytes: inout ByteBuffer) {
        var text = text
        text.withUTF8 { appendContent($0, to: &bytes) }
    }

    private static func appendContent(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout ByteBuffer) {
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

    package static func literal(_ text: String) -> String {
        var bytes = ByteBuffer(capacity: text.utf8.count + 16)
        append(text, to: &bytes)
        return bytes.text
    }

    /// Whether all bytes are printable ASCII, and neither quotes nor backslashes.
    package static func isPrintable(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { TextTraits(bytes).isPrintable }

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

extension ByteBuffer {
    /// Appends text in which `JSONText.isPrintable` holds, looking at it while it is copied; false where it does not, and
    /// nothing is appended.
    @inline(__always)
    fileprivate mutating func append(printable text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let source = UnsafeRawPointer(text.baseAddress) else { return true }
        let count = text.count
        reserve(count)
        let target = UnsafeMutableRawPointer(start + end)
        var marks = TextMarks()
        if count >= 8 {
            var index = 0
            while true {
                let word = TextWord(source, at: index)
                marks.add(word)
                target.storeBytes(of: word.bits, toByteOffset: index, as: UInt64.self)
                if index + 8 == count { break }
                // The last eight, some of them for the second time.
                index = min(index + 8, count - 8)
            }
        } else {
            marks.add(TextWord(ofFew: source, count))
            for index in 0..<count { start[end + index] = text[index] }
        }
        guard marks.isPrintable else { return false }
        end += count
        return true
    }
}
