internal import DorcModel
internal import DorcText
internal import DorcYAML

/// What the keys of a workflow.yml say together -> functions, steps and triggers of the draft.
extension WorkflowState {
    /// The variable of dorc.yaml that names the registry of the images.
    static let registryVariable = "image_registry"

    mutating func finish(at root: WrittenValue) {
        settleOutlets()
        if tasks.isEmpty { tasks = [WorkflowTask(name: "main", place: root)] }
        if retries > 0 {
            draft.retry = .mapping([
                ("attempts", .literal("\(retries)")), ("interval", .literal(AirflowDuration.text(retryDelay))),
                // Airflow waits as long each time.
                ("backoff_rate", .literal("1")),
            ])
        }
        let times = RunTimes(schedule?.read, parameters: parameters)
        let context = JinjaText.Context(parameters: parameters, times: times, kinds: draft.parameterKinds)
        buildFunctions(at: root)
        for entry in variables { place(entry, among: nil, context) }
        buildSteps(context)
        draft.parameters += times.parameters(readBy: draft.steps)
        buildTrigger()
        settlePending()
    }

    private mutating func settleOutlets() {
        let hasTasks = !tasks.isEmpty
        for value in pending.outlets {
            if hasTasks {
                settle(value, .takenOver(nil, "has no effect beside `tasks`, in Airflow either: write it at the task"))
            } else {
                outlets += value.texts ?? []
                settle(value, WorkflowKeys.outletVerdict)
            }
        }
    }

    private mutating func settleSlack() {
        guard let value = pending.slackChannel else { return }
        let channel = value.text ?? "?"
        // Of the platform's template.
        let events = pending.hasSlackEvents ? "" : ", and `on: [failure, success]`, which the platform does by default"
        settle(
            value,
            .decide(
                nil, "dorc takes the ids of workspace and channel, not the name: write `notifications.slack`",
                Todo(
                    "notifications.slack", value,
                    "\(channel.hasPrefix("#") ? "" : "#")\(channel): write {workspace: T..., channel: C...}, the ids in the channel's link\(events)"
                )))
    }

    private mutating func settlePending() {
        settleSlack()
        if let value = pending.dependsOnPast {
            let isOne = draft.maxActiveRuns.map(YAMLText.line) == "1"
            settle(
                value,
                isOne
                    ? .differs(
                        "max_active_runs", "runs come one after the other, but a run starts after a failed one too")
                    : .differs(nil, "a run does not ask how the one before ended: write `max_active_runs: 1`"))
        }
        let hasTimes = !(schedule?.read.times.isEmpty ?? true)
        if let value = pending.startDate { settle(value, Self.startDate(isWritten: hasTimes)) }
        if let value = pending.endDate { settle(value, Self.endDate) }
        guard let value = pending.profile else { return }
        if let task = tasks.indices.first(where: { tasks[$0].profile == nil }), let function = functionOfTask[task] {
            settle(value, WorkflowKeys.profile(value).of(step: "", function: draft.functions[function].name))
        } else {
            settle(value, .takenOver(nil, "every task has a size of its own"))
        }
    }

    static func startDate(isWritten: Bool) -> Verdict {
        isWritten
            ? .differs(
                nil,
                "a comment at the schedule: AWS refuses a start date that has passed; nothing before it is caught up")
            : .none("nothing starts the pipeline that could have a start date")
    }

