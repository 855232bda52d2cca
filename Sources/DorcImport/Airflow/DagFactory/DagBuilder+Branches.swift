internal import DorcText
internal import DorcYAML

/// What branches and short circuits skip.
///
/// A branch skips those of the tasks right after it that it neither names nor leads to by one that it names (`SkipMixin.skip_all_except`);
/// a short circuit that is false skips all tasks after it, whatever their rule, or with `ignore_downstream_trigger_rules: false` those
/// right after it. Further down, trigger rules say what is skipped with what is before it
/// (airflow/ti_deps/deps/trigger_rule_dep.py). In dorc a step that is skipped passes its event on, and the next one runs: so each step
/// that could be skipped asks the branch itself, whose output is in its event.
extension DagBuilder {
    /// More than that nobody reads.
    private static let most = 24

    private func isBranch(_ index: Int) -> Bool { dag.tasks[index].kind == .branch }
    private func isGate(_ index: Int) -> Bool { dag.tasks[index].kind == .shortCircuit }

    /// Whether it skips all that is after it.
    private func skipsAll(_ index: Int) -> Bool {
        isGate(index) && dag.tasks[index].value["ignore_downstream_trigger_rules"]?.boolean != false
    }

    private static func reached(from task: Int, _ edges: [Int: [Int]]) -> Set<Int> {
        var result: Set<Int> = []
        var queue = edges[task] ?? []
        while let next = queue.popLast() { if result.insert(next).inserted { queue += edges[next] ?? [] } }
        return result
    }

    /// By task, when it runs. None for those that run in any case.
    func conditions(_ rules: TriggerRules) -> [Int: RunCondition] {
        guard dag.tasks.indices.contains(where: { isBranch($0) || isGate($0) }) else { return [:] }
        let down = downstream
        var choices: [Int: [Int: RunCondition]] = [:]
        for branch in dag.tasks.indices where isBranch(branch) { choices[branch] = self.choices(branch, down) }
        var gates: [Int: [Int]] = [:]
        for gate in dag.tasks.indices where skipsAll(gate) && !rules.isApart(gate) {
            for task in Self.reached(from: gate, down) { gates[task, default: []].append(gate) }
        }
        var result: [Int: RunCondition] = [:]
        for index in order(down) where !rules.finally.contains(index) {
            let before = rules.after(index, upstream)
            var parts = before.compactMap { other -> RunCondition? in
                guard let direct = choices[other]?[index] ?? (isGate(other) ? .truth(other) : nil) else { return nil }
                // One that was skipped itself has decided nothing.
                return result[other].map { .either([.negated($0), direct]) } ?? direct
            }
            if rules.handlers[index] == nil {
                for gate in gates[index]?.sorted() ?? [] where !rules.free.contains(index) {
                    parts.append(result[gate].map { .either([.negated($0), .truth(gate)]) } ?? .truth(gate))
                }
                let inherited = before.map { result[$0] ?? .always }
                switch rule(index) {
                case "all_success", "none_skipped": parts = inherited + parts
                case "none_failed_min_one_success", "none_failed_or_skipped", "one_success", "one_done",
                    "all_done_min_one_success":
                    parts.insert(.either(inherited), at: 0)
                default: break
                }
            }
            let condition = Self.simplified(.both(parts))
            if condition != .always { result[index] = condition }
        }
        return result
    }

    /// Where a step runs only if its branch does, that the branch may be skipped needs no word.
    private static func simplified(_ condition: RunCondition) -> RunCondition {
        guard case .all(let members) = condition else { return condition }
        func holds(_ condition: RunCondition) -> Bool {
            if case .all(let inner) = condition { return inner.allSatisfy(members.contains) }
            return members.contains(condition)
        }
        return .both(
            members.map { member in
                guard case .any(let choices) = member else { return member }
                return .either(
                    choices.filter { choice in if case .not(let inner) = choice { !holds(inner) } else { true } })
            })
    }

