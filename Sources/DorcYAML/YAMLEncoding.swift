internal import DorcText

/// Checks the bytes of a file before libyaml sees them, so that the place of a mistake is ours to tell: UTF-8 without
/// control characters, and without the characters that end a line in YAML 1.1 alone. A byte order mark at the start is
/// skipped.
enum YAMLEncoding {
    /// What libyaml takes for a line break and no editor shows as one (YAML 1.2.2, section 5.4, "Line Break Characters"):
    /// the text after one, be it in a comment, would be read as a line of its own.
    private static let foreignBreaks: [(code: UInt32, name: String)] = [
        (0x85, "a next line character"), (0x2028, "a line separator"), (0x2029, "a paragraph separator"),
    ]

    static func check(_ file: SourceFile) -> Diagnostic? {
        let bytes = file.bytes
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return .yamlEncoding(
                "the file is in UTF-16", at: file.wholeFile,
                help: "save it as UTF-8 (in the editor: Save with encoding)")
        }
        var index = file.contentStart
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                index += 1
                continue
            }
            guard let (code, width) = scalar(bytes, at: index) else {
                return .yamlEncoding(
                    "byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8", at: place(index, in: file),
                    help: "save the file as UTF-8 (in the editor: Save with encoding)")
            }
            if let problem = problem(code, at: index, in: file) { return problem }
            index += width
        }
        return nil
    }

    private static func problem(_ code: UInt32, at index: Int, in file: SourceFile) -> Diagnostic? {
        if let found = foreignBreaks.first(where: { $0.code == code }) {
            return .yamlEncoding(
                "\(found.name) (\(name(of: code))) is in the file, which YAML reads as the end of a line",
                at: place(index, in: file), help: "remove it, or write `\(escape(code))` in a string in double quotes")
        }
        switch code {
        case 0: return control("a NUL byte", code, at: index, in: file)
        case 0..<0x20, 0x7F..<0xA0:
            return control("the control character \(name(of: code))", code, at: index, in: file)
        case 0xFEFF:
            return .yamlEncoding(
                "a byte order mark is inside the file", at: place(index, in: file),
                help: "remove the invisible character")
        // The last two of each plane are no characters (Unicode, section 23.7).
        case _ where code & 0xFFFE == 0xFFFE:
            return control("\(name(of: code)), which is not a character,", code, at: index, in: file)
        default: return nil
        }
    }

    private static func control(_ what: String, _ code: UInt32, at index: Int, in file: SourceFile) -> Diagnostic {
        .yamlEncoding(
            "\(what) is in the file", at: place(index, in: file),
            help: "remove it, or write `\(escape(code))` in a string in double quotes")
    }

    private static func name(of code: UInt32) -> String { "U+" + digits(code, count: 4).uppercased() }

    /// As YAML writes it between double quotes.
    private static func escape(_ code: UInt32) -> String {
        switch code {
        case ..<0x100: "\\x" + digits(code, count: 2)
        case ..<0x1_0000: "\\u" + digits(code, count: 4)
        default: "\\U" + digits(code, count: 8)
        }
    }

    private static func digits(_ code: UInt32, count: Int) -> String {
        let text = String(code, radix: 16)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    /// The scalar of the UTF-8 sequence at `index` and its bytes (RFC 3629: no overlong forms, no surrogates); nil if it
    /// is none.
    private static func scalar(_ bytes: [UInt8], at index: Int) -> (code: UInt32, width: Int)? {
        let first = bytes[index]
        let width: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0x00...0x7F: return (UInt32(first), 1)
        case 0xC2...0xDF: width = 2
        case 0xE0: (width, second) = (3, 0xA0...0xBF)
        case 0xED: (width, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: width = 3
        case 0xF0: (width, second) = (4, 0x90...0xBF)
        case 0xF4: (width, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: width = 4
        default: return nil
        }
        guard index + width <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
        var code = UInt32(first) & (0x7F >> UInt32(width))
        for offset in 1..<width {
            guard (0x80...0xBF).contains(bytes[index + offset]) else { return nil }
            code = code << 6 | UInt32(bytes[index + offset] & 0x3F)
        }
        return (code, width)
    }

    private static func place(_ index: Int, in file: SourceFile) -> SourceRange {
        let start = file.position(ofByte: index)
        return SourceRange(
            file: file, start: start, end: SourcePosition(line: start.line, column: start.column + 1))
    }
}