    static let endDate = Verdict.takenOver(
        "triggers[*].end_date", else: "no schedule is written that could have an end date")

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
            draft.functions.append(function)
        }
        for index in tasks.indices {
            guard let function = functionOfProfile[profileName(of: tasks[index])] else { continue }
            functionOfTask[index] = function
            taskCounts[function, default: 0] += 1
        }
        if repository == nil || tag == nil {
            let missing = [repository == nil ? "`repository`" : nil, tag == nil ? "`tag`" : nil].compactMap { $0 }
            let words = "there is no \(missing.joined(separator: " and no "))"
            draft.remark(
                .decide("functions.*.image", words, Todo("image", root, "\(words): which image, with which tag?")))
        }
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
    private mutating func place(_ entry: WrittenValue.Entry, among task: Int?, _ context: JinjaText.Context) {
        if let problem = EnvironmentValue.problem(ofName: entry.name) { return settle(entry.value, .none(problem)) }
        if secrets.value(of: entry.name) != nil {
            return settle(entry.value, .none("a secret has the same variable"))
        }
        // A task's own variable takes the place of the one of all.
        let owners =
            task.map { [$0] }
            ?? tasks.indices.filter { index in
                !tasks[index].variables.contains { $0.name == entry.name }
            }
        guard let owner = owners.first else {
            return settle(entry.value, .takenOver(nil, "every task has one of its own"))
        }
        let function = functionOfTask[owner].map { draft.functions[$0].name }
        var verdict: Verdict
        switch EnvironmentValue.take(entry.value, context) {
        case .refused(let words): verdict = .none(words)
        case .expression(let node, let template):
            for index in owners { setStepVariable(entry.name, node, of: index) }
            verdict = .differs("steps[*].environment.\(entry.name)", template.words)
            verdict.todo = template.todo(entry.value, "environment.\(entry.name)", context)
        case .literal(let node):
            setLiteral(entry.name, node, task: task)
            verdict = .takenOver(Self.targets(entry.name), entry.value, isText: true)
        case .template(let node):
            setLiteral(entry.name, node, task: task)
            verdict = EnvironmentValue.decide(entry.name, entry.value, Self.targets(entry.name))
            // A decision at each function that has it.
            var known = [function]
            for other in owners.dropFirst() {
                let name = functionOfTask[other].map { draft.functions[$0].name }
                guard !known.contains(name) else { continue }
                known.append(name)
                settle(entry.value, verdict.of(step: tasks[other].name, function: name))
            }
        }
        verdict.owner = Verdict.Owner(step: tasks[owner].name, function: function)
        settle(entry.value, verdict)
    }

    /// At a step that shares its function, or at the function.
    private static func targets(_ variable: String) -> [Target] {
        ["steps[*].environment.\(variable)", "functions.*.environment.\(variable)"].map { Target($0) }
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

    private mutating func buildSteps(_ context: JinjaText.Context) {
        for name in draft.parameters.map(\.key) where parameters.contains(name) {
            let variable = "PARAM_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
            guard EnvironmentValue.problem(ofName: variable) == nil, secrets.value(of: variable) == nil else {
                continue
            }
            for index in tasks.indices {
                setStepVariable(variable, .string("{% $string(\(JinjaText.input(name))) %}"), of: index)
            }
        }
        var steps: [String: String] = [:]
        var names = ImportNames()
        for index in tasks.indices {
            for entry in tasks[index].variables { place(entry, among: index, context) }
            let name =
                StepName.isValid(tasks[index].name)
                ? tasks[index].name : Names.folderName(from: tasks[index].name) ?? "task"
            steps[tasks[index].name] = names.unique(name, separator: "-")
        }
        var owners: [String: Verdict.Owner] = [:]
        for (index, task) in tasks.enumerated() {
            let function = functionOfTask[index].map { draft.functions[$0].name }
            owners[task.name] = Verdict.Owner(step: steps[task.name] ?? task.name, function: function)
        }
        for index in tasks.indices {
            let task = tasks[index]
            var step = StepDraft(steps[task.name] ?? task.name)
            if let function = functionOfTask[index] { step.set("function", .string(draft.functions[function].name)) }
            if let variables = stepVariables[index], !variables.isEmpty { step.set("environment", .mapping(variables)) }
            if let dependencies = task.dependencies { setDependencies(dependencies, &step, of: task, steps) }
            draft.steps.append(step)
        }
        nameOwners(owners)
    }

    private mutating func setDependencies(
        _ dependencies: WrittenValue, _ step: inout StepDraft, of task: WorkflowTask, _ steps: [String: String]
    ) {
        var unknown: [String] = []
        for name in dependencies.texts ?? [] {
            guard let other = steps[name] else {
                unknown.append(name)
                continue
            }
            if !step.after.contains(other) { step.after.append(other) }
        }
        let targets = [Target("steps[*].after"), Target("steps[*]")]
        guard !unknown.isEmpty else {
            return settle(dependencies, Verdict.takenOver(targets).of(step: task.name, function: nil))
        }
        let words = "there is no task \(unknown.map { "`\($0)`" }.joined(separator: ", "))"
        var verdict = Verdict.differs(targets, words)
        verdict.todo = Todo("after", dependencies, words, at: "steps[*]")
        settle(dependencies, verdict.of(step: task.name, function: nil))
    }

    private mutating func buildTrigger() {
        guard let (value, read) = schedule else { return }
        draft.triggers = read.triggers(
            endDate: endDate, startDate: pending.startDate.map { Self.startDate($0) })
        if let verdict = read.verdict(value) { settle(value, verdict) }
    }
}

extension AirflowSchedule {
    /// What becomes of a schedule of times; nil for one of datasets, which `DatasetLinks` knows.
    func verdict(_ value: WrittenValue) -> Verdict? {
        guard datasets.isEmpty else { return nil }
        let words = (differences + problems).joined(separator: "; ")
        if times.isEmpty {
            return .none(words, Todo("schedule", value, "\(value.source.shortened(to: 120)): \(words)"))
        }
        return words.isEmpty ? .takenOver("schedule") : .differs("schedule", words)
    }

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
