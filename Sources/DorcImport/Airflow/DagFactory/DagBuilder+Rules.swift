internal import DorcText
internal import DorcYAML

/// Trigger rules: what runs although something before it has failed.
extension DagBuilder {
    struct Rules {
        var finally: Set<Int> = []
        var handlers: Set<Int> = []
    }

    /// A last task that runs in any case is one of `finally`; one that runs after a failure is caught to.
    mutating func takeRules() -> Rules {
        var rules = Rules()
        let before = Set(upstream.values.flatMap { $0 })
        for index in dag.tasks.indices {
            let rule = dag.tasks[index].settings.triggerRule ?? dag.settings.triggerRule ?? "all_success"
            let isLast = !before.contains(index)
            let kind = dag.tasks[index].kind
            let calls = (upstream[index] ?? []).filter { !Self.isWait(dag.tasks[$0].kind) }
            let isFree = isLast && dag.tasks[index].value["expand"] == nil
            let verdict: Verdict
            switch rule {
            case "all_success": verdict = .takenOver(nil, "as dorc does")
            case "none_failed", "none_failed_min_one_success", "none_failed_or_skipped", "none_skipped":
                verdict = .takenOver(nil, "as dorc does: after a step that was skipped, the next one runs")
            case "all_done", "all_done_setup_success", "always":
                if isFree, rules.finally.count + rules.handlers.count + 1 < dag.tasks.count {
                    rules.finally.insert(index)
                    verdict = .differs(
                        "finally", "after all steps, whether the run succeeded or failed; it gets the run's state")
                } else {
                    verdict = Verdict(
                        outcome: .noEquivalent, target: "steps[*]",
                        words: "runs only if what is before it succeeded: write it in `finally`, or `catch`",
                        isDecision: false)
                }
            case "one_failed", "all_failed":
                if isFree, !calls.isEmpty, calls.count == upstream[index]?.count, !Self.isWait(kind),
                    rules.finally.count + rules.handlers.count + 1 < dag.tasks.count,
                    !calls.contains(where: { rules.handlers.contains($0) || rules.finally.contains($0) })
                {
                    rules.handlers.insert(index)
                    verdict = .differs(
                        "steps[*].only_on_error",
                        "`catch` of the steps before it; it gets the error, and the run fails then")
                } else {
                    verdict = Verdict(
                        outcome: .noEquivalent, target: "steps[*]",
                        words: "runs only if what is before it succeeded: write `catch`",
                        isDecision: false)
                }
            default:
                verdict = Verdict(
                    outcome: .noEquivalent, target: "steps[*]",
                    words: "dorc has no `\(rule)`: it runs if all before it succeeded",
                    isDecision: false)
            }
            if let value = dag.tasks[index].value["trigger_rule"] { dag.tasks[index].settle(value, verdict) }
        }
        return rules
    }

    private static func isWait(_ kind: OperatorKind) -> Bool {
        switch kind {
        case .empty, .timeDelta, .dateTime, .dagSensor: true
        default: false
        }
    }
}
