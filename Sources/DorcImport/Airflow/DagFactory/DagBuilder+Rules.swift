internal import DorcText
internal import DorcYAML

/// Trigger rules: what runs although something before it has failed, or was skipped.
///
/// They are about the tasks right before a task, of which one whose own upstream has failed is `upstream_failed`, which counts as
/// failed: a failure goes down to the first task whose rule takes it ("Trigger Rules",
/// https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-rules; airflow/ti_deps/deps/trigger_rule_dep.py).
/// A task that nothing is before runs, whatever its rule is. A run succeeds if the last tasks of the DAG do ("DAG Run Status").
extension DagBuilder {
    private func rule(_ index: Int) -> String {
        dag.tasks[index].settings.triggerRule ?? dag.settings.triggerRule ?? "all_success"
    }

    /// Rules under which a failure before a task is one of the task's.
    private static let passingOn: Set<String> = [
        "all_success", "none_failed", "none_failed_min_one_success", "none_failed_or_skipped",
    ]
    private static let afterAll: Set<String> = [
        "all_done", "all_done_setup_success", "all_done_min_one_success", "one_done",
    ]

    mutating func takeRules() -> TriggerRules {
        var rules = TriggerRules()
        var verdicts: [Int: Verdict] = [:]
        let before = upstream.filter { !$0.value.isEmpty }
        let down = downstream
        // First those of `finally`, so that it is known which steps can fail before a handler.
        for index in dag.tasks.indices where before[index] != nil && isAfterAll(index) && down[index] == nil {
            verdicts[index] = takeLast(index, &rules)
        }
        for index in dag.tasks.indices where before[index] != nil && verdicts[index] == nil && isAfterFailure(index) {
            verdicts[index] = takeHandler(index, down, &rules)
        }
        let skippable = skippable(down)
        for index in dag.tasks.indices where verdicts[index] == nil {
            verdicts[index] =
                before[index] == nil
                ? .takenOver(nil, "nothing is before it") : takeOther(index, down, skippable, &rules)
        }
        for index in dag.tasks.indices {
            guard let verdict = verdicts[index] else { continue }
            if let value = dag.tasks[index].settings.triggerRuleValue {
                dag.tasks[index].settle(value, verdict)
            } else if let value = dag.settings.triggerRuleValue {
                dag.settle(value, verdict.of(step: dag.tasks[index].step.name, function: nil))
            }
        }
        if dag.tasks.allSatisfy({ $0.settings.triggerRuleValue != nil }), let value = dag.settings.triggerRuleValue {
            dag.settle(value, .takenOver(nil, "every task has one of its own"))
        }
        return rules
    }

    private var downstream: [Int: [Int]] {
        var result: [Int: [Int]] = [:]
        for (task, others) in upstream { for other in others { result[other, default: []].append(task) } }
        return result
    }

    /// With one task before it, `one_done` waits for that one.
    private func isAfterAll(_ index: Int) -> Bool {
        Self.afterAll.contains(rule(index)) && (rule(index) != "one_done" || upstream[index]?.count == 1)
    }

    /// With one task before it, `all_failed` is `one_failed`.
    private func isAfterFailure(_ index: Int) -> Bool {
        rule(index) == "one_failed" || rule(index) == "all_failed" && upstream[index]?.count == 1
    }

    // MARK: In any case

    private func takeLast(_ index: Int, _ rules: inout TriggerRules) -> Verdict? {
        guard dag.tasks[index].value["expand"] == nil, rules.finally.count + 1 < dag.tasks.count else { return nil }
        rules.finally.insert(index)
        let usual =
            "after all steps, whether the run succeeded or failed; it gets the run's state, and a run that failed stays"
            + " failed, where in Airflow the last tasks decide"
        return switch rule(index) {
        case "all_done_min_one_success":
            .differs("finally[*]", "\(usual); in Airflow only if a task before it succeeded")
        case "all_done_setup_success": .differs("finally[*]", "\(usual); in Airflow only if its setup succeeded")
        default: .differs("finally[*]", usual)
        }
    }

    // MARK: After a failure

    /// The tasks whose failure makes one right before a task fail.
    private func failing(before index: Int) -> [Int] {
        var seen: Set<Int> = []
        var queue = upstream[index] ?? []
        while let task = queue.popLast() {
            guard seen.insert(task).inserted else { continue }
            if Self.passingOn.contains(rule(task)) { queue += upstream[task] ?? [] }
        }
        return seen.sorted()
    }

