internal import DorcModel
internal import DorcText
internal import DorcYAML

/// A task whose keys are read and whose place in the workflow is known -> its step, with a function where one has to run.
struct OperatorBuilder {
    /// Steps that it runs after, by what their tasks are called.
    let upstream: [String: String]
    /// Retries, timeouts of the task, with the DAG's defaults.
    let settings: TaskSettings
    /// As comments and handlers name it.
    let place: String

    /// What a task that needs more than a Lambda gives has.
    private static let usualJob = YAMLNode.mapping([("vcpu", .literal("1")), ("memory", .literal("2048"))])
    private static let longestLambda = 900

    func build(_ task: inout TaskState) {
        guard task.problem == nil else {
            unknown(&task)
            if let expand = task.value["expand"] { noExpand(expand, &task) }
            return setRetryAndTimeout(&task)
        }
        switch task.kind {
        case .bash: bash(&task, isSensor: false)
        case .bashSensor: bash(&task, isSensor: true)
        case .python, .branch, .shortCircuit: PythonBuilder(builder: self).build(&task, isSensor: false)
        case .pythonSensor: PythonBuilder(builder: self).build(&task, isSensor: true)
        case .empty, .dagSensor: task.step.set("wait", .literal("1s"))
        case .container, .docker: container(&task)
        case .ecs, .batch, .lambda, .glue, .athena, .sns, .sqs: services(&task)
        case .dag: pipeline(&task)
        case .timeDelta:
            let seconds = (task.value["delta"] ?? task.value["time_to_wait"]).flatMap(AirflowDuration.seconds) ?? 1
            task.step.set("wait", .literal(AirflowDuration.text(max(1, seconds))))
        case .dateTime:
            let time = task.value["target_time"]?.text.flatMap(AWSName.time) ?? ""
            task.step.set("wait", .mapping([("until", .string(time))]))
        case .s3Sensor: object(&task)
        case .unknown: unknown(&task)
        }
        switch task.kind {
        case .python, .branch, .shortCircuit, .pythonSensor: break
        default: if let expand = task.value["expand"] { noExpand(expand, &task) }
        }
        if !task.step.has("wait") { setRetryAndTimeout(&task) }
        settleOperator(&task)
    }

    /// What runs the code, which its time says.
    private func settleOperator(_ task: inout TaskState) {
        guard let written = task.value["operator"] ?? task.value["decorator"], let function = task.function else {
            return
        }
        let isJob = function.settings.value(of: "compute") != nil
        let runs =
            isJob
            ? "runs as a job of AWS Batch, for its time is above 15 minutes"
            : "runs on Lambda: at most 15 minutes; longer, give the function `compute`"
        switch task.kind {
        case .python: task.settle(written, .differs(task.functionTarget, runs))
        case .bash:
            let words = "\(runs); exit status 99, which skips a task in Airflow, is a failure like any other"
            task.settle(written, .differs(task.functionTarget, words))
        case .branch, .shortCircuit:
            task.settle(
                written,
                .differs(
                    task.functionTarget,
                    "\(runs); the steps that it can skip ask it by `when`"))
        default: break
        }
    }

    private func setRetryAndTimeout(_ task: inout TaskState) {
        if !task.step.has("retry"), task.settings.hasRetry {
            task.step.set("retry", settings.retry ?? .literal("0"))
        }
        if let timeout = settings.timeout, !task.step.has("function") {
            task.step.set("timeout", .literal(AirflowDuration.text(timeout)))
        }
    }

    // MARK: Functions

    /// A function with a folder of its own.
    func addFunction(_ task: inout TaskState, code: String) {
        var function = FunctionDraft(task.functionName)
        if let timeout = settings.timeout {
            if timeout > Self.longestLambda { function.settings.append(("compute", Self.usualJob)) }
            function.settings.append(
                ("timeout", .literal(AirflowDuration.text(timeout > Self.longestLambda ? max(60, timeout) : timeout))))
        }
        function.environment = task.environment
        task.function = function
        task.files.append(ImportedFile(path: "\(task.functionName)/lambda.py", .text(code)))
        task.step.set("function", .string(task.functionName))
    }

