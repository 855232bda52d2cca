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
            Rule("task_id", .takenOver, "`name` of the step, of tasks in a list") { value, state in
                value.text == state.name
                    ? .takenOver([Target("steps[*].name"), Target("steps[*]")])
                    : .differs(
                        [Target("steps[*].name"), Target("steps[*]")],
                        "the key of the task is its name, for dag-factory too")
            },
            Rule("dependencies", .takenOver, "`after` of the step") { value, state in
                if value.isNull { return .takenOver(nil, "nothing") }
                guard value.texts != nil else { return .wrong(value, expected: "a list of tasks") }
                state.dependencies = value
                return nil
            },
            Rule("task_group_name", .differs, "the order of the group's tasks; steps have no groups") { value, state in
                if value.isNull { return .takenOver(nil, "nothing") }
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

    private static func operatorVerdict(_ value: WrittenValue, _ state: TaskState) -> Verdict? {
        switch state.kind {
        case .unknown:
            let words = "the importer does not know it: the handler is not written"
            var verdict = Verdict.none(
                words,
                Todo(
                    "function", value,
                    "\(value.source.shortened(to: 120)) is not known to the importer: write the handler"))
            verdict.targets = [Target(state.functionTarget)]
            return verdict
        case _ where state.problem != nil: return problemVerdict(value, state)
        // `OperatorBuilder` knows what runs it.
        case .python, .bash, .branch, .shortCircuit: return nil
        case .dagSensor, .s3Sensor, .pythonSensor, .bashSensor:
            return .differs("steps[*]", state.kind.becomes)
        default: return .takenOver("steps[*]", state.kind.becomes)
        }
    }

    /// Of an operator that the importer knows, with something that dorc cannot have.
    private static func problemVerdict(_ value: WrittenValue, _ state: TaskState) -> Verdict {
        guard let problem = state.problem else { return .takenOver("steps[*]") }
        let name = value.text?.split(separator: ".").last.map(String.init) ?? "the operator"
        let words = "\(name) would be \(state.kind.becomes), but `\(problem.key)`: \(problem.words)"
        var verdict = Verdict.none("\(words): the handler is not written")
        if state.value[problem.key] == nil {
            verdict.todo = Todo("function", value, "\(words): write the handler", at: "steps[*]")
        }
        verdict.targets = [Target(state.functionTarget)]
        return verdict
    }

    /// The key that keeps an operator from being a step.
    static func problemVerdict(ofKey key: String, _ value: WrittenValue, _ problem: OperatorKind.Problem) -> Verdict {
        guard key == problem.key else { return .none("see `\(problem.key)`: the handler has it in a comment") }
        let words = problem.words
        return .none(
            words,
            Todo(
                "function", value, "\(key): \(value.source.shortened(to: 120)): \(words): write the handler",
                at: "steps[*]"))
    }
}
