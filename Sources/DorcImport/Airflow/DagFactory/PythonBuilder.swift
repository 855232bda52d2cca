internal import DorcText
internal import DorcYAML

/// A task that calls a function of Python's, once or for each of many.
struct PythonBuilder {
    let builder: OperatorBuilder

    func build(_ task: inout TaskState, isSensor: Bool) {
        let value = task.value
        let isDecorator = value["operator"] == nil
        var arguments = TaskArguments(upstream: builder.upstream, context: task.context)
        var args: YAMLNode?
        var kwargs: YAMLNode?
        if let written = value["op_args"], written.items?.isEmpty == false {
            args = arguments.node(written, at: Target("steps[*].arguments.args"), takesReferences: false)
        }
        if let written = value["op_kwargs"], written.entries?.isEmpty == false {
            kwargs = arguments.node(written, at: Target("steps[*].arguments.kwargs"), takesReferences: false)
        }
        if isDecorator {
            let own = Self.keywords(of: value)
            if !own.isEmpty {
                let target = Target("steps[*].arguments.kwargs")
                kwargs = .mapping(
                    own.map { entry in
                        let inner = target.appending(entry.name)
                        return (entry.name, arguments.node(entry.value, at: inner, takesReferences: true))
                    })
            }
        }
        for (value, verdict) in arguments.verdicts { task.settle(value, verdict) }
        let context = context(of: task, isDecorator: isDecorator)
        if let expand = value["expand"], expand.entries?.isEmpty == false {
            takeExpand(expand, &task, args: &args, kwargs: &kwargs, context.fields, isDecorator: isDecorator)
        } else if !context.fields.isEmpty {
            let own: PipelineDraft.Fields =
                if case .mapping(let own)? = kwargs?.content {
                    own.map { ($0.key, $0.value) }
                } else { [] }
            kwargs = .mapping(own + context.fields)
        }
        var fields: PipelineDraft.Fields = []
        if let args { fields.append(("args", args)) }
        if let kwargs { fields.append(("kwargs", kwargs)) }
        let code = code(&task, context, hasArguments: !fields.isEmpty, isSensor: isSensor)
        builder.addFunction(&task, code: code)
        if !fields.isEmpty { task.step.set("arguments", .mapping(fields)) }
        if isSensor { builder.waitForTrue(&task) }
    }

    /// Keyword arguments of the function that a decorator is given among its own.
    static func keywords(of task: WrittenValue) -> [WrittenValue.Entry] {
        (task.entries ?? []).filter { entry in !known.contains(entry.name) }
    }

    private static let known: Set<String> = Set(
        TaskKeys.operators(.pythonSensor).map(\.name) + TaskKeys.common.map(\.name))

    // MARK: The callable

    private func context(of task: TaskState, isDecorator: Bool) -> CallableContext {
        guard let callable = callable(task), let signature = task.python.signature(of: callable) else {
            return CallableContext()
        }
        var given = Set(task.value["op_kwargs"]?.entries?.map(\.name) ?? [])
        if isDecorator { given.formUnion(Self.keywords(of: task.value).map(\.name)) }
        given.formUnion(partial(of: task).map(\.name))
        var count = task.value["op_args"]?.items?.count ?? 0
        if let entries = task.value["expand"]?.entries {
            let mapped = isDecorator ? entries.map(\.name) : []
            given.formUnion(mapped)
            // Which keywords an item has is known of constants alone.
            given.formUnion(entries.flatMap { $0.value.items ?? [] }.flatMap { $0.entries ?? [] }.map(\.name))
            if entries.contains(where: { $0.name == "op_args" }) { count = max(count, 1) }
        }
        return CallableContext(signature, given: given, count: count, task.context)
    }

