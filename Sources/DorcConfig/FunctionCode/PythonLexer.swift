/// Python source -> logical lines of tokens, as far as it takes to tell what a module defines. It follows
/// <https://docs.python.org/3/reference/lexical_analysis.html> up to Python 3.14, and gives up where a file does not: what
/// it cannot read it says nothing about.
///
/// Works on bytes: all that it tells apart is ASCII in every encoding that Python takes but UTF-16, which has NUL bytes.
struct PythonLexer {
    struct Token: Equatable {
        enum Kind {
            case name, number, string, symbol
        }

        var kind: Kind
        /// In the file's bytes.
        var range: Range<Int>
    }

    /// What Python reads as one line: brackets and a `\` at the end join several.
    struct Line {
        /// The column that its first token is in; a tab goes on to the next multiple of 8.
        var indentation: Int
        var tokens: ArraySlice<Token>
    }

    /// A line whose tokens begin, and perhaps end, at a place in `tokens`.
    private struct OpenLine {
        var indentation: Int
        var start: Int
        var end = 0
    }

    enum Failure: Error, Equatable {
        /// A line of `git merge`, at this offset.
        case mergeMark(Int)
        /// What every Python refuses.
        case mistake(PythonMistake)
        case notPython
    }

    let bytes: [UInt8]
    /// The one name that is looked for; nil where everything is kept.
    private let wanted: [UInt8]?
    /// Whether the rest of the line is passed over.
    private var isSkipping = false
    private var position = 0
    /// Where each bracket is that is open.
    private var open: [Int] = []
    /// How many of them were open where the field of an f-string began.
    private var outer = 0
    private var isInField = false
    private var depth: Int { open.count - outer }
    /// Of all lines: an array for each of them would cost more than to read it.
    private var tokens: [Token] = []
    private var found: [OpenLine] = []
    private var current: OpenLine?

    /// Fields of f-strings inside one another; Python itself allows 150.
    private static let nestingLimit = 100

    static func lines(of bytes: [UInt8]) throws(Failure) -> [Line] {
        guard !bytes.contains(0) else { throw .notPython }
        var lexer = PythonLexer(bytes: bytes, wanted: nil)
        return try lexer.run()
    }

    /// The lines in which a name is plainly defined, if it is: those that are not indented, and of the `def` of another name
    /// no more than that name. Nil where a line of the file, be it indented, is wrong.
    static func lines(of bytes: [UInt8], defining name: [UInt8]) -> [Line]? {
        var lexer = PythonLexer(bytes: bytes, wanted: name)
        return try? lexer.run()
    }

    private init(bytes: [UInt8], wanted: [UInt8]?) {
        self.bytes = bytes
        self.wanted = wanted
    }

