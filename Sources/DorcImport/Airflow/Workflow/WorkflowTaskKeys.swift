internal import DorcText
internal import DorcYAML

/// The keys of a task in workflow.yml.
enum WorkflowTaskKeys {
    typealias Rule = KeyRule<WorkflowTaskState>

    static let task: [Rule] = [
        Rule("compute_profile", .takenOver, "`compute` of a function of its own") { value, state in
            let verdict = WorkflowKeys.profile(value)
            if verdict.outcome != .noEquivalent { state.task.profile = value.text }
            return verdict
        },
        Rule("hmcts_sdp_networking", .noEquivalent, "as at `dag`") { value, _ in WorkflowKeys.networking(value) },
        Rule("env_vars", .takenOver, "`environment` of the step, or of the function where it is the only one") {
            value, state in
            guard let entries = value.entries else {
                return value.isNull ? .takenOver(nil, "nothing") : .wrong(value, expected: "a mapping")
            }
            state.task.variables = entries
            return entries.isEmpty ? .takenOver(nil, "nothing") : nil
        },
        Rule("dependencies", .takenOver, "`after` of the step") { value, state in
            if value.isNull { return .takenOver(nil, "nothing") }
            guard value.texts != nil else { return .wrong(value, expected: "a list of tasks") }
            state.task.dependencies = value
            return nil
        },
        Rule("skip_on_exit_code", none: "a container of dorc's succeeds with exit status 0 and fails with any other"),
        Rule("outlets", .differs, "what waits for them starts when the run has ended (`after_pipeline`)") {
            value, state in
            WorkflowKeys.outlets(value, &state.workflow)
        },
        Rule("outlet", .differs, "as `outlets`") { value, state in WorkflowKeys.outlets(value, &state.workflow) },
        Rule("inlets", none: "dorc does not record where data comes from"),
    ]
}
