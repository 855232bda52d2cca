/// Diagnostics for programs: one JSON array, an object for each finding, with 1-based lines and columns.
package enum DiagnosticJSON {
    package static func render(_ diagnostics: [Diagnostic]) -> String {
        if diagnostics.isEmpty { return "[]\n" }
        var lines = SourceLines()
        return "[\n" + diagnostics.map { "  " + object($0, &lines) }.joined(separator: ",\n") + "\n]\n"
    }

    /// Characters of a source line.
    private static let longestSource = 2000

    private static func object(_ diagnostic: Diagnostic, _ lines: inout SourceLines) -> String {
        var members = [
            member("id", diagnostic.id.rawValue), member("severity", diagnostic.severity.rawValue),
            place(diagnostic.range), member("summary", diagnostic.summary),
        ]
        if let help = diagnostic.help { members.append(member("help", help)) }
        if let replacement = diagnostic.replacement { members.append(member("replacement", replacement)) }
        let start = diagnostic.range.start
        if let line = lines.scalars(start.line, of: diagnostic.range.file), !line.isEmpty {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: line.prefix(longestSource))
            members.append(member("source", String(text)))
        }
        let notes = diagnostic.notes.map { "{\(place($0.range)), \(member("message", $0.message))}" }
        members.append("\"notes\": [\(notes.joined(separator: ", "))]")
        return "{\(members.joined(separator: ", "))}"
    }

    private static func place(_ range: SourceRange) -> String {
        let (start, end) = (range.start, range.end)
        return member("file", range.path)
            + ", \"line\": \(start.line), \"column\": \(start.column), \"endLine\": \(end.line), \"endColumn\": \(end.column)"
    }

    private static func member(_ name: String, _ value: String) -> String {
        "\"\(name)\": \(JSONText.literal(value))"
    }
}
