/// One finding about the user's files: a flat value that says where, what is wrong and what to do. They are made by
/// factory functions next to the rule that emits them. Whatever they quote is cut to a length that a person reads.
package struct Diagnostic: Sendable, Equatable {
    package enum Severity: String, Sendable, Comparable {
        case note, warning, error

        package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// Another place that belongs to the finding.
    package struct Note: Sendable, Equatable {
        package var range: SourceRange
        package var message: String

        package init(_ range: SourceRange, _ message: String) {
            self.range = range
            self.message = Excerpt.message(message)
        }
    }

    package var id: DiagnosticID
    package var severity: Severity
    package var range: SourceRange
    package var summary: String
    /// What to do, or why it matters.
    package var help: String? {
        didSet { help = help.map(Excerpt.message) }
    }
    package var notes: [Note]
    /// Text to put in the place of `range`.
    package var replacement: String?
    /// What was written for the name of a function, where that cannot be one: who knows the functions can suggest one.
    package var writtenFunction: String?

    /// - Parameter severity: one that the catalogue has for the id; nil for the usual one.
    package init(
        _ id: DiagnosticID, _ severity: Severity? = nil, at range: SourceRange, _ summary: String, help: String? = nil,
        notes: [Note] = [], replacement: String? = nil
    ) {
        assert(severity.map { id.entry?.severities.contains($0) == true } ?? true, "not a severity of \(id.rawValue)")
        self.id = id
        self.severity = severity ?? id.usualSeverity
        self.range = range
        self.summary = Excerpt.message(summary)
        self.help = help.map(Excerpt.message)
        self.notes = Excerpt.notes(notes)
        self.replacement = Excerpt.replacement(replacement)
    }
}
