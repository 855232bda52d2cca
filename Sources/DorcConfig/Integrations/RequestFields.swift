internal import DorcModel
internal import DorcText

/// The fields of a call that Step Functions itself looks for when the state machine is created.
enum RequestFields {
    /// `written` are the names in the arguments as they stand; in JSONPath `Key.$` is `Key`.
    static func check(
        _ written: [String], isJSONPath: Bool, of integration: Integration, at range: SourceRange,
        _ diagnostics: inout Diagnostics
    ) {
        let names = written.map { isJSONPath && $0.hasSuffix(".$") ? String($0.dropLast(2)) : $0 }
        let missing = (integration.optimized?.required ?? []).filter { !names.contains($0) }
        for field in missing {
            let other = names.first { $0.lowercased() == field.lowercased() }
            diagnostics.report(
                Diagnostic(
                    .invalidTask, at: range.firstLine,
                    "`\(integration.name)` needs `\(field)` in its \(isJSONPath ? "parameters" : "arguments")",
                    help: other.map { "write `\(field)` for `\($0)`: upper and lower case count" }
                        ?? "see \(integration.page)"))
        }
    }
}
