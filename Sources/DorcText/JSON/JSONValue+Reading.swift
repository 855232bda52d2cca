extension JSONValue where Text == String {
    /// Reads JSON (RFC 8259) that a program wrote; nil for what is not JSON. Names that come twice in an object are both
    /// there. `JSONReader` is for what people write: it knows places and says what is wrong.
    ///
    /// `deepest` is the number of levels that are read, by recursion.
    package init?(json bytes: [UInt8], deepest: Int = 100) {
        guard let value = JSONValueReader.read(bytes, deepest) else { return nil }
        self = value
    }
}

private struct JSONValueReader {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    private let deepest: Int

    private struct Mistake: Error {}

    static func read(_ bytes: [UInt8], _ deepest: Int) -> JSONValue<String>? {
        var reader = JSONValueReader(bytes: bytes, deepest: deepest)
        guard let value = try? reader.value() else { return nil }
        reader.skipSpace()
        return reader.current == nil ? value : nil
    }

    private init(bytes: [UInt8], deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { position += 1 }
    }

    /// Passes over spaces and, where it comes next, the character.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(Mistake) -> JSONValue<String> {
        depth += 1
        defer { depth -= 1 }
        guard depth <= deepest else { throw Mistake() }
        skipSpace()
        switch current {
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .list(try list())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object() throws(Mistake) -> [JSONValue<String>.Member] {
        position += 1
        if take("}") { return [] }
        var members: [JSONValue<String>.Member] = []
        repeat {
            guard take("\"") else { throw Mistake() }
            position -= 1
            let name = try text()
            guard take(":") else { throw Mistake() }
            members.append(JSONValue.Member(name: name, value: try value()))
        } while take(",")
        guard take("}") else { throw Mistake() }
        return members
    }

    private mutating func list() throws(Mistake) -> [JSONValue<String>] {
        position += 1
        if take("]") { return [] }
        var items: [JSONValue<String>] = []
        repeat { items.append(try value()) } while take(",")
        guard take("]") else { throw Mistake() }
        return items
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue<String>) throws(Mistake) -> JSONValue<String> {
        let end = position + word.utf8CodeUnitCount
        let isHere = end <= bytes.count && word.withUTF8Buffer { $0.elementsEqual(bytes[position..<end]) }
        guard isHere else { throw Mistake() }
        position = end
        return value
    }

    private mutating func number() throws(Mistake) -> JSONNumber {
        let start = position
        while let byte = current,
            byte == UInt8(ascii: ".") || (0x30...0x39).contains(byte) || "+-eE".utf8.contains(byte)
        {
            position += 1
        }
        guard let number = JSONNumber(String(decoding: bytes[start..<position], as: UTF8.self)) else { throw Mistake() }
        return number
    }

    /// From quote to quote.
    private mutating func text() throws(Mistake) -> String {
        position += 1
        var text = ""
        while true {
            let start = position
            while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                position += 1
            }
            guard let byte = current, byte >= 0x20,
                let part = String(validating: bytes[start..<position], as: UTF8.self)
            else { throw Mistake() }
            position += 1
            if byte == UInt8(ascii: "\"") { return text.isEmpty ? part : text + part }
            text += part
            text.unicodeScalars.append(try escaped())
        }
    }

    /// What is after a backslash.
    private mutating func escaped() throws(Mistake) -> Unicode.Scalar {
        guard let byte = current else { throw Mistake() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try fourDigits()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard unit < 0xDC00, current == UInt8(ascii: "\\") else { throw Mistake() }
            position += 1
            guard current == UInt8(ascii: "u") else { throw Mistake() }
            position += 1
            let low = try fourDigits()
            guard (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
            else { throw Mistake() }
            return scalar
        default: throw Mistake()
        }
    }

    private mutating func fourDigits() throws(Mistake) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Mistake() }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