    /// A task and those that come one after the other behind it, down to a last one; nil where there are others.
    private func chain(from index: Int, _ down: [Int: [Int]]) -> [Int]? {
        var chain = [index]
        while let next = down[chain[chain.count - 1]] {
            guard next.count == 1, upstream[next[0]]?.count == 1, Self.passingOn.contains(rule(next[0])) else {
                return nil
            }
            chain.append(next[0])
        }
        return chain
    }

    private func takeHandler(_ index: Int, _ down: [Int: [Int]], _ rules: inout TriggerRules) -> Verdict {
        let before = failing(before: index)
        let caught = before.filter { !Self.isWait(dag.tasks[$0]) }
        guard let chain = chain(from: index, down), !caught.isEmpty, !before.contains(where: rules.isApart) else {
            return neverRuns(index, &rules)
        }
        let others = dag.tasks.indices.filter { other in
            !rules.isApart(other) && !chain.contains(other) && !isAfterFailure(other) && !Self.isWait(dag.tasks[other])
        }
        let isAny = Set(others).isSubset(of: caught)
        let isFree = caught.allSatisfy { rules.catches[$0] == nil }
        if isAny, chain.count == 1, caught.count > 1 || !isFree, dag.tasks[index].value["expand"] == nil {
            rules.finally.insert(index)
            rules.whenFailed.insert(index)
            return .differs(
                "finally[*].when",
                "in `finally`, if the run failed, whichever step it was; the run stays failed, where in Airflow the last"
                    + " tasks decide")
        }
        guard isFree else { return neverRuns(index, &rules) }
        for task in caught { rules.catches[task] = index }
        for (place, task) in chain.enumerated() { rules.handlers[task] = .some(place == 0 ? nil : chain[place - 1]) }
        rules.lastHandlers.insert(chain[chain.count - 1])
        let few = 5
        let names =
            caught.prefix(few).map { "`\(dag.tasks[$0].step.name)`" }.joined(separator: ", ")
            + (caught.count > few ? " and \(caught.count - few) others" : "")
        let often = caught.count > 1 ? "; where several fail at once it runs for each of them, in Airflow once" : ""
        return .differs(
            "steps[*].only_on_error",
            "`catch` of \(names) leads to it, and it gets the error\(often); the run fails after it, where in Airflow the"
                + " last tasks decide")
    }

    /// Run as a step like others, it would run when it must not.
    private func neverRuns(_ index: Int, _ rules: inout TriggerRules) -> Verdict {
        let rule = rule(index)
        rules.never.insert(index)
        let words: String =
            switch rule {
            case "all_failed": "it ran if all tasks before it had failed: dorc has nothing like it"
            case "all_skipped": "it ran if all tasks before it were skipped: write `when`"
            default:
                "it ran if a task before it had failed, and more depends on it than an error path of dorc's can have"
            }
        var verdict = Verdict.differs(
            "steps[*].when", "\(words); until it is written otherwise, it never runs, and what comes after it does")
        verdict.todo = dag.tasks[index].settings.triggerRuleValue.map {
            Todo(
                "catch", $0, "trigger_rule \(rule.shortened(to: 40)): \(words); `when` keeps it from running",
                at: "steps[*]")
        }
        verdict.todo =
            verdict.todo
            ?? dag.settings.triggerRuleValue.map {
                Todo(
                    "catch", $0, "trigger_rule \(rule.shortened(to: 40)): \(words); `when` keeps it from running",
                    at: "steps[*]")
            }
        return verdict
    }

    // MARK: Others

    /// Tasks that Airflow may skip: those after a branch, and what is after them.
    private func skippable(_ down: [Int: [Int]]) -> Set<Int> {
        let branches = dag.tasks.indices.filter { [.branch, .shortCircuit].contains(dag.tasks[$0].kind) }
        var result: Set<Int> = []
        var queue = branches.flatMap { down[$0] ?? [] }
        while let task = queue.popLast() {
            guard result.insert(task).inserted else { continue }
            queue += (down[task] ?? []).filter { ["all_success", "none_skipped"].contains(rule($0)) }
        }
        return result
    }