    private func code(
        _ task: inout TaskState, _ context: CallableContext, hasArguments: Bool, isSensor: Bool
    ) -> String {
        guard let callable = callable(task) else {
            let value = task.value
            let name =
                value["python_callable"]?.source
                ?? [value["python_callable_file"]?.source, value["python_callable_name"]?.source].compactMap { $0 }
                .joined(separator: ": ")
            notFound(&task, "`\(name.shortened(to: 80))` is not in the folder")
            return HandlerText.unwritten("call \(name)", settings: [], from: builder.place)
        }
        guard task.python.defines(callable) else {
            notFound(&task, "\(callable.path) defines no `\(callable.name)`")
            return HandlerText.unwritten("call \(callable.name)", settings: [], from: builder.place)
        }
        task.files.append(ImportedFile(path: "\(task.functionName)/\(callable.module).py", .copy(of: callable.path)))
        for companion in task.python.companions(of: callable) {
            task.files.append(
                ImportedFile(path: "\(task.functionName)/\(companion.name)", .copy(of: companion.path)))
        }
        let target = task.functionTarget
        let packages = task.python.packages(of: callable)
        let given = context.fields.map { "`\($0.key)`" }.joined(separator: ", ")
        if !context.missing.isEmpty {
            let names = context.missing.joined(separator: ", ")
            let words =
                "\(callable.path): `\(callable.name)` takes \(names), which nothing gives: a handler does not get Airflow's context"
            settle(&task) {
                .decide(target, words, Todo("function", $0, "\(words): write it otherwise", at: "steps[*]"))
            }
        }
        if !context.fields.isEmpty {
            let times = task.context.times
            let words = (["the step's `arguments` give \(given)"] + context.words).joined(separator: ": ")
            settle(&task) {
                var verdict = Verdict.differs(target, words)
                if context.usesLogicalDate { verdict.todo = times.todo($0) }
                return verdict
            }
        }
        if packages.isEmpty || task.python.hasRequirements {
            settle(&task) { _ in .takenOver(target) }
        } else {
            let words = "\(callable.path) imports \(packages.joined(separator: ", "))"
            settle(&task) {
                .decide(
                    target, "\(words), which a requirements.txt has to name",
                    Todo("requirements", $0, "\(words): name the packages in a requirements.txt", at: "steps[*]"))
            }
        }
        return HandlerText.call(callable, hasArguments: hasArguments, raisesUnlessTrue: isSensor, from: builder.place)
    }

    private func notFound(_ task: inout TaskState, _ words: String) {
        let target = task.functionTarget
        settle(&task) {
            .decide(target, words, Todo("function", $0, "\(words): write the handler", at: "steps[*]"))
        }
    }

    /// What names the callable, by one key or two.
    private func settle(_ task: inout TaskState, _ verdict: (WrittenValue) -> Verdict) {
        let keys = ["python_callable", "python_callable_name", "python_callable_file"]
        let values = keys.compactMap { task.value[$0] }
        if values.isEmpty, let written = task.value["operator"] ?? task.value["decorator"] {
            task.settle(written, verdict(written))
        }
        for value in values { task.settle(value, verdict(value)) }
    }

    private func callable(_ task: TaskState) -> PythonFiles.Callable? {
        if let name = task.value["python_callable_name"]?.text, let file = task.value["python_callable_file"]?.text {
            return task.python.callable(name, file: file, near: task.folder)
        }
        return task.value["python_callable"]?.text.flatMap { task.python.callable($0, near: task.folder) }
    }

    // MARK: Dynamic mapping

