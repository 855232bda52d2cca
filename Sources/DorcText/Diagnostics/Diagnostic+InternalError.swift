extension Diagnostic {
    /// What cannot happen, and is told instead of written into a template.
    package static func internalError(_ what: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .internalError, at: range, what, help: "this is a defect of dorc: report it, with the file that it names")
    }
}
