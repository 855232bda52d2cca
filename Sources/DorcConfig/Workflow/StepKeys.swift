internal import DorcText

/// Which keys of a step go with which action.
enum StepKeys {
    private static let ofCalls: Set<String> = ["arguments", "for_each", "retry", "timeout", "catch"]
    private static let ofPipelines = ofCalls.union(["wait_for_completion"])
    private static let ofTasks = ofCalls.union(["permissions"])

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
            case "pipeline": ofPipelines
            case "task": ofTasks
            case "wait": []
            default: ofCalls
            }
        for (key, range, place) in section.ranges where !allowed.contains(key) {
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