    private func takeExpand(
        _ expand: WrittenValue, _ task: inout TaskState, args: inout YAMLNode?, kwargs: inout YAMLNode?,
        _ context: PipelineDraft.Fields, isDecorator: Bool
    ) {
        guard let entries = expand.entries,
            let items = Items(entries, isDecorator: isDecorator, builder.upstream, task.context)
        else {
            return builder.noExpand(expand, &task)
        }
        // What is beside the item has to be constant: the items do not see the step's event.
        var fixed: [(key: String, value: YAMLNode)] = context
        for entry in partial(of: task) {
            if let text = entry.value.text, JinjaText.isTemplate(text), let template = JinjaText(text, task.context) {
                // What it reads of the run, an item sees too.
                fixed.append((entry.name, .string(template.expression)))
                let targets = [
                    Target("steps[*].arguments.kwargs").appending(entry.name), Target("steps[*].arguments.kwargs"),
                ]
                var verdict = Verdict.differs(targets, template.words)
                verdict.todo = template.todo(entry.value, "arguments", task.context)
                task.settle(entry.value, verdict)
            } else if TaskArguments.isConstant(entry.value) {
                fixed.append((entry.name, entry.value.node.withoutHoles))
                task.settle(
                    entry.value,
                    .takenOver([
                        Target("steps[*].arguments.kwargs").appending(entry.name), Target("steps[*].arguments.kwargs"),
                    ]))
            } else {
                let words = "an item of `for_each` sees itself alone"
                task.settle(
                    entry.value,
                    .none(words, Todo("arguments", entry.value, "\(entry.value.source.shortened(to: 120)): \(words)")))
            }
        }
        task.step.set("for_each", items.node)
        if items.isPositional {
            args = .string("{% $type($states.input) = 'array' ? $states.input : [$states.input] %}")
        }
        if let name = items.name {
            kwargs = .mapping(fixed + [(name, .string("{% $states.input %}"))])
        } else if !items.isPositional {
            kwargs =
                fixed.isEmpty
                ? .string("{% $states.input %}")
                : .string("{% $merge([\(Items.json(.mapping(fixed))), $states.input]) %}")
        } else if !fixed.isEmpty {
            kwargs = .mapping(fixed)
        }
        task.settle(expand, .takenOver("steps[*].for_each"))
    }

    /// `partial`: of decorators the keywords themselves, of operators `op_kwargs`.
    private func partial(of task: TaskState) -> [WrittenValue.Entry] {
        guard let partial = task.value["partial"] else { return [] }
        return partial["op_kwargs"]?.entries ?? partial.entries ?? []
    }

    /// What `for_each` goes through.
    struct Items {
        let node: YAMLNode
        /// Of the keyword that gets the item; nil where the item has all keywords.
        var name: String?
        var isPositional = false

        /// Nil where it cannot be said.
        init?(
            _ entries: [WrittenValue.Entry], isDecorator: Bool, _ upstream: [String: String],
            _ context: JinjaText.Context
        ) {
            let arguments = TaskArguments(upstream: upstream, context: context)
            func expression(_ value: WrittenValue) -> String? {
                if let task = TaskArguments.reference(value) { return arguments.output(of: task) }
                guard value.items != nil, TaskArguments.isConstant(value) else { return nil }
                return Self.json(value.node.withoutHoles)
            }
            guard let first = entries.first else { return nil }
            if entries.count == 1 {
                guard let list = Self.list(first.value, arguments) else { return nil }
                node = list
                if !isDecorator, first.name == "op_args" {
                    isPositional = true
                } else if isDecorator {
                    name = first.name
                } else if first.name != "op_kwargs" {
                    return nil
                }
                return
            }
            // Each with each, as Airflow does.
            guard isDecorator, entries.allSatisfy({ PythonFiles.isIdentifier($0.name) }) else { return nil }
            var body = "{" + entries.map { "'\($0.name)': $\($0.name)" }.joined(separator: ", ") + "}"
            for entry in entries.reversed() {
                guard let list = expression(entry.value) else { return nil }
                // The event is what the outermost step sees: an inner `$states.input` is the same.
                body = "\(list).($\(entry.name) := $; \(body))"
            }
            node = .string("{% [\(body)] %}")
        }

        private static func list(_ value: WrittenValue, _ arguments: TaskArguments) -> YAMLNode? {
            if let task = TaskArguments.reference(value) {
                return arguments.output(of: task).map { .string("{% \($0) %}") }
            }
            guard let items = value.items, !items.isEmpty, TaskArguments.isConstant(value) else { return nil }
            return value.node.withoutHoles
        }

        /// JSON, which is JSONata too.
        static func json(_ node: YAMLNode) -> String {
            switch node.content {
            case .scalar(let text, .plain): return text
            case .scalar(let text, _):
                let isExpression = text.hasPrefix("{% ") && text.hasSuffix(" %}")
                return isExpression ? "(\(text.dropFirst(3).dropLast(3)))" : JSONText.literal(text)
            case .sequence(let items): return "[" + items.map(json).joined(separator: ", ") + "]"
            case .mapping(let entries):
                return "{" + entries.map { "\(JSONText.literal($0.key)): \(json($0.value))" }.joined(separator: ", ")
                    + "}"
            }
        }
    }
}
