package import DorcText

/// Reads a `.json` file as JSON (RFC 8259) into the nodes that `YAMLReader` makes, so that all checks know their places: texts are
/// quoted scalars, numbers, `true`, `false` and `null` plain ones.
package struct JSONReader {
    private let file: SourceFile
    private let limits: YAMLLimits
    private var scalars: String.UnicodeScalarView.SubSequence
    private var position = SourcePosition.start
    private var nodes = 0
    private var diagnostics = Diagnostics()

    private struct Failure: Error {}

    /// Nil, and reported, where it is not JSON.
    package static func read(_ file: SourceFile, limits: YAMLLimits = YAMLLimits(), into diagnostics: inout Diagnostics)
        -> YAMLNode?
    {
        if file.bytes.count > limits.bytes {
            diagnostics.report(
                Diagnostic(
                    .jsonSyntax, at: file.wholeFile,
                    "the file has \(file.bytes.count) bytes; at most \(limits.bytes) are read"))
            return nil
        }
        let content = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? file.bytes[3...] : file.bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            // The YAML reader says where.
            if let problem = YAMLEncoding.check(file) { diagnostics.report(problem) }
            if !diagnostics.hasErrors {
                diagnostics.report(Diagnostic(.jsonSyntax, at: file.wholeFile, "the file is not UTF-8"))
            }
            return nil
        }
        var reader = JSONReader(file: file, limits: limits, scalars: text.unicodeScalars[...])
        let root = try? reader.document()
        // No string of JSON goes over several lines, so that a mark is always a mistake.
        if reader.diagnostics.hasErrors, let mark = MergeMark.find(in: file) {
            diagnostics.report(.mergeMark(at: mark))
            return nil
        }
        diagnostics.report(contentsOf: reader.diagnostics)
        return reader.diagnostics.hasErrors ? nil : root
    }

    private init(file: SourceFile, limits: YAMLLimits, scalars: String.UnicodeScalarView.SubSequence) {
        self.file = file
        self.limits = limits
        self.scalars = scalars
    }

    private mutating func document() throws(Failure) -> YAMLNode {
        skipSpaces()
        let root = try value(depth: 0)
        skipSpaces()
        guard scalars.isEmpty else { throw fail("something follows after the value", help: Self.yamlHelp) }
        return root
    }

    private mutating func value(depth: Int) throws(Failure) -> YAMLNode {
        nodes += 1
        guard nodes <= limits.nodes else { throw fail("there are more than \(limits.nodes) values") }
        guard depth < limits.depth else { throw fail("more than \(limits.depth) lists and mappings are nested") }
        let start = position
        switch scalars.first {
        case "{": return try object(start, depth)
        case "[": return try array(start, depth)
        case "\"":
            let text = try string()
            return node(.scalar(text, .quoted), start)
        case nil: throw fail("the file ends before the value", help: nil)
        default:
            var word = String.UnicodeScalarView()
            while let scalar = scalars.first, !Self.ends(scalar) {
                word.append(scalar)
                advance()
            }
            let text = String(word)
            guard ["true", "false", "null"].contains(text) || JSONNumber.hasForm(text) else {
                let shown = text.isEmpty ? String(scalars.prefix(1)) : String(text.prefix(40))
                throw fail("`\(shown)` is not a value of JSON", at: start, help: Self.yamlHelp)
            }
            return node(.scalar(text, .plain), start)
        }
    }

    private mutating func object(_ start: SourcePosition, _ depth: Int) throws(Failure) -> YAMLNode {
        advance()
        var entries: [YAMLNode.Entry] = []
        var places: [ExactText: SourceRange] = [:]
        skipSpaces()
        if scalars.first == "}" {
            advance()
            return node(.mapping([]), start)
        }
        while true {
            let keyStart = position
            guard scalars.first == "\"" else {
                throw fail("a name in double quotes is expected here", help: Self.yamlHelp)
            }
            let key = try string()
            let range = SourceRange(file: file, start: keyStart, end: position)
            if let first = places.updateValue(range, forKey: ExactText(key)) {
                var finding = Diagnostic(.jsonSyntax, at: range, "`\(key.prefix(80))` is written twice in one object")
                finding.notes = [Diagnostic.Note(first, "the first one is here")]
                diagnostics.report(finding)
            }
            skipSpaces()
            guard scalars.first == ":" else { throw fail("a `:` is expected here", help: Self.yamlHelp) }
            advance()
            skipSpaces()
            let value = try value(depth: depth + 1)
            entries.append(YAMLNode.Entry(key: key, keyRange: range, value: value))
            if try !goesOn("}") { return node(.mapping(entries), start) }
        }
    }

    private mutating func array(_ start: SourcePosition, _ depth: Int) throws(Failure) -> YAMLNode {
        advance()
        var items: [YAMLNode] = []
        skipSpaces()
        if scalars.first == "]" {
            advance()
            return node(.sequence([]), start)
        }
        while true {
            items.append(try value(depth: depth + 1))
            if try !goesOn("]") { return node(.sequence(items), start) }
        }
    }

    /// Whether a comma follows, and with it another entry.
    private mutating func goesOn(_ end: Unicode.Scalar) throws(Failure) -> Bool {
        skipSpaces()
        if scalars.first == end {
            advance()
            return false
        }
        let comma = position
        guard scalars.first == "," else { throw fail("a `,` or `\(end)` is expected here", help: Self.yamlHelp) }
        advance()
        skipSpaces()
        if scalars.first == end { throw fail("nothing follows after the comma", at: comma, help: "remove the comma") }
        return true
    }

    // MARK: Texts

    private mutating func string() throws(Failure) -> String {
        let start = position
        advance()
        var text = String.UnicodeScalarView()
        while let scalar = scalars.first {
            let place = position
            advance()
            switch scalar {
            case "\"": return String(text)
            case "\\": text.append(try escaped(place))
            case "\u{0}"..."\u{1F}":
                throw fail(
                    scalar == "\n" ? "a string ends on its line" : "a control character is in the string", at: place,
                    help: "write it as an escape, such as `\\n`")
            default: text.append(scalar)
            }
        }
        throw fail("the string has no `\"` at its end", at: start)
    }

    private mutating func escaped(_ place: SourcePosition) throws(Failure) -> Unicode.Scalar {
        guard let scalar = scalars.first else { throw fail("the file ends in an escape", at: place) }
        advance()
        switch scalar {
        case "\"", "\\", "/": return scalar
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": break
        default:
            throw fail("`\\\(scalar)` is not an escape of JSON", at: place, help: "a backslash itself is `\\\\`")
        }
        let first = try unit(place)
        if let scalar = Unicode.Scalar(first) { return scalar }
        // Above U+FFFF: two surrogates.
        guard (0xD800...0xDBFF).contains(first), scalars.starts(with: ["\\", "u"]) else {
            throw fail("half of a surrogate pair is missing", at: place)
        }
        advance()
        advance()
        let second = try unit(place)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fail("half of a surrogate pair is missing", at: place) }
        return scalar
    }

    private mutating func unit(_ place: SourcePosition) throws(Failure) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = scalars.first, let digit = Character(scalar).hexDigitValue, scalar.isASCII else {
                throw fail("`\\u` needs four hexadecimal digits", at: place)
            }
            code = code << 4 + UInt32(digit)
            advance()
        }
        return code
    }

    // MARK: Characters

    private mutating func advance() {
        guard let scalar = scalars.popFirst() else { return }
        let isBreak = scalar == "\n" || scalar == "\r" && scalars.first != "\n"
        position =
            isBreak
            ? SourcePosition(line: position.line + 1, column: 1)
            : SourcePosition(line: position.line, column: position.column + 1)
    }

    private mutating func skipSpaces() {
        while let scalar = scalars.first, [" ", "\t", "\n", "\r"].contains(scalar) { advance() }
    }

    private static func ends(_ scalar: Unicode.Scalar) -> Bool {
        [" ", "\t", "\n", "\r", ",", ":", "{", "}", "[", "]", "\""].contains(scalar)
    }

    private func node(_ content: YAMLNode.Content, _ start: SourcePosition) -> YAMLNode {
        YAMLNode(content, range: SourceRange(file: file, start: start, end: position))
    }

    private static let yamlHelp = "a file whose name ends in `.json` is JSON; name a YAML file `.yaml`"

    private mutating func fail(_ summary: String, at place: SourcePosition? = nil, help: String? = nil) -> Failure {
        let start = place ?? position
        let end = SourcePosition(line: start.line, column: start.column + 1)
        diagnostics.report(
            Diagnostic(.jsonSyntax, at: SourceRange(file: file, start: start, end: end), summary, help: help))
        return Failure()
    }
}
