extension JSONataLexer {
    mutating func string(quote: Unicode.Scalar) throws(JSONataProblem) -> String {
        let start = position
        var units: [UInt16] = []
        position += 1
        while let scalar = scalar() {
            if scalar == quote {
                position += 1
                return String(decoding: units, as: UTF16.self)
            } else if scalar == "\\" {
                units.append(try escape(in: start, quote))
            } else {
                units.append(contentsOf: String(scalar).utf16)
                position += 1
            }
        }
        throw unclosedString(at: start, quote)
    }

    private func unclosedString(at start: Int, _ quote: Unicode.Scalar) -> JSONataProblem {
        JSONataProblem(
            offset: start..<start + 1, summary: "the string is never closed",
            help: "a string ends with a second `\(quote)`")
    }

    /// Those of JSON, and no others.
    private mutating func escape(in start: Int, _ quote: Unicode.Scalar) throws(JSONataProblem) -> UInt16 {
        guard let scalar = scalar(ahead: 1) else { throw unclosedString(at: start, quote) }
        let offset = position..<position + 2
        position += 2
        switch scalar {
        case "\"", "\\", "/": return UInt16(truncatingIfNeeded: scalar.value)
        case "b": return 0x8
        case "f": return 0xC
        case "n": return 0xA
        case "r": return 0xD
        case "t": return 0x9
        case "u":
            let digits = text(position..<position + 4)
            guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16) else {
                throw JSONataProblem(
                    offset: offset, summary: "`\\u` is not followed by four hexadecimal digits",
                    help: "as in `\\u00e9`; a backslash itself is `\\\\`")
            }
            position += 4
            return unit
        case "'":
            throw JSONataProblem(
                offset: offset, summary: "`\\'` is not an escape of JSONata",
                help: "put a string with an apostrophe between double quotes, or write `\\u0027`",
                replacement: "\\u0027"
            )
        default:
            throw JSONataProblem(
                offset: offset,
                summary: scalar.properties.isWhitespace
                    ? "a backslash before a blank is not an escape of JSONata"
                    : "`\\\(scalar)` is not an escape of JSONata",
                help: "a backslash itself is `\\\\`; a regular expression is written between slashes: `/[0-9]+/`",
                replacement: "\\\\\(scalar)")
        }
    }

    mutating func number() throws(JSONataProblem) -> Double {
        let start = position
        // A number that begins with 0 ends there, as in JSON.
        if scalar() == "0" { position += 1 } else { skipDigits() }
        if scalar() == ".", isDigit(ahead: 1) {
            position += 1
            skipDigits()
        }
        if scalar() == "e" || scalar() == "E" {
            let hasSign = scalar(ahead: 1) == "+" || scalar(ahead: 1) == "-"
            if isDigit(ahead: hasSign ? 2 : 1) {
                position += hasSign ? 2 : 1
                skipDigits()
            }
        }
        guard let number = Double(text(start..<position)), number.isFinite else {
            throw JSONataProblem(offset: start..<position, summary: "the number is too large")
        }
        return number
    }

    private func isDigit(ahead distance: Int = 0) -> Bool {
        scalar(ahead: distance).map { ("0"..."9").contains($0) } ?? false
    }

    private mutating func skipDigits() {
        while isDigit() { position += 1 }
    }

    /// To the first slash outside of brackets that has no backslash, with the flags `i` and `m` after it.
    mutating func regularExpression() throws(JSONataProblem) -> String {
        let start = position
        position += 1
        var depth = 0
        var isEscaped = false
        while let scalar = scalar() {
            if scalar == "/", depth == 0, !isEscaped {
                let pattern = text(start + 1..<position)
                position += 1
                while self.scalar() == "i" || self.scalar() == "m" { position += 1 }
                guard !pattern.isEmpty else {
                    throw JSONataProblem(
                        offset: start..<position, summary: "the regular expression is empty",
                        help: "a `//` divides nothing here, and begins no comment: a comment is `/* ... */`")
                }
                return pattern
            }
            let isBehindBackslash = self.scalar(ahead: -1) == "\\"
            if !isBehindBackslash, "([{".unicodeScalars.contains(scalar) { depth += 1 }
            if !isBehindBackslash, ")]}".unicodeScalars.contains(scalar) { depth -= 1 }
            isEscaped = scalar == "\\" && !isEscaped
            position += 1
        }
        throw JSONataProblem(
            offset: start..<start + 1, summary: "the regular expression is never closed",
            help: "it ends with a second `/`, outside of brackets; a division needs a value before its `/`")
    }
}
