internal import DorcModel
internal import DorcText
internal import DorcYAML

/// What the keys of a workflow.yml say together -> functions, steps and triggers of the draft.
extension WorkflowState {
    /// The variable of dorc.yaml that names the registry of the images.
    static let registryVariable = "image_registry"

    mutating func finish(at root: WrittenValue) {
        if tasks.isEmpty { tasks = [WorkflowTask(name: "main", place: root)] }
        if retries > 0 {
            draft.retry = .mapping([
                ("attempts", .literal("\(retries)")), ("interval", .literal(AirflowDuration.text(retryDelay))),
                // Airflow waits as long each time.
                ("backoff_rate", .literal("1")),
            ])
        }
        buildFunctions(at: root)
        buildSteps()
        buildTrigger()
    }

    private func profileName(of task: WorkflowTask) -> String { task.profile ?? profile ?? ComputeProfile.usual }

    private mutating func buildFunctions(at root: WrittenValue) {
        let base = functionName
        var names: [String] = []
        for task in tasks where !names.contains(profileName(of: task)) { names.append(profileName(of: task)) }
        let usual = profile ?? names.first ?? ComputeProfile.usual
        var functions = CanonicalNames()
        var functionOfProfile: [String: Int] = [:]
        var functionOfCompute: [String: Int] = [:]
        for name in names {
            guard let compute = ComputeProfile(name) else { continue }
            if !profiles.contains(compute) { profiles.append(compute) }
            if let known = functionOfCompute[compute.name] {
                functionOfProfile[name] = known
                continue
            }
            functionOfProfile[name] = draft.functions.count
            functionOfCompute[compute.name] = draft.functions.count
            // Named after a task and not after the size, which environments have their own of.
            let first = tasks.first { profileName(of: $0) == name }?.name ?? name
            let isUsual = name == usual || names.count == 1
            var function = FunctionDraft(functions.name(isUsual ? base : "\(base)-\(first)", else: base))
            function.settings.append(("image", image))
            function.settings.append(("compute", .string(compute.name)))
            function.secrets = secrets
            function.permissions = permissions
            if draft.functions.isEmpty { function.comments = functionComments }
            draft.functions.append(function)
        }
        for index in tasks.indices {
            guard let function = functionOfProfile[profileName(of: tasks[index])] else { continue }
            functionOfTask[index] = function
            taskCounts[function, default: 0] += 1
        }
        if repository == nil || tag == nil {
            for index in draft.functions.indices {
                draft.functions[index].comments.append(Self.todo("image", root, "which image, with which tag?"))
            }
        }
        for entry in variables { place(entry, among: nil) }
    }

    private var functionName: String {
        let last = repository?.split(separator: "/").last.map(String.init) ?? draft.name
        let name = Names.isFolder(last) ? last : Names.folderName(from: last) ?? "task"
        return name == "tests" ? "tests-task" : name
    }

    private var image: YAMLNode {
        .string("${\(Self.registryVariable)}/\(repository ?? "todo/todo"):\(tag ?? "todo")")
    }

    /// A variable of all tasks, or of one: at the functions where it is a text, at the steps where it depends on the run.
    private mutating func place(_ entry: WrittenValue.Entry, among task: Int?) {
        if let problem = EnvironmentValue.problem(ofName: entry.name) {
            return settle(entry.value, .none(problem))
        }
        if secrets.value(of: entry.name) != nil {
            return settle(entry.value, .none("a secret has the same variable"))
        }
        let taken = EnvironmentValue.take(entry.value, parameters: Set(parameters))
        let owners = task.map { [$0] } ?? Array(tasks.indices)
        switch taken {
        case .refused(let words):
            settle(entry.value, .none(words))
        case .expression(let node):
            for index in owners { setStepVariable(entry.name, node, of: index) }
            settle(
                entry.value,
                .differs(
                    "steps[*].environment.\(entry.name)",
                    "JSONata in place of Jinja: times are those of the run's start"))
        case .literal(let node), .template(let node):
            setLiteral(entry.name, node, task: task)
            if case .template = taken {
                let text = Self.todo(
                    "environment.\(entry.name)", entry.value,
                    "\(entry.value.source) is a template of Airflow's: what does the task need?")
                if let task {
                    tasks[task].comments.append(text)
                } else {
                    for index in draft.functions.indices { draft.functions[index].comments.append(text) }
                }
                settle(
                    entry.value, .decide("environment.\(entry.name)", "a template of Airflow's without a counterpart"))
            } else {
                settle(
                    entry.value,
                    .takenOver(
                        task == nil ? "functions.*.environment.\(entry.name)" : "steps[*].environment.\(entry.name)"))
            }
        }
    }

