/// Diagnostics as workflow commands, which GitHub Actions shows at the lines of a pull request:
///
///     ::error file=src/raw/census/pipeline.yaml,line=6,endLine=6,col=5,endColumn=11,title=unknown-key::`memroy` is not ...
///
/// GitHub Actions documentation, "Workflow commands for GitHub Actions"; the escapes are those of actions/toolkit,
/// `packages/core/src/command.ts`.
package enum DiagnosticGitHub {
    /// `prefix` leads from the root of the git repository to the config repository: empty, or with a slash at its end.
    package static func render(_ diagnostics: [Diagnostic], prefix: String) -> String {
        diagnostics.map { command($0, prefix) + "\n" }.joined()
    }

    private static func command(_ diagnostic: Diagnostic, _ prefix: String) -> String {
        let range = diagnostic.range
        var properties = [("file", prefix + range.path), ("line", String(range.start.line))]
        if range.start != range.end {
            properties.append(("endLine", String(range.end.line)))
            // GitHub REST API, "Create a check run": columns only where both lines are the same.
            if range.start.line == range.end.line {
                properties += [("col", String(range.start.column)), ("endColumn", String(range.end.column))]
            }
        }
        properties.append(("title", diagnostic.id.rawValue))
        let written = properties.map { "\($0)=\(escaped($1, isProperty: true))" }.joined(separator: ",")
        return "::\(name(of: diagnostic.severity)) \(written)::"
            + escaped(message(diagnostic, prefix), isProperty: false)
    }

    private static func name(of severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
    }

    private static func message(_ diagnostic: Diagnostic, _ prefix: String) -> String {
        var lines = [diagnostic.summary]
        if let replacement = diagnostic.replacement { lines.append("did you mean `\(replacement)`?") }
        if let help = diagnostic.help { lines.append(help) }
        for note in diagnostic.notes {
            lines.append("\(prefix)\(note.range.path):\(note.range.start.line): \(note.message)")
        }
        return lines.map { line in
            line.split(separator: "\n", omittingEmptySubsequences: false).map { DiagnosticText.printable(String($0)) }
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result.append(contentsOf: "%25".unicodeScalars)
            case "\r": result.append(contentsOf: "%0D".unicodeScalars)
            case "\n": result.append(contentsOf: "%0A".unicodeScalars)
            case ":" where isProperty: result.append(contentsOf: "%3A".unicodeScalars)
            case "," where isProperty: result.append(contentsOf: "%2C".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