    /// Of the tasks right after a branch, the names that lead to them.
    private func choices(_ branch: Int, _ down: [Int: [Int]]) -> [Int: RunCondition] {
        let children = (down[branch] ?? []).sorted()
        var names: [Int: [RunCondition]] = [:]
        for child in children {
            let reached = Self.reached(from: child, down)
            let own = ([airflowID(child)] + groupsBegun(by: child)).map { RunCondition.named(branch, $0) }
            names[child] = own + (names[child] ?? [])
            for other in children where reached.contains(other) { names[other, default: []] += own }
        }
        return names.mapValues(RunCondition.either)
    }

    /// Each after those that are before it.
    func order(_ down: [Int: [Int]]) -> [Int] {
        var missing = dag.tasks.indices.map { upstream[$0]?.count ?? 0 }
        var queue = dag.tasks.indices.filter { missing[$0] == 0 }
        var next = 0
        while next < queue.count {
            for other in (down[queue[next]] ?? []).sorted() {
                missing[other] -= 1
                if missing[other] == 0 { queue.append(other) }
            }
            next += 1
        }
        return queue
    }

    /// The condition of a step, in the words of its event, which has the outputs that it asks.
    mutating func setCondition(_ condition: RunCondition, of index: Int, after: [Int]) {
        let text = condition.text { task in
            after.count == 1 ? "$states.input" : "$states.input.`\(dag.tasks[task].step.name)`"
        }
        dag.tasks[index].step.set("when", .string("{% \(text) %}"))
    }

    /// Whether a step can ask for it.
    func canAsk(_ condition: RunCondition, _ rules: TriggerRules) -> Bool {
        condition.size <= Self.most && condition.sources.allSatisfy { rules.marks[$0] == nil }
    }

    mutating func decideCondition(of index: Int) {
        let task = dag.tasks[index]
        guard let value = task.dependencies ?? task.value["operator"] ?? task.value["decorator"] else { return }
        let words = "in Airflow it is skipped with what branches before it skip; here it runs"
        var verdict = Verdict.differs([Target("steps[*].after"), Target("steps[*]")], words)
        verdict.todo = Todo("when", value, "\(words): write `when`", at: "steps[*]")
        dag.tasks[index].settle(value, verdict)
    }

    /// What a step of `finally` cannot ask.
    func skippedInAirflow(_ index: Int) -> String {
        let before = Self.reached(from: index, upstream)
        if before.contains(where: skipsAll) { return "; in Airflow a short circuit before it that is false skips it" }
        return (upstream[index] ?? []).contains(where: isBranch)
            ? "; in Airflow the branch before it may skip it" : ""
    }

    // MARK: Names

    /// As Airflow calls a task: with the names of its groups (`TaskGroup.child_id`).
    func airflowID(_ index: Int) -> String {
        let task = dag.tasks[index]
        guard let name = task.group, let group = dag.groups.first(where: { $0.name == name }) else {
            return Self.key(task.name)
        }
        return Self.key(group.prefixes ? "\(groupID(group)).\(task.name)" : task.name)
    }

    private func groupID(_ group: TaskGroup, depth: Int = 0) -> String {
        guard depth < 20, let name = group.parent, let parent = dag.groups.first(where: { $0.name == name }),
            parent.prefixes
        else { return group.name }
        return "\(groupID(parent, depth: depth + 1)).\(group.name)"
    }

    /// The groups of which it is a first task: who names one of them means it.
    private func groupsBegun(by index: Int) -> [String] {
        var result: [String] = []
        var name = dag.tasks[index].group
        while let group = dag.groups.first(where: { $0.name == name }), result.count < 20 {
            let all = members(of: group.name)
            if !(upstream[index] ?? []).contains(where: all.contains) { result.append(Self.key(groupID(group))) }
            name = group.parent
        }
        return result
    }

    /// Letters, digits, dots, `_` and `-`: Airflow takes no others.
    private static func key(_ name: String) -> String {
        name.filter { $0.isLetter || $0.isNumber || "._-".contains($0) }
    }
}