    private mutating func setLiteral(_ name: String, _ node: YAMLNode, task: Int?) {
        guard let task else {
            for index in draft.functions.indices { draft.functions[index].environment.set(name, node) }
            return
        }
        guard let function = functionOfTask[task] else { return }
        // Of a function that one step runs, all settings are in one place.
        if taskCounts[function] == 1 {
            draft.functions[function].environment.set(name, node)
            stepVariables[task]?.removeAll { $0.key == name }
        } else {
            setStepVariable(name, node, of: task)
        }
    }

    private mutating func setStepVariable(_ name: String, _ node: YAMLNode, of task: Int) {
        stepVariables[task, default: []].set(name, node)
    }

    private mutating func buildSteps() {
        for name in parameters {
            let variable = "PARAM_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
            guard EnvironmentValue.problem(ofName: variable) == nil, secrets.value(of: variable) == nil else {
                continue
            }
            for index in tasks.indices {
                setStepVariable(variable, .string("{% $string($run_input.`\(name)`) %}"), of: index)
            }
        }
        var steps: [String: String] = [:]
        var names = ImportNames()
        for index in tasks.indices {
            for entry in tasks[index].variables { place(entry, among: index) }
            let name =
                StepName.isValid(tasks[index].name)
                ? tasks[index].name : Names.folderName(from: tasks[index].name) ?? "task"
            steps[tasks[index].name] = names.unique(name, separator: "-")
        }
        for index in tasks.indices {
            let task = tasks[index]
            var step = StepDraft(steps[task.name] ?? task.name)
            if let function = functionOfTask[index] { step.set("function", .string(draft.functions[function].name)) }
            if let variables = stepVariables[index], !variables.isEmpty { step.set("environment", .mapping(variables)) }
            step.comments = tasks[index].comments
            if let dependencies = task.dependencies { setDependencies(dependencies, &step, of: task, steps) }
            draft.steps.append(step)
        }
        if isPython {
            draft.note("TODO steps: the tasks are in dag.py, beside workflow.yml: write one step for each", at: "steps")
        }
    }

    private mutating func setDependencies(
        _ dependencies: WrittenValue, _ step: inout StepDraft, of task: WorkflowTask, _ steps: [String: String]
    ) {
        var unknown: [String] = []
        for name in dependencies.texts ?? [] {
            guard let other = steps[name], name != task.name else {
                unknown.append(name)
                continue
            }
            if !step.after.contains(other) { step.after.append(other) }
        }
        guard !unknown.isEmpty else { return settle(dependencies, .takenOver("steps[*].after")) }
        let words = "there is no task \(unknown.map { "`\($0)`" }.joined(separator: ", "))"
        step.comments.append(Self.todo("after", dependencies, words))
        settle(dependencies, .decide("steps[*].after", words))
    }

    private mutating func buildTrigger() {
        guard let schedule else { return }
        draft.triggers = schedule.read.triggers(endDate: endDate, startDate: startDate)
        let (value, read) = schedule
        if read.datasets.isEmpty {
            let words = (read.differences + read.problems).joined(separator: "; ")
            if read.times.isEmpty {
                draft.note(Self.todo("schedule", value, "\(value.source.shortened(to: 120)): \(words)"), at: "schedule")
                settle(value, .init(outcome: .noEquivalent, target: nil, words: words, isDecision: true))
            } else {
                settle(value, words.isEmpty ? .takenOver("schedule") : .differs("schedule", words))
            }
        }
    }
}

extension AirflowSchedule {
    /// Of its times; datasets are pipelines, which others have to find.
    func triggers(endDate: String?, startDate: String?) -> [TriggerDraft] {
        times.map { time in
            var fields: PipelineDraft.Fields = [("schedule", .string(time.schedule))]
            if let timezone = time.timezone { fields.append(("timezone", .string(timezone))) }
            if let endDate { fields.append(("end_date", .literal(endDate))) }
            return TriggerDraft(name: "schedule", fields: fields, comments: startDate.map { [$0] } ?? [])
        }
    }
}

extension [(key: String, value: YAMLNode)] {
    mutating func set(_ key: String, _ value: YAMLNode) {
        if let index = firstIndex(where: { $0.key == key }) {
            self[index].value = value
        } else {
            append((key, value))
        }
    }
}