    private mutating func takeOther(
        _ index: Int, _ down: [Int: [Int]], _ skippable: Set<Int>, _ rules: inout TriggerRules
    ) -> Verdict {
        let before = upstream[index] ?? []
        let canSkip = before.contains(where: skippable.contains)
        let skips = "after a step that was skipped it runs here"
        switch rule(index) {
        case "all_success":
            return canSkip ? .differs(nil, "\(skips), and is skipped in Airflow") : .takenOver(nil, "as dorc does")
        case "none_failed":
            return .takenOver(nil, "as dorc does: after a step that was skipped, the next one runs")
        case "none_failed_min_one_success", "none_failed_or_skipped":
            return canSkip
                ? .differs(nil, "\(skips), and is skipped in Airflow if all tasks before it were")
                : .takenOver(nil, "as dorc does")
        case "none_skipped":
            return .differs(
                nil,
                "it runs if all steps before it succeeded: in Airflow after a failure too\(canSkip ? "; \(skips)" : "")"
            )
        case "one_success" where before.count == 1:
            return .takenOver(nil, "as dorc does: one step is before it")
        case "one_success", "one_done":
            return .differs(nil, "it waits for all steps before it, and if one of them fails the run ends")
        case "always", "dummy":
            rules.free.insert(index)
            return .takenOver([Target("steps[*].after"), Target("steps[*]")], "at once: it waits for nothing")
        case "all_failed", "one_failed", "all_skipped": return neverRuns(index, &rules)
        case let rule where Self.afterAll.contains(rule): return goOn(index, down, &rules)
        case let rule: return .none("dorc has no `\(rule.shortened(to: 60))`: it runs if all steps before it succeeded")
        }
    }

    /// A task in the middle that runs in any case: after a step whose failure nothing else waits for, the run goes on.
    private mutating func goOn(_ index: Int, _ down: [Int: [Int]], _ rules: inout TriggerRules) -> Verdict {
        let failing = (upstream[index] ?? []).filter { !Self.isWait(dag.tasks[$0]) && rules.marks[$0] == nil }
        let isPossible = failing.allSatisfy { task in
            let others = (upstream[task] ?? []).filter { !Self.isWait(dag.tasks[$0]) }
            return others.isEmpty && rules.catches[task] == nil && !rules.isApart(task)
                && (down[task] ?? []).allSatisfy { isAfterAll($0) && !rules.isApart($0) }
        }
        let words =
            "it runs if all steps before it succeeded: in Airflow also if they failed, or tasks before them"
        guard isPossible else {
            var verdict = Verdict.differs(nil, words)
            if let value = dag.tasks[index].settings.triggerRuleValue ?? dag.settings.triggerRuleValue {
                let name = rule(index)
                verdict.todo = Todo("catch", value, "trigger_rule \(name): \(words): write `catch`", at: "steps[*]")
            }
            return verdict
        }
        let names = Set(dag.tasks.map(\.step.name))
        for task in failing {
            var mark = "\(dag.tasks[task].step.name)-failed"
            while names.contains(mark) || rules.marks.values.contains(mark) { mark += "-2" }
            rules.marks[task] = mark
        }
        return .takenOver(
            "steps[*]", "`catch` of the steps before it leads to it: a step that failed gives it the error")
    }

    /// Into the steps, which exist now.
    mutating func write(_ rules: TriggerRules) {
        for (task, handler) in rules.catches {
            dag.tasks[task].step.set("catch", .string(dag.tasks[handler].step.name))
        }
        for (task, mark) in rules.marks { dag.tasks[task].step.set("catch", .string(mark)) }
        for handler in rules.handlers.keys {
            dag.tasks[handler].step.isHandler = true
            dag.tasks[handler].step.set("only_on_error", .literal("true"))
            if rules.lastHandlers.contains(handler) { dag.tasks[handler].step.set("then", .string("fail")) }
        }
        for task in rules.whenFailed {
            dag.tasks[task].step.set("when", .string("{% $states.input.status = 'FAILED' %}"))
        }
        for task in rules.never { dag.tasks[task].step.set("when", .string("{% false %}")) }
    }

    /// Whether it has nothing that could fail.
    static func isWait(_ task: TaskState) -> Bool {
        guard task.problem == nil else { return false }
        return switch task.kind {
        case .empty, .timeDelta, .dateTime, .dagSensor: true
        default: false
        }
    }
}
