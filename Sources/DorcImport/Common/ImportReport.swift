package import DorcText

/// What became of every key that an importer read.
package struct ImportReport: Sendable {
    /// From the best to the worst.
    package enum Outcome: String, CaseIterable, Comparable, Sendable {
        /// It means the same.
        case takenOver = "taken-over"
        /// Something stands for it, with another meaning.
        case differs
        /// Nothing stands for it.
        case noEquivalent = "no-equivalent"

        package static func < (left: Outcome, right: Outcome) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .takenOver: 0
            case .differs: 1
            case .noEquivalent: 2
            }
        }
    }

    package struct Entry: Sendable, Equatable {
        package var outcome: Outcome
        /// Relative to the folder that is imported.
        package var file: String
        package var line: Int
        package var column: Int
        /// As in `functions[0].name`.
        package var key: String
        /// What it became, where anything stands for it.
        package var target: String?
        /// Why it differs, or what to do.
        package var words: String
        /// Whether a comment `TODO` is in a file that is written.
        package var isDecision: Bool

        package init(
            outcome: Outcome, file: String, line: Int, column: Int, key: String, target: String?, words: String,
            isDecision: Bool
        ) {
            self.outcome = outcome
            self.file = file
            self.line = line
            self.column = column
            self.key = key
            self.target = target
            self.words = words
            self.isDecision = isDecision
        }
    }

    /// By file, line, column and key.
    package let entries: [Entry]

    /// How many comments `TODO` there are in the files that are written. Some are of no key: the other tool has no word for the
    /// account of an environment.
    package let decisions: Int

    package init(entries: [Entry], decisions: Int = 0) {
        self.decisions = decisions
        self.entries = entries.sorted {
            ($0.file, $0.line, $0.column, $0.key) < ($1.file, $1.line, $1.column, $1.key)
        }
    }

    package func count(_ outcome: Outcome) -> Int { entries.count { $0.outcome == outcome } }
}

/// For programs.
extension ImportReport {
    package var json: JSONValue<String> {
        .members([
            "keys": .integer(entries.count),
            "takenOver": .integer(count(.takenOver)),
            "differs": .integer(count(.differs)),
            "noEquivalent": .integer(count(.noEquivalent)),
            "decisions": .integer(decisions),
            "entries": .list(
                entries.map { entry in
                    .members([
                        "outcome": .text(entry.outcome.rawValue),
                        "file": .text(entry.file),
                        "line": .integer(entry.line),
                        "column": .integer(entry.column),
                        "key": .text(entry.key),
                        "target": entry.target.map { .text($0) },
                        "words": entry.words.isEmpty ? nil : .text(entry.words),
                        "isDecision": .boolean(entry.isDecision),
                    ])
                }),
        ])
    }
}
