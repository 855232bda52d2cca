/// A state machine as its pipeline is written: steps with their settings, and which comes after which. Made of the compiled
/// states, since those are what both sides have.
struct WorkflowView {
    struct Setting: Equatable {
        var name: String
        /// Several, where a setting is a list whose order a reviewer need not follow.
        var values: [String]

        init(_ name: String, _ value: String) {
            self.name = name
            values = [value]
        }

        init(_ name: String, _ values: [String]) {
            self.name = name
            self.values = values
        }
    }

    struct Step {
        var name: String
        /// What it does, as in "function extract".
        var action: String
        var settings: [Setting]
    }

    struct Edge: Hashable {
        var from: String
        var to: String
        /// Nil for one that is taken where nothing fails.
        var errors: String?
    }

    /// In the order of the machine.
    var steps: [Step] = []
    var edges: [Edge] = []
    /// Of the machine as a whole.
    var settings: [Setting] = []

    /// All others have defaults that most steps have.
    private static let toldOfNew: Set = [
        "in", "when", "for_each", "max_concurrency", "tolerated_failures", "batch", "wait", "arguments", "then",
    ]

    static func compare(_ old: WorkflowView?, _ new: WorkflowView) -> [Entry] {
        var entries = compareSettings("", old?.settings ?? [], new.settings, isNew: old == nil)
        let before = Dictionary((old?.steps ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(new.steps.map(\.name))
        for step in new.steps {
            guard let previous = before[step.name] else {
                entries.append(Entry(.step, step.name, new: step.action))
                entries += step.settings.filter { toldOfNew.contains($0.name) }.map { setting in
                    Entry(.setting, step.name, object: setting.name, new: setting.values.joined(separator: "; "))
                }
                continue
            }
            if previous.action != step.action {
                entries.append(Entry(.step, step.name, old: previous.action, new: step.action))
            }
            entries += compareSettings(step.name, previous.settings, step.settings, isNew: false)
        }
        for step in old?.steps ?? [] where !names.contains(step.name) {
            entries.append(Entry(.step, step.name, old: step.action))
        }
        let (oldEdges, newEdges) = (Set(old?.edges ?? []), Set(new.edges))
        for edge in old?.edges ?? [] where !newEdges.contains(edge) { entries.append(edge.entry(.removed)) }
        for edge in new.edges where !oldEdges.contains(edge) { entries.append(edge.entry(.added)) }
        return entries
    }

    private static func compareSettings(
        _ step: String, _ old: [Setting], _ new: [Setting], isNew: Bool
    ) -> [Entry] {
        let (names, known) = (new.map(\.name), Set(new.map(\.name)))
        return (names + old.map(\.name).filter { !known.contains($0) }).compactMap { name in
            let before = old.first { $0.name == name }?.values ?? []
            let after = new.first { $0.name == name }?.values ?? []
            // Each of dorc's machines has it.
            guard before != after, !(isNew && name == "QueryLanguage") else { return nil }
            let (gone, come) = (before.filter { !after.contains($0) }, after.filter { !before.contains($0) })
            if gone.isEmpty, come.isEmpty {
                return Entry(
                    .setting, step, object: name, old: before.joined(separator: "; "),
                    new: after.joined(separator: "; "),
                    note: "another order")
            }
            return Entry(
                .setting, step, object: name, old: gone.isEmpty ? nil : gone.joined(separator: "; "),
                new: come.isEmpty ? nil : come.joined(separator: "; "),
                change: isNew || before.isEmpty ? .added : after.isEmpty ? .removed : .changed)
        }
    }
}

extension WorkflowView.Edge {
    fileprivate func entry(_ change: Entry.Change) -> Entry {
        Entry(errors == nil ? .edge : .errorEdge, from, object: to, note: errors.map { "on `\($0)`" }, change: change)
    }
}
