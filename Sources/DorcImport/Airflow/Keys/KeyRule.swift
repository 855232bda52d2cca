internal import DorcText

/// A key of another tool's file: what stands for it in dorc, and how it is taken over. The tables of these are what the importer
/// knows; a key that none of them has is in the report as unknown.
struct KeyRule<State>: Sendable {
    let name: String
    /// For the page of the documentation: the key of dorc, or why there is none.
    let becomes: String
    /// What becomes of the usual value.
    let outcome: ImportReport.Outcome
    let take: @Sendable (WrittenValue, inout State) -> Verdict?

    /// - Parameter take: gives nil where the state says itself what became of the value and all in it.
    init(
        _ name: String, _ outcome: ImportReport.Outcome, _ becomes: String,
        take: @escaping @Sendable (WrittenValue, inout State) -> Verdict?
    ) {
        self.name = name
        self.outcome = outcome
        self.becomes = becomes
        self.take = take
    }

    /// A key that has no equivalent, whatever it says.
    init(_ name: String, none words: String) {
        self.init(name, .noEquivalent, words) { _, _ in .none(words) }
    }
}

/// What keys of a mapping are read into.
protocol KeyState {
    mutating func settle(_ value: WrittenValue, _ verdict: Verdict)
}

extension KeyState {
    /// Takes every key of a mapping, in the order of the file.
    mutating func take(_ mapping: WrittenValue, by rules: [KeyRule<Self>]) {
        guard let entries = mapping.entries else {
            settle(mapping, mapping.isNull ? .takenOver(nil, "nothing") : .wrong(mapping, expected: "a mapping"))
            return
        }
        // Written without keys; defaults may have given it some.
        if mapping.account != nil { settle(mapping.withoutEntries, .takenOver(nil, "nothing")) }
        for entry in entries {
            guard let rule = rules.first(where: { $0.name == entry.name }) else {
                settle(entry.value, .none("not a key that the importer knows"))
                continue
            }
            if let verdict = rule.take(entry.value, &self) { settle(entry.value, verdict) }
        }
    }
}

extension String {
    /// Cut, with a mark that it is.
    func shortened(to length: Int) -> String {
        unicodeScalars.count <= length ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(length))) + "…"
    }
}
