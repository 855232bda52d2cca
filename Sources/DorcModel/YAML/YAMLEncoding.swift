/// Checks the bytes of a file before libyaml sees them, so that the place of a mistake is ours to tell: UTF-8 without
/// control characters. A byte order mark at the start is skipped.
enum YAMLEncoding {
    static func check(_ file: SourceFile) -> Diagnostic? {
        let bytes = file.bytes
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return .yamlEncoding(
                "the file is in UTF-16", at: file.wholeFile,
                help: "save it as UTF-8 (in the editor: Save with encoding)")
        }
        var index = contentStart(bytes)
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                index += 1
                continue
            }
            if byte < 0x20 || byte == 0x7F { return control(byte, at: index, in: file) }
            guard let width = scalarWidth(bytes, at: index) else {
                return .yamlEncoding(
                    "byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8", at: place(index, in: file),
                    help: "save the file as UTF-8 (in the editor: Save with encoding)")
            }
            if width == 2 && byte == 0xC2 && bytes[index + 1] < 0xA0 && bytes[index + 1] != 0x85 {
                return control(bytes[index + 1], at: index, in: file)
            }
            if width == 3 && byte == 0xEF && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF {
                return .yamlEncoding(
                    "a byte order mark stands inside the file", at: place(index, in: file),
                    help: "remove the invisible character")
            }
            if width == 3 && byte == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE {
                return control(bytes[index + 2], at: index, in: file)
            }
            index += width
        }
        return nil
    }

    /// Where the text starts: behind the byte order mark, if there is one.
    static func contentStart(_ bytes: [UInt8]) -> Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private static func control(_ code: UInt8, at index: Int, in file: SourceFile) -> Diagnostic {
        let name = code == 0 ? "a NUL byte" : "control character 0x\(String(code, radix: 16, uppercase: true))"
        return .yamlEncoding(
            "\(name) stands in the file", at: place(index, in: file),
            help:
                "remove it; in a text it can be written as \"\\x\(code < 16 ? "0" : "")\(String(code, radix: 16))\" in double quotes"
        )
    }

    /// The bytes of the UTF-8 sequence at `index` (RFC 3629: no overlong forms, no surrogates); nil if it is none.
    private static func scalarWidth(_ bytes: [UInt8], at index: Int) -> Int? {
        let first = bytes[index]
        let width: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
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
        for offset in 2..<max(width, 2) where !(0x80...0xBF).contains(bytes[index + offset]) { return nil }
        return width
    }

    private static func place(_ index: Int, in file: SourceFile) -> SourceRange {
        let before = file.bytes[contentStart(file.bytes)..<index]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? before.startIndex
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        return SourceRange(
            file: file, start: SourcePosition(line: line, column: column),
            end: SourcePosition(line: line, column: column + 1))
    }
}
