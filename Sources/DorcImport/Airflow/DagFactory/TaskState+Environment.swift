internal import DorcModel
internal import DorcYAML

extension TaskState {
    /// What is in the folder of its function.
    var functionTarget: String { "/\(functionName)/lambda.py" }

    /// `env_vars`: a mapping, or the list of names and values that Kubernetes has.
    mutating func takeEnvironment(_ value: WrittenValue, isJob: Bool) -> Verdict? {
        if value.isNull { return .takenOver(nil, "nothing") }
        if let entries = value.entries {
            if entries.isEmpty { return .takenOver(nil, "nothing") }
            for entry in entries { takeVariable(entry.name, entry.value, isJob: isJob) }
            return nil
        }
        if value.items?.isEmpty == true { return .takenOver(nil, "nothing") }
        guard let items = value.items, items.allSatisfy({ $0["name"] != nil }) else {
            return .wrong(value, expected: "a mapping")
        }
        for item in items {
            guard let name = item["name"]?.text, let text = item["value"], item.entries?.count == 2 else {
                settle(item, .none("a value that Kubernetes looks up: write `environment` or `secrets`"))
                continue
            }
            takeVariable(name, text, isJob: isJob)
            if let written = item["name"] {
                settle(written, .takenOver(Self.targets(name), else: "see `value`"))
            }
        }
        return nil
    }

    private mutating func takeVariable(_ name: String, _ value: WrittenValue, isJob: Bool) {
        let isReserved = !isJob && LambdaEnvironment.isReserved(name)
        if let problem = isReserved ? "Lambda sets it itself" : EnvironmentValue.problem(ofName: name) {
            return settle(value, .none(problem))
        }
        switch EnvironmentValue.take(value, context) {
        case .refused(let words): settle(value, .none(words))
        case .literal(let node):
            environment.set(name, node)
            settle(value, .takenOver(Self.targets(name), value, isText: true))
        case .expression(let node, let template) where isJob:
            stepEnvironment.set(name, node)
            var verdict = Verdict.differs("steps[*].environment.\(name)", template.words)
            verdict.todo = template.todo(value, "environment.\(name)", context)
            settle(value, verdict)
        case .expression, .template:
            guard let text = EnvironmentValue.pythonText(value) else { return }
            environment.set(name, .string(text.withoutHoles))
            var verdict = EnvironmentValue.decide(name, value, Self.targets(name))
            if case .expression = EnvironmentValue.take(value, context) {
                let words = "a template of Airflow's: a Lambda's environment is the same in all runs, read the event"
                verdict.words = words
                verdict.todo = Todo("environment.\(name)", value, "\(value.source.shortened(to: 120)) is \(words)")
            }
            settle(value, verdict)
        }
    }

    private static func targets(_ variable: String) -> [Target] {
        ["steps[*].environment.\(variable)", "functions.*.environment.\(variable)"].map { Target($0) }
    }
}
