/// What the catalogue says of an id, in Markdown. docs/diagnostics.md comes from it.
package struct DiagnosticEntry: Sendable {
    /// The usual severity: that of a call site which names none.
    package var severity: Diagnostic.Severity
    /// What is wrong, in a clause.
    package var cause: String
    /// What makes a warning of that which is an error otherwise.
    package var warning: String?
    /// What to do, in the imperative.
    package var cure: String
    /// The page and section of docs/ that says more, as in `workflow.md#retry`.
    package var page: String?
    package var example: DiagnosticExample

    init(
        _ severity: Diagnostic.Severity = .error, cause: String, warning: String? = nil, cure: String,
        page: String? = nil, example: DiagnosticExample
    ) {
        self.severity = severity
        self.cause = cause
        self.warning = warning
        self.cure = cure
        self.page = page
        self.example = example
    }

    /// Those that a diagnostic with this id may have, the usual one first.
    package var severities: [Diagnostic.Severity] { warning == nil ? [severity] : [severity, .warning] }
}

extension DiagnosticID {
    /// Looked up when a finding is made or explained: a run without findings builds nothing of the catalogue.
    package var entry: DiagnosticEntry? {
        for group in DiagnosticGroup.allCases {
            if let entry = group.entry(of: self) { return entry }
        }
        return nil
    }

    /// A file can have a hundred thousand findings: their severities are looked up in the catalogue once.
    var usualSeverity: Diagnostic.Severity { Self.usualSeverities[self] ?? .error }

    private static let usualSeverities = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.entry?.severity ?? .error) })
}