    private func bash(_ task: inout TaskState, isSensor: Bool) {
        guard let value = task.value["bash_command"], let written = value.text else { return }
        let script = !isSensor && PythonFiles.isScript(written) ? task.python.script(written, near: task.folder) : nil
        let command = JinjaText.uncommented(script?.text ?? written)
        let context = TaskArguments(upstream: upstream, context: task.context).context
        let template = JinjaText.isTemplate(command) ? JinjaText(command, context) : nil
        let folder = task.value["cwd"]?.text
        let code = HandlerText.bash(
            template == nil ? command : nil, folder: folder, isSensor: isSensor, from: place)
        addFunction(&task, code: code)
        if let template {
            task.step.set("arguments", .mapping([("command", .string(template.expression))]))
            var verdict = Verdict.differs("steps[*].arguments.command", template.words)
            verdict.todo = template.todo(value, "arguments.command", context)
            task.settle(value, verdict)
        } else if JinjaText.isTemplate(command) {
            let problem = JinjaText.problem(command)
            var verdict = Verdict.differs(task.functionTarget, "\(problem); the command has it as it is")
            verdict.todo = Todo("lambda.py", value, "in the command is \(problem); nothing fills it in: read the event")
            task.settle(value, verdict)
        } else {
            let words = script.map { "with the text of `\($0.path)`, which Airflow loads too" } ?? ""
            task.settle(value, .takenOver(task.functionTarget, words))
        }
        decideFiles(command, value, script: script?.path, isSensor, &task)
        if isSensor { return waitForTrue(&task) }
        if task.value["skip_on_exit_code"] == nil, task.value["skip_exit_code"] == nil, command.contains("exit 99") {
            let words = "exit status 99 skips the task in Airflow; here it fails like any other"
            let todo = Todo(
                "when", value, "\(words): let the handler return, and write `when` at what comes after it",
                at: "steps[*]")
            task.settle(value, .decide(task.functionTarget, words, todo))
        }
    }

    /// What a command needs beside itself.
    private func decideFiles(
        _ command: String, _ value: WrittenValue, script: String?, _ isSensor: Bool, _ task: inout TaskState
    ) {
        if !isSensor, script == nil, PythonFiles.isScript(command), !command.contains(where: \.isNewline) {
            let words =
                "Airflow loads the command from the file `\(command.shortened(to: 120))`, which is not in the folder"
            let todo = Todo("lambda.py", value, "\(words): write the command", at: "steps[*]")
            return task.settle(value, .decide(task.functionTarget, words, todo))
        }
        let named = task.python.mentioned(in: command, near: task.folder).filter { $0.path != script }
        guard !named.isEmpty else { return }
        for file in named {
            task.files.append(ImportedFile(path: "\(task.functionName)/\(file.name)", .copy(of: file.path)))
        }
        let names = named.map { "`\($0.name)`" }.joined(separator: ", ")
        let words =
            "the command names \(names) of the folder, copied beside the handler: \"$LAMBDA_TASK_ROOT\" is where that is"
        let todo = Todo("lambda.py", value, "\(words); write the path", at: "steps[*]")
        task.settle(value, .decide(task.functionTarget, words, todo))
    }

    private func object(_ task: inout TaskState) {
        guard let object = ObjectToWaitFor(task.value), let value = task.value["bucket_key"] else { return }
        let template = JinjaText.isTemplate(object.key) ? JinjaText(object.key, task.context) : nil
        let code = HandlerText.object(
            object.bucket, template == nil ? object.key : nil, isPattern: object.isPattern, from: place)
        addFunction(&task, code: code)
        if let template {
            task.step.set("arguments", .mapping([("key", .string(template.expression))]))
            var verdict = Verdict.differs("steps[*].arguments.key", template.words)
            verdict.todo = template.todo(value, "arguments.key", task.context)
            task.settle(value, verdict)
        } else {
            task.settle(value, .takenOver(task.functionTarget))
        }
        // To list is a right on what begins with a prefix.
        task.function?.access.add("\(object.bucket)/\(object.prefix)*", to: "s3_read")
        waitForTrue(&task)
    }

    /// What an operator is told, in a handler that a person has to write.
    private func unknown(_ task: inout TaskState) {
        let name = (task.value["operator"] ?? task.value["decorator"])?.text ?? "no operator"
        let known: Set<String> = ["operator", "decorator", "dependencies", "task_id", "task_group_name"]
        let lines = (task.value.entries ?? []).filter { !known.contains($0.name) }.map {
            "\($0.name): \($0.value.source)"
        }
        addFunction(&task, code: HandlerText.unwritten("do what \(name) does", settings: lines, from: place))
    }

    func noExpand(_ expand: WrittenValue, _ task: inout TaskState) {
        task.settle(
            expand,
            .none(
                "the step runs once: write `for_each`", Todo("for_each", expand, expand.source.shortened(to: 120))))
        if let partial = task.value["partial"] { task.settle(partial, .none("see `expand`")) }
    }

