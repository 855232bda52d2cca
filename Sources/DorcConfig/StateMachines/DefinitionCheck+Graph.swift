internal import DorcText
internal import DorcYAML

/// Where states lead.
extension DefinitionCheck {
    mutating func target(_ node: YAMLNode) {
        guard let name = node.jsonText else {
            report("the name of a state is expected here", at: node.range)
            return
        }
        guard known.contains(name) else {
            var finding = Diagnostic.definition(
                "there is no state `\(name)` in the same `States`", at: node.range.firstLine)
            finding.replacement = Suggestion.closest(to: name, among: known)
            hasUnclearWays = true
            diagnostics.report(finding)
            return
        }
        targets.append(name)
    }

    /// What is not a Choice leads to one state, or ends.
    mutating func checkTransition(_ entry: YAMLNode.Entry, _ fields: [String: YAMLNode], _ type: String) {
        guard StateRules.states[type]?.fields["Next"] != nil else { return }
        // Another value than `true` or `false` is reported with the field.
        if let end = fields["End"], end.boolean == nil {
            hasUnclearWays = true
            return
        }
        let ends = fields["End"]?.boolean == true
        if (fields["Next"] != nil) == ends {
            hasUnclearWays = true
            report("`\(entry.key)` needs either a `Next` or `End: true`", at: entry.keyRange)
        }
    }

    /// Where a way is wrong, which states are reached is not known.
    ///
    /// AWS refuses a state that nothing leads to, and a list of states that none ends (floci#2735).
    mutating func checkReach(from start: String, _ entries: [YAMLNode.Entry], _ edges: [String: [String]]) {
        let nodes = Dictionary(
            entries.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        var graph = DirectedGraph(count: entries.count)
        for (name, targets) in edges {
            for target in targets {
                if let source = nodes[name], let target = nodes[target] { graph.addEdge(from: source, to: target) }
            }
        }
        let reached = Set(graph.reachable(from: [nodes[start]].compactMap(\.self)).map { entries[$0].key })
        for entry in entries where !reached.contains(entry.key) && !hasUnclearWays {
            diagnostics.report(
                Diagnostic(
                    .unreachableState, at: entry.keyRange, "no path leads from `StartAt` to `\(entry.key)`",
                    help: "remove it, or give another state a `Next` to it"))
        }
        let ends = entries.contains { entry in
            guard reached.contains(entry.key), let fields = entry.value.fields else { return false }
            return ["Succeed", "Fail"].contains(fields["Type"]?.text) || fields["End"]?.boolean == true
        }
        // Where a name is wrong, the way to the end may lead through it.
        guard !ends, !diagnostics.hasErrors, let first = entries.first(where: { $0.key == start }) else { return }
        report(
            "no state that can be reached ends these states", at: first.keyRange,
            help: "give one `End: true`, or lead to a `Succeed` or `Fail` state")
    }
}
