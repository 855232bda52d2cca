extension SourceRange {
    /// The place of some characters of a YAML scalar that is here, counted in Unicode scalars of its text from 0.
    ///
    /// The text in the file has the same characters in the same order, but for white space, which YAML folds and removes,
    /// and for quotes and escapes. Where those say something else (`\u0041`), it is the place of the whole scalar.
    package func place(of offsets: Range<Int>, inScalar text: String) -> SourceRange {
        let text = Array(text.unicodeScalars)
        guard offsets.lowerBound >= 0, offsets.upperBound <= text.count else { return self }
        let last = max(offsets.lowerBound, offsets.upperBound - 1)
        var cursor = ScalarCursor(self)
        var first: SourcePosition?
        for (index, scalar) in text.prefix(last + 1).enumerated() where !scalar.isBlank {
            guard let position = cursor.find(scalar) else { return self }
            if first == nil, index >= offsets.lowerBound { first = position }
            if index == last, let first {
                return SourceRange(
                    file: file, start: first, end: SourcePosition(line: position.line, column: position.column + 1))
            }
        }
        // It ends with white space, or is after the text.
        let start = first ?? cursor.position
        return SourceRange(file: file, start: start, end: SourcePosition(line: start.line, column: start.column + 1))
    }
}

/// Reads the source of a scalar from character to character.
private struct ScalarCursor {
    private let scalars: [Unicode.Scalar]
    private var index: Int
    private(set) var position: SourcePosition
    private var quote: Unicode.Scalar?

    init(_ range: SourceRange) {
        let starts = range.file.lineStarts
        let bytes = range.file.bytes
        func offset(ofLine line: Int) -> Int { line <= starts.count ? starts[max(line, 1) - 1] : bytes.count }
        let slice = bytes[offset(ofLine: range.start.line)..<offset(ofLine: max(range.end.line, range.start.line) + 1)]
        scalars = Array(String(decoding: slice, as: UTF8.self).unicodeScalars)
        index = 0
        position = SourcePosition(line: range.start.line, column: 1)
        while position.column < range.start.column, index < scalars.count { advance() }
        skipProperties()
        switch peek {
        case "'", "\"":
            quote = peek
            advance()
        case "|", ">":
            while let scalar = peek, scalar != "\n", scalar != "\r" { advance() }
        default: break
        }
    }

    /// `&anchor` and `!tag`, which stand before a scalar's text.
    private mutating func skipProperties() {
        while let scalar = peek, scalar == "&" || scalar == "!" {
            while let next = peek, !next.isBlank { advance() }
            while let next = peek, next.isBlank { advance() }
        }
    }

    private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func advance() {
        guard let scalar = peek else { return }
        index += 1
        let endsLine = scalar == "\n" || scalar == "\r" && peek != "\n"
        position =
            endsLine
            ? SourcePosition(line: position.line + 1, column: 1)
            : SourcePosition(line: position.line, column: position.column + 1)
    }

    /// The place of the next character that is not white space; nil where it is another one.
    mutating func find(_ expected: Unicode.Scalar) -> SourcePosition? {
        while let scalar = peek, scalar.isBlank { advance() }
        guard var scalar = peek else { return nil }
        if quote == "\"", scalar == "\\" {
            advance()
            // `\` at the end of a line joins it with the next one.
            while let next = peek, next.isBlank { advance() }
            guard let escaped = peek else { return nil }
            scalar = escaped
        } else if quote == "'", scalar == "'" {
            advance()
        }
        guard scalar == expected else { return nil }
        defer { advance() }
        return position
    }
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool { properties.isWhitespace }
}
