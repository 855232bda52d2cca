internal import DorcModel
internal import DorcText
internal import DorcYAML

/// The keys of a task of dag-factory's: those that every task has, and those of the operators that the importer knows.
enum TaskKeys {
    typealias Rule = KeyRule<TaskState>

    static func rules(of kind: OperatorKind) -> [Rule] { operators(kind) + common }

    static let common: [Rule] =
        [
            Rule("operator", .takenOver, "the kind of the step, below") { value, state in operatorVerdict(value, state)
            },
            Rule("decorator", .takenOver, "the kind of the step, as its operator's") { value, state in
                operatorVerdict(value, state)
            },
            Rule("task_id", .takenOver, "`name` of the step") { _, _ in .takenOver("steps[*].name") },
            Rule("dependencies", .takenOver, "`after` of the step") { value, state in
                if value.isNull { return .takenOver(nil, "nothing") }
                guard value.texts != nil else { return .wrong(value, expected: "a list of tasks") }
                state.dependencies = value
                return nil
            },
            Rule("task_group_name", .differs, "the order of the group's tasks; steps have no groups") { value, state in
                state.group = value.text
                return .differs(nil, "steps have no groups: the group's dependencies are those of its tasks")
            },
            Rule("task_group", none: "an object of Python's"),
            Rule("params", none: "write what the task needs in `arguments`"),
            Rule("outlets", .differs, "what waits for them starts when the run has ended (`after_pipeline`)") {
                value, state in
                var problems: [String] = []
                let names = AirflowSchedule.condition(value.items ?? [value], isAll: true, into: &problems).flatMap {
                    $0
                }
                guard !names.isEmpty else { return .none(problems.first ?? "no dataset") }
                state.outlets += names
                return .differs(
                    nil, "dorc has no datasets: what waits for it starts when this pipeline's run has ended")
            },
            Rule("doc_md", none: "write a comment"),
            Rule("expand", .takenOver, "`for_each`") { _, _ in nil },
            Rule("partial", .takenOver, "`arguments` beside the item of `for_each`") { _, _ in nil },
            Rule(
                "variables_as_arguments",
                none: "a variable of Airflow's: `environment`, a variable of dorc.yaml, or a secret"),
        ] + SettingsKeys.rules()

    private static func operatorVerdict(_ value: WrittenValue, _ state: TaskState) -> Verdict {
        switch state.kind {
        case .unknown:
            return Verdict(
                outcome: .noEquivalent, target: state.functionTarget,
                words: "the importer does not know it: the handler says TODO",
                isDecision: true)
        case .python, .bash:
            return .differs(
                state.functionTarget, "runs on Lambda: at most 15 minutes; longer, give the function `compute`")
        case .branch, .shortCircuit:
            return .differs(
                state.functionTarget, "a step that is skipped passes its event on, and what comes after it runs")
        case .dagSensor, .s3Sensor, .pythonSensor, .bashSensor:
            return .differs("steps[*]", state.kind.becomes)
        default: return .takenOver("steps[*]", state.kind.becomes)
        }
    }
}
