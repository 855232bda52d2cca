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
        .arnFields, .arnPartition, .imageRegion, .unknownVariable, .variableNeedsAccount,
    ]

    private static func isRepeated(_ item: Diagnostic, after last: Diagnostic) -> Bool {
        item.id == last.id && item.range == last.range && foundInEachEnvironment.contains(item.id)
    }
}
