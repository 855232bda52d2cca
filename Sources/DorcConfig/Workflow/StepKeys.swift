internal import DorcText

/// Which keys of a step go with which action.
enum StepKeys {
    private static let common: Set<String> = ["name", "after", "when", "only_on_error", "then"]
    private static let call = common.union([
        "arguments", "for_each", "max_concurrency", "batch", "tolerated_failures", "retry", "timeout", "catch",
    ])

    static func check(_ section: PipelineFile.StepSection, into diagnostics: inout Diagnostics) {
        let ofIterations = [
            ("max_concurrency", section.maxConcurrency?.range), ("batch", section.batch?.range),
            ("tolerated_failures", section.toleratedFailures?.range),
        ]
        for case (let key, let range?) in ofIterations where !section.writtenKeys.contains("for_each") {
            diagnostics.report(.misplaced(key, "`for_each`", at: range))
        }
        let action = PipelineFile.StepSection.actionKeys.first(where: section.writtenKeys.contains) ?? "function"
        let allowed: Set<String> =
            switch action {
            case "pipeline": call.union(["pipeline", "wait_for_completion"])
            case "task": call.union(["task", "permissions"])
            case "wait": common.union(["wait"])
            default: call.union(["function"])
            }
        for (key, range, place) in section.ranges where !allowed.contains(key) {
            guard !PipelineFile.StepSection.actionKeys.contains(key) else { continue }
            diagnostics.report(.misplaced(key, place, at: range))
        }
    }
}

extension PipelineFile.StepSection {
    /// The keys that do not go with every action: where they stand, and what they go with.
    fileprivate var ranges: [(key: String, range: SourceRange, place: String)] {
        let calls = "a `function`, `pipeline` or `task`"
        let written: [(String, SourceRange?, String)] = [
            ("wait_for_completion", waitForCompletion?.range, "`pipeline`"),
            ("permissions", permissions?.range, "a `task` (a function's own are under `functions`)"),
            ("arguments", arguments?.range, calls), ("for_each", forEach?.range, calls),
            ("retry", retry?.range, calls), ("timeout", timeout?.range, calls), ("catch", self.catch?.range, calls),
        ]
        return written.compactMap { key, range, place in range.map { (key, $0, place) } }
    }
}