    private mutating func run() throws(Failure) -> [Line] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        tokens.reserveCapacity(64)
        open.reserveCapacity(16)
        found.reserveCapacity(16)
        var isLineStart = true
        while position < bytes.count {
            if isLineStart {
                if isMergeMark(at: position) { throw .mergeMark(position) }
                let column = skipIndentation()
                isLineStart = false
                if current == nil, depth == 0, let byte = peek(), !isLineBreak(byte), byte != UInt8(ascii: "#") {
                    current = OpenLine(indentation: column, start: tokens.count)
                    isSkipping = wanted != nil && column > 0
                }
                continue
            }
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                skipLineBreak()
                isLineStart = true
                if depth == 0 { endLine() }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: position += 1
            case UInt8(ascii: "#"): skipComment()
            case UInt8(ascii: "\\"):
                position += 1
                guard let next = peek() else { throw .notPython }
                guard isLineBreak(next) else {
                    throw .mistake(PythonMistake(.nothingAfterBackslash, at: position - 1..<position))
                }
                skipLineBreak()
                isLineStart = true
                if current == nil { current = OpenLine(indentation: 0, start: tokens.count) }
            default:
                if isSkipping {
                    try skipTokens()
                } else {
                    tokens.append(try token(nesting: 0))
                    isSkipping = isDefinitionOfOther
                }
            }
        }
        if let bracket = open.last { throw .mistake(PythonMistake(.unclosed, at: bracket..<bracket + 1)) }
        endLine()
        return found.map { Line(indentation: $0.indentation, tokens: tokens[$0.start..<$0.end]) }
    }

    /// Whether the line so far is `def` with a name that is not wanted.
    @inline(__always)
    private var isDefinitionOfOther: Bool {
        guard let wanted, let start = current?.start, tokens.count == start + 2 else { return false }
        return tokens[start].reads("def", in: bytes) && !tokens[start + 1].reads(wanted, in: bytes)
    }

    private mutating func skipComment() { position = PythonBytes.endsComment.first(in: bytes, from: position) }

    private mutating func endLine() {
        if var line = current, line.start < tokens.count {
            line.end = tokens.count
            found.append(line)
        }
        current = nil
    }

    /// One token; brackets change `depth`.
    private mutating func token(nesting: Int) throws(Failure) -> Token {
        let start = position
        let byte = bytes[start]
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || Self.isPrefix(byte), let quote = stringStart() {
            try skipString(quote, from: start, nesting: nesting)
            return Token(kind: .string, range: start..<position)
        }
        if isName(byte), !isDigit(byte) {
            position = PythonBytes.endsName.first(in: bytes, from: position)
            return Token(kind: .name, range: start..<position)
        }
        if isDigit(byte) || byte == UInt8(ascii: "."), isDigit(byte) || peek(1).map(isDigit) == true {
            skipNumber()
            return Token(kind: .number, range: start..<position)
        }
        try noteBracket(byte)
        position += symbolLength()
        return Token(kind: .symbol, range: start..<position)
    }

    /// Moves past the tokens of a line up to its end, a comment or a `\`.
    private mutating func skipTokens() throws(Failure) {
        let start = position
        while true {
            position = PythonBytes.endsRun.first(in: bytes, from: position)
            guard let byte = peek() else { return }
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"), UInt8(ascii: "\\"): return
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                // Its prefix was taken for a name; a longer name is none.
                let quote = position
                while position > start, quote - position < 3, Self.isPrefix(bytes[position - 1]) { position -= 1 }
                if position > start, isName(bytes[position - 1]) { position = quote }
                let beginning = position
                if let quote = stringStart() { try skipString(quote, from: beginning, nesting: 0) }
            default:
                try noteBracket(byte)
                position += 1
            }
        }
    }

    private mutating func noteBracket(_ byte: UInt8) throws(Failure) {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append(position)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            guard depth > 0, let opening = open.popLast() else {
                throw isInField ? .notPython : .mistake(PythonMistake(.unopened, at: position..<position + 1))
            }
            // In ASCII a bracket comes right before the one that closes it, or with one in between.
            guard byte &- bytes[opening] <= 2 else {
                throw isInField
                    ? .notPython : .mistake(PythonMistake(.mismatched(opening), at: position..<position + 1))
            }
        default: break
        }
    }

    private mutating func skipNumber() {
        position += 1
        while let byte = peek() {
            let isExponent = bytes[position - 1] | 0x20 == UInt8(ascii: "e")
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            guard isName(byte) || byte == UInt8(ascii: ".") || isSign && isExponent else { return }
            // `0xe-1` is a subtraction; what a number ends with matters to nobody here.
            position += 1
        }
    }

    /// `**=`, `:=`, `...`: how many characters belong to the symbol that begins here.
    private func symbolLength() -> Int {
        let first = bytes[position]
        guard let second = peek(1) else { return 1 }
        let equals = UInt8(ascii: "=")
        if first == second {
            switch first {
            case UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                return peek(2) == equals ? 3 : 2
            case equals: return 2
            case UInt8(ascii: "."): return peek(2) == first ? 3 : 1
            default: return 1
            }
        }
        if second == equals { return ":!<>+-*/%&|^@".utf8.contains(first) ? 2 : 1 }
        return first == UInt8(ascii: "-") && second == UInt8(ascii: ">") ? 2 : 1
    }

    // MARK: Strings

    private struct Quote {
        var mark: UInt8
        var isTriple: Bool
        var isRaw: Bool
        /// An f-string or a template string: it has fields.
        var hasFields: Bool
    }

    /// Moves past the prefix and the opening quotes of a string that begins here.
    private mutating func stringStart() -> Quote? {
        var index = position
        while index < bytes.count, index - position < 3, Self.isPrefix(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
            return nil
        }
        let prefix = bytes[position..<index]
        func has(_ letter: UInt8) -> Bool { prefix.contains { $0 | 0x20 == letter } }
        position = index
        let mark = bytes[index]
        let isTriple = peek(1) == mark && peek(2) == mark
        position += isTriple ? 3 : 1
        return Quote(
            mark: mark, isTriple: isTriple, isRaw: has(UInt8(ascii: "r")),
            hasFields: has(UInt8(ascii: "f")) || has(UInt8(ascii: "t")))
    }

    private static func isPrefix(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "u"), UInt8(ascii: "f"), UInt8(ascii: "t"): true
        default: false
        }
    }

    private mutating func skipString(_ quote: Quote, from start: Int, nesting: Int) throws(Failure) {
        while true {
            position = PythonBytes.endsRunOfString.first(in: bytes, from: position)
            guard let byte = peek() else { break }
            if isEnd(of: quote) {
                position += quote.isTriple ? 3 : 1
                return
            }
            switch byte {
            case UInt8(ascii: "\\"): skipEscape(quote)
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                guard quote.isTriple else { throw unended(quote, from: start) }
                position += 1
            case UInt8(ascii: "{") where quote.hasFields:
                position += 1
                if peek() == UInt8(ascii: "{") {
                    position += 1
                } else {
                    try skipField(of: quote, nesting: nesting + 1)
                }
            default: position += 1
            }
        }
        throw unended(quote, from: start)
    }

    /// Where the fields of a string end is another matter in each version of Python.
    private func unended(_ quote: Quote, from start: Int) -> Failure {
        if isInField || quote.hasFields { return .notPython }
        let line = PythonBytes.endsComment.first(in: bytes, from: start)
        return .mistake(PythonMistake(.unended, at: start..<min(line, position)))
    }

    private func isEnd(of quote: Quote) -> Bool {
        peek() == quote.mark && (!quote.isTriple || peek(1) == quote.mark && peek(2) == quote.mark)
    }

    /// In a raw string too, a quote after a `\` does not end it.
    private mutating func skipEscape(_ quote: Quote) {
        position += 1
        guard let next = peek() else { return }
        if quote.hasFields {
            if next == UInt8(ascii: "{") || next == UInt8(ascii: "}") { return }
            if !quote.isRaw, next == UInt8(ascii: "N"), peek(1) == UInt8(ascii: "{") {
                while let byte = peek(), byte != UInt8(ascii: "}"), byte != quote.mark { position += 1 }
                return
            }
        }
        position += 1
        if next == UInt8(ascii: "\r"), peek() == UInt8(ascii: "\n") { position += 1 }
    }

    /// From after the `{` to after its `}`.
    private mutating func skipField(of quote: Quote, nesting: Int) throws(Failure) {
        guard nesting < Self.nestingLimit else { throw .notPython }
        let (before, wasInField, count) = (outer, isInField, open.count)
        defer {
            open.removeLast(max(open.count - count, 0))
            (outer, isInField) = (before, wasInField)
        }
        (outer, isInField) = (count, true)
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "}") where depth == 0:
                position += 1
                return
            case UInt8(ascii: ":") where depth == 0:
                position += 1
                return try skipFormat(of: quote, nesting: nesting)
            case UInt8(ascii: "!") where depth == 0 && peek(1) != UInt8(ascii: "="): position += 1
            case UInt8(ascii: "#"): skipComment()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0C,
                UInt8(ascii: "\\"):
                position += 1
            default: _ = try token(nesting: nesting)
            }
        }
        throw .notPython
    }

    /// From after the `:` of a field to after its `}`.
    private mutating func skipFormat(of quote: Quote, nesting: Int) throws(Failure) {
        while let byte = peek(), !isEnd(of: quote) {
            position += 1
            switch byte {
            case UInt8(ascii: "}"): return
            case UInt8(ascii: "{"): try skipField(of: quote, nesting: nesting + 1)
            default: break
            }
        }
        throw .notPython
    }

    // MARK: Characters

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    private mutating func skipLineBreak() {
        position += peek() == UInt8(ascii: "\r") && peek(1) == UInt8(ascii: "\n") ? 2 : 1
    }

    private mutating func skipIndentation() -> Int {
        var column = 0
        var index = position
        defer { position = index }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "): column += 1
            case UInt8(ascii: "\t"): column = (column / 8 + 1) * 8
            case 0x0C: column = 0
            default: return column
            }
            index += 1
        }
        return column
    }

    /// Seven of one character at the start of a line, which no Python has outside a string.
    private func isMergeMark(at start: Int) -> Bool {
        guard let first = peek(), Self.isMarkByte(first), bytes.count - start >= 7,
            bytes[start..<start + 7].allSatisfy({ $0 == first })
        else { return false }
        return start + 7 == bytes.count || " \r\n".utf8.contains(bytes[start + 7])
    }

    private static func isMarkByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "|"): true
        default: false
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private func isName(_ byte: UInt8) -> Bool { !PythonBytes.endsName.contains(byte) }
}

extension PythonLexer.Token {
    /// A symbol of one character.
    func symbol(in bytes: [UInt8]) -> UInt8? { kind == .symbol && range.count == 1 ? bytes[range.lowerBound] : nil }

    /// Whether it is this name or symbol.
    func reads(_ text: StaticString, in bytes: [UInt8]) -> Bool {
        reads(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount), in: bytes)
    }

    @inline(__always)
    func reads(_ text: some RandomAccessCollection<UInt8>, in bytes: [UInt8]) -> Bool {
        range.count == text.count && zip(range, text).allSatisfy { bytes[$0] == $1 }
    }
}
