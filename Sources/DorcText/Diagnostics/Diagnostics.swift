/// The findings of a run. Every stage adds its own and finishes; the next one starts only if there is no error.
package struct Diagnostics: Sendable, Error {
    package private(set) var items: [Diagnostic] = []
    package private(set) var hasErrors = false

    package init() {}

    package mutating func report(_ diagnostic: Diagnostic) {
        items.append(diagnostic)
        if diagnostic.severity == .error { hasErrors = true }
    }

    package mutating func report(contentsOf other: Diagnostics) {
        items += other.items
        hasErrors = hasErrors || other.hasErrors
    }

    /// By place, each once: a mistake that shows in several environments is one mistake.
    package var sorted: [Diagnostic] {
        var kept: [Diagnostic] = []
        let ordered = items.sorted { left, right in
            if left.range.path != right.range.path { return left.range.path < right.range.path }
            if left.range.start != right.range.start { return left.range.start < right.range.start }
            return (left.id.rawValue, left.summary) < (right.id.rawValue, right.summary)
        }
        for item in ordered {
            if let last = kept.last, last == item || Self.isRepeated(item, after: last) { continue }
            kept.append(item)
        }
        return kept
    }

    /// What is found again in each environment, and named with it.
    private static let foundInEachEnvironment: Set<DiagnosticID> = [
        .alertTooSoon, .arnFields, .arnPartition, .imageRegion, .oneObject, .toldTwice, .unknownVariable, .unreadBucket,
        .variableNeedsAccount,
    ]

    private static func isRepeated(_ item: Diagnostic, after last: Diagnostic) -> Bool {
        item.id == last.id && item.range == last.range && foundInEachEnvironment.contains(item.id)
    }
}

/// A limit of AWS's: what is above it is refused; what comes near is worth a warning, while there is time to do something.
package struct Limit: Sendable {
    package let most: Int

    package init(_ most: Int) {
        self.most = most
    }

    /// Reports a count of more than nine tenths of the limit as a warning, and one above it as an error.
    package func check(
        _ count: Int, _ diagnostics: inout Diagnostics, finding: (Diagnostic.Severity) -> Diagnostic
    ) {
        if count > most {
            diagnostics.report(finding(.error))
        } else if count > most - most / 10 {
            diagnostics.report(finding(.warning))
        }
    }
}

extension Diagnostic {
    /// What cannot happen, and is told instead of written into a template.
    package static func internalError(_ what: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .internalError, at: range, what, help: "this is a defect of dorc: report it, with the file that it names")
    }
}
