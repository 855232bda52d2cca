internal import DorcText

/// A syntax error of libyaml's, put into plain words, with what people usually did.
struct YAMLProblem {
    let problem: String
    let place: SourcePosition
    /// As in "while scanning an anchor"; nil where libyaml says nothing.
    let context: String?
    let contextPlace: SourcePosition

    func diagnostic(in file: SourceFile) -> Diagnostic {
        if let found = MergeMark.find(in: file).map(Diagnostic.mergeMark) ?? anchorName(in: file) ?? unknownEscape(
            in: file)
            ?? quoteInExpression(in: file)
        {
            return found
        }
        // Where the file ends inside a text, the mistake is at the text's start.
        let isUnclosed = problem == "found unexpected end of stream" && context != nil
        let start = isUnclosed ? contextPlace : isAtEnd(of: file) ? Self.end(of: file) : place
        var diagnostic = Diagnostic.yamlSyntax(
            plainWords, at: Self.range(start, 1, in: file), help: invisibleBlank(in: file) ?? help)
        if let context, contextPlace.line != start.line {
            diagnostic.notes.append(Diagnostic.Note(Self.range(contextPlace, 0, in: file), context))
        }
        return diagnostic
    }

    /// Whether nothing follows, so that the mistake is what was opened before.
    private func isAtEnd(of file: SourceFile) -> Bool {
        place.line >= file.lineStarts.count && (file.lineStarts.last ?? 0) >= file.bytes.count
    }

    /// The last character that is not a blank.
    private static func end(of file: SourceFile) -> SourcePosition {
        file.position(ofByte: file.bytes.lastIndex { $0 > 0x20 } ?? file.contentStart)
    }

    private static func range(_ start: SourcePosition, _ width: Int, in file: SourceFile) -> SourceRange {
        SourceRange(file: file, start: start, end: SourcePosition(line: start.line, column: start.column + width))
    }

    /// `&base.v1`: YAML allows it, libyaml takes letters, digits, `_` and `-` only.
    private func anchorName(in file: SourceFile) -> Diagnostic? {
        guard problem == "did not find expected alphabetic or numeric character" else { return nil }
        var lines = SourceLines()
        guard let line = lines.scalars(contextPlace.line, of: file),
            line.indices.contains(contextPlace.column - 1)
        else { return nil }
        let written = line[(contextPlace.column - 1)...].prefix {
            !$0.properties.isWhitespace && !",[]{}".unicodeScalars.contains($0)
        }
        // `*/15 * * * *` is a text.
        guard let second = written.dropFirst().first,
            second.properties.isAlphabetic || second.properties.numericType != nil
        else { return nil }
        var name = String.UnicodeScalarView()
        for scalar in written.prefix(100) {
            let isName = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            name.append(isName || "*&_-".unicodeScalars.contains(scalar) ? scalar : "-")
        }
        return .yamlSyntax(
            "`\(String(String.UnicodeScalarView(written)))` is not the name of an anchor",
            at: Self.range(contextPlace, written.count, in: file),
            help:
                "an anchor's name has ASCII letters, digits, `_` and `-`; put a string that starts with `*` or `&` in quotes",
            replacement: String(name))
    }

    private func unknownEscape(in file: SourceFile) -> Diagnostic? {
        guard problem == "found unknown escape character" || problem == "did not find expected hexdecimal number",
            contextPlace.line == place.line
        else { return nil }
        return YAMLEscapes.unknown(at: place, inScalarAt: contextPlace, of: file)
    }

    /// `"{% $states.input.area = "wales" %}"`, whose second `"` ends the string.
    private func quoteInExpression(in file: SourceFile) -> Diagnostic? {
        var lines = SourceLines()
        for number in Set([place.line, contextPlace.line]).sorted() {
            guard let line = lines.scalars(number, of: file), line.count < 10_000 else { continue }
            let opening = Array("\"{%".unicodeScalars)
            guard let start = line.indices.first(where: { line[$0...].starts(with: opening) }) else { continue }
            var end = start + 1
            while end < line.count, line[end] != "\"" { end += line[end] == "\\" ? 2 : 1 }
            guard end < line.count, !String(String.UnicodeScalarView(line[start..<end])).contains("%}") else {
                continue
            }
            let closing = Array("%}\"".unicodeScalars)
            let last = line.indices.last { line[$0...].starts(with: closing) }
            let inside = last.map { line[(start + 1)..<($0 + 2)].map { $0 == "\"" ? "'" : $0 } }
            return .yamlSyntax(
                "this `\"` ends the string inside `{% ... %}`",
                at: Self.range(SourcePosition(line: number, column: end + 1), 1, in: file),
                help: "write strings inside JSONata in single quotes"
                    + (inside.map { ": `\"\(String(String.UnicodeScalarView($0)))\"`" } ?? ", `'...'`"))
        }
        return nil
    }

    /// Blanks from word processors and web pages are characters of a text to YAML.
    private func invisibleBlank(in file: SourceFile) -> String? {
        var lines = SourceLines()
        for number in Set([place.line, contextPlace.line, place.line - 1]).sorted() {
            guard let line = lines.scalars(number, of: file),
                let column = line.prefix(10_000).firstIndex(where: { !$0.isASCII && $0.properties.isWhitespace })
            else { continue }
            let code = String(line[column].value, radix: 16, uppercase: true)
            return "line \(number) has an invisible character in column \(column + 1), "
                + (line[column].value == 0xA0 ? "a no-break space" : "U+\(code)") + ": write a plain space"
        }
        return nil
    }

    private var plainWords: String {
        switch problem {
        case "found character that cannot start any token": "this character cannot start a value"
        case "mapping values are not allowed in this context": "a `:` is not expected here"
        case "did not find expected alphabetic or numeric character":
            "`*` and `&` are followed by the name of an anchor"
        case "did not find expected key": "a key is expected here"
        case "did not find expected '-' indicator": "a `-` is expected here"
        case "could not find expected ':'": "a `:` is missing after this key"
        case "found unexpected end of stream": "the file ends inside a quoted string"
        case "did not find expected ',' or ']'": "a `,` or `]` is expected here"
        case "did not find expected ',' or '}'": "a `,` or `}` is expected here"
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            "the line is indented with a tab"
        case "found unknown escape character": "this is not an escape of YAML"
        case "did not find expected node content": "a value is missing here"
        default: problem
        }
    }

    private var help: String? {
        switch problem {
        case "found character that cannot start any token":
            "indent with spaces, not tabs; put JSONata (`\"{% ... %}\"`) and a string that starts with `@`, `` ` `` or `%` in quotes"
        case "mapping values are not allowed in this context":
            "put a string that contains `: ` in quotes; check the indentation of this line"
        case "did not find expected key", "did not find expected '-' indicator":
            "check the indentation of this line and of the one before it, and that every quote further up is closed; write a"
                + " `\"` between double quotes as `'` or `\\\"`"
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            "inside `[ ]` and `{ }`, put a string that has brackets, commas or `${name}` in quotes"
        case "could not find expected ':'":
            "write `key: value` with a space after the colon"
        case "did not find expected alphabetic or numeric character":
            "put a string that starts with `*` or `&`, for example a cron line, in quotes"
        case "found unexpected end of stream", "found unexpected document indicator":
            "close the quotes"
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            "indent with spaces"
        case "did not find expected node content":
            "close the brackets, and put a string that starts with `,`, `]` or `}` in quotes"
        case "found unknown escape character":
            "write a string with backslashes in single quotes, which leave it as it is"
        default: nil
        }
    }
}
