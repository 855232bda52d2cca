internal import DorcText

/// Backslashes between double quotes, which start an escape: `"C:\temp"` has a tab in it, `"\bword"` a backspace, and
/// `"\d+"` is refused.
enum YAMLEscapes {
    /// Escapes that give a control character which no text of a config repository has a use for (YAML 1.2.2, section 5.7).
    private static let controls: [Unicode.Scalar: String] = [
        "0": "a NUL byte", "a": "a bell", "b": "a backspace", "v": "a vertical tab", "f": "a form feed",
        "e": "an escape",
    ]
    private static let spaces: [Unicode.Scalar: String] = ["t": "a tab", "n": "a line break", "r": "a carriage return"]

    /// Whether the text may come from such an escape: a cheap test before the source is looked at.
    static func areSuspected(in bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.contains { $0 < 0x20 } }

    /// The first escape of the scalar in double quotes that starts at `place` which was hardly meant as one.
    static func mistake(at place: SourcePosition, in file: SourceFile) -> Diagnostic? {
        guard let quoted = QuotedSource(at: place, in: file) else { return nil }
        var before: [Unicode.Scalar] = []
        var index = 0
        while index < quoted.inside.count {
            defer { index += 1 }
            let scalar = quoted.inside[index]
            guard scalar == "\\", index + 1 < quoted.inside.count else {
                before.append(scalar)
                continue
            }
            let escaped = quoted.inside[index + 1]
            // `C:\temp`
            let isPath = before.count >= 2 && before.last == ":" && before[before.count - 2].properties.isAlphabetic
            if let meaning = controls[escaped] ?? (isPath ? spaces[escaped] : nil) {
                return .yamlEscape("`\\\(escaped)` is \(meaning) between double quotes", quoted, severity: .warning)
            }
            before.append(escaped)
            index += 1
        }
        return nil
    }

    /// For the escape that libyaml refused at `mark`, in the scalar that starts at `place`.
    static func unknown(at mark: SourcePosition, inScalarAt place: SourcePosition, of file: SourceFile) -> Diagnostic? {
        guard let quoted = QuotedSource(at: place, in: file) else { return nil }
        let offset = mark.column - place.column - 1
        let written = quoted.inside.dropFirst(offset).prefix(2).map(String.init).joined()
        return .yamlEscape("`\(written)` is not an escape of YAML", quoted, severity: .error)
    }
}

/// The source of a scalar in double quotes that ends on its first line.
private struct QuotedSource {
    /// Between the quotes, as written.
    let inside: [Unicode.Scalar]
    let range: SourceRange

    init?(at place: SourcePosition, in file: SourceFile) {
        var lines = SourceLines()
        guard let line = lines.scalars(place.line, of: file), line.indices.contains(place.column - 1) else {
            return nil
        }
        guard let start = line[(place.column - 1)...].firstIndex(of: "\""), start - place.column < 100 else {
            return nil
        }
        var end = start + 1
        while end < line.count, line[end] != "\"" { end += line[end] == "\\" ? 2 : 1 }
        guard end < line.count else { return nil }
        inside = Array(line[(start + 1)..<end])
        range = SourceRange(
            file: file, start: SourcePosition(line: place.line, column: start + 1),
            end: SourcePosition(line: place.line, column: end + 2))
    }

    /// The same characters between single quotes, where a backslash is one.
    var inSingleQuotes: String {
        var text = String.UnicodeScalarView("'".unicodeScalars)
        for scalar in inside {
            text.append(scalar)
            if scalar == "'" { text.append(scalar) }
        }
        text.append("'")
        return String(text)
    }
}

extension Diagnostic {
    fileprivate static func yamlEscape(_ summary: String, _ quoted: QuotedSource, severity: Severity) -> Diagnostic {
        Diagnostic(
            .yamlEscape, severity, at: quoted.range, summary,
            help: "write a string with backslashes in single quotes, which leave it as it is",
            replacement: quoted.inSingleQuotes)
    }
}
