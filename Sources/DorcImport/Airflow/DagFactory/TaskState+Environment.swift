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
            if let name = item["name"] { settle(name, .takenOver("functions.*.environment")) }
        }
        return nil
    }

    private mutating func takeVariable(_ name: String, _ value: WrittenValue, isJob: Bool) {
        let isReserved = !isJob && LambdaEnvironment.isReserved(name)
        if let problem = isReserved ? "Lambda sets it itself" : EnvironmentValue.problem(ofName: name) {
            return settle(value, .none(problem))
        }
        switch EnvironmentValue.take(value, parameters: parameters) {
        case .refused(let words): settle(value, .none(words))
        case .literal(let node):
            environment.set(name, node)
            settle(value, .takenOver("functions.*.environment.\(name)"))
        case .expression(let node) where isJob:
            stepEnvironment.set(name, node)
            settle(
                value,
                .differs(
                    "steps[*].environment.\(name)", "JSONata in place of Jinja: times are those of the run's start"))
        case .expression, .template:
            guard let text = EnvironmentValue.pythonText(value) else { return }
            environment.set(name, .string(text.withoutHoles))
            todo("environment.\(name)", value, "\(value.source) is a template of Airflow's: what does the task need?")
            settle(value, .decide("functions.*.environment.\(name)", "a template of Airflow's without a counterpart"))
        }
    }
}