    /// A sensor: the function raises until it is as it has to be.
    func waitForTrue(_ task: inout TaskState) {
        let poke = max(1, task.value["poke_interval"].flatMap(AirflowDuration.seconds) ?? 60)
        let timeout = max(1, task.value["timeout"].flatMap(AirflowDuration.seconds) ?? 7 * 86400)
        // A run's history has 25,000 events, and each try takes five.
        let interval = min(max(poke, (timeout + 1999) / 2000), 99_999_999)
        if interval != poke,
            let value = task.value["poke_interval"] ?? task.value["operator"] ?? task.value["decorator"]
        {
            let words =
                "looks every \(AirflowDuration.text(interval)), where Airflow does every \(AirflowDuration.text(poke)): a run's history has 25,000 events"
            task.settle(value, .differs("steps[*].retry.interval", words))
        }
        task.step.set(
            "retry",
            .mapping([
                ("errors", .list([.string("NotReady")])), ("attempts", .literal("\(max(1, timeout / interval))")),
                ("interval", .literal(AirflowDuration.text(interval))), ("backoff_rate", .literal("1")),
            ]))
    }

    // MARK: Others

    private func services(_ task: inout TaskState) {
        var calls = TaskCalls(task, upstream: upstream)
        calls.build(&task)
    }

    private func container(_ task: inout TaskState) {
        let value = task.value
        var function = FunctionDraft(task.functionName)
        function.settings.append(("image", .string(value["image"]?.text.flatMap(ContainerImage.normal) ?? "")))
        let compute = value["compute_profile"]?.text.flatMap(ComputeProfile.init)
        function.settings.append(("compute", compute.map(\.inlineNode) ?? ContainerSize(value).node))
        if let timeout = settings.timeout {
            function.settings.append(("timeout", .literal(AirflowDuration.text(max(60, timeout)))))
        }
        var arguments = TaskArguments(upstream: upstream, context: task.context)
        var command: [YAMLNode] = []
        for key in ["cmds", "command", "arguments"] {
            guard let written = value[key] else { continue }
            if let text = written.text {
                guard let words = Self.words(JinjaText.uncommented(text), of: written) else {
                    let words = "Docker would refuse this command: a quotation does not end"
                    task.settle(written, .none(words, Todo("command", written, words, at: "steps[*]")))
                    continue
                }
                for word in words {
                    var item = written
                    item.content = .scalar(word, isPlain: false)
                    command.append(
                        JinjaText.isTemplate(word)
                            ? arguments.node(
                                item, at: Target("steps[*].command"), holder: written, takesReferences: false)
                            : .string(word.withoutHoles))
                }
            } else {
                for item in written.items ?? [] {
                    let isTemplate = JinjaText.isTemplate(item.text ?? "")
                    command.append(
                        isTemplate
                            ? arguments.node(
                                item, at: Target("steps[*].command"), holder: written, takesReferences: false)
                            : .string((EnvironmentValue.pythonText(item) ?? item.source).withoutHoles))
                }
            }
        }
        let isDynamic = command.contains { $0.scalar?.hasPrefix("{%") ?? false }
        if !command.isEmpty {
            if isDynamic {
                task.step.set("command", .list(command))
            } else {
                function.settings.append(("command", .list(command)))
            }
        }
        for (value, verdict) in arguments.verdicts {
            var verdict = verdict
            // A template that is written as it is does not need the step.
            verdict.targets.append(Target("functions.*.command"))
            task.settle(value, verdict)
        }
        function.environment = task.environment
        if !task.stepEnvironment.isEmpty { task.step.set("environment", .mapping(task.stepEnvironment)) }
        task.function = function
        task.step.set("function", .string(task.functionName))
    }

    /// A list that is written as a text is one for Docker's operator; other texts are split as a shell would.
    private static func words(_ text: String, of value: WrittenValue) -> [String]? {
        if text.trimmed.hasPrefix("[") {
            var diagnostics = Diagnostics()
            let file = SourceFile(path: value.place.path, text: text.trimmed)
            if case .sequence(let items)? = YAMLReader.read(file, into: &diagnostics)?.content, !diagnostics.hasErrors {
                let words = items.compactMap(\.scalar)
                if words.count == items.count { return words }
            }
        }
        return ShellWords.split(text)
    }

    private func pipeline(_ task: inout TaskState) {
        // Which pipeline it is is known when all are.
        task.step.set("pipeline", .string(""))
        task.step.starts = task.value["trigger_dag_id"]
        if task.value["wait_for_completion"]?.boolean != true {
            task.step.set("wait_for_completion", .literal("false"))
        }
        if let conf = task.value["conf"], conf.entries?.isEmpty == false {
            var arguments = TaskArguments(upstream: upstream, context: task.context)
            task.step.set(
                "arguments", arguments.node(conf, at: Target("steps[*].arguments"), takesReferences: false))
            for (value, verdict) in arguments.verdicts {
                var verdict = verdict
                verdict.otherwise = "no pipeline is started: see `trigger_dag_id`"
                task.settle(value, verdict)
            }
        }
    }
}
