internal import DorcModel
internal import DorcText
internal import Schedules

/// StepSection -> Step, for one environment.
struct StepResolver {
    let context: ResolutionContext
    let defaultRetry: Retry?
    let graph: StepGraph
    /// IAM's actions that the pipeline's own `permissions` allow; nil where it has none.
    let pipelineActions: [String]?
    /// Those that expressions may read.
    let variables: Set<String>
    /// The names that `parameters` declares.
    let parameters: [String]

    /// Nil where the step's name or action cannot be told; that has been reported.
    func step(_ section: PipelineFile.StepSection, at index: Int, into diagnostics: inout Diagnostics) -> Step? {
        guard let name = graph.names[index] else { return nil }
        let (catchers, catchersAreSound) = catchers(of: section, at: index, &diagnostics)
        guard let action = action(of: section, &diagnostics), catchersAreSound else { return nil }
        var step = Step(
            name: name.value, range: name.range, action: action, predecessors: graph.predecessors[index],
            timeout: section.timeout?.value, catchers: catchers, isOnlyOnError: section.onlyOnError?.value ?? false,
            failsRun: section.then?.value == .fail)
        step.actionRange = (section.pipeline?.range ?? name.range).firstLine
        step.timeoutRange = section.timeout?.range
        step.isFinally = graph.isFinally(index)
        var expressions: ExpressionCheck {
            ExpressionCheck(
                context: context, stepsBefore: graph.stepsBefore(index), variables: variables, parameters: parameters)
        }
        // What the call of each item has.
        var call: ExpressionCheck {
            var check = expressions
            check.isInRunOfItem = section.forEach?.value.isDistributed == true
            return check
        }
        if let arguments = section.arguments {
            var check = call
            // The arguments of a step with `for_each` are worked out for each item.
            check.hasItem = section.forEach != nil
            step.arguments = check.expand(arguments.value, &diagnostics)
        }
        step.condition = section.when.map { expressions.condition($0, &diagnostics) }
        if let iteration = section.forEach {
            step.iteration = IterationResolver(expressions: expressions)
                .iteration(iteration.value, of: section, into: &diagnostics)
        }
        if case .wait = action {
        } else {
            step.retry = section.retry.map { Retry($0.value, context, &diagnostics) } ?? defaultRetry
        }
        step.command = section.command?.value.map { call.expand($0, &diagnostics) }
        step.environment =
            section.environment?.value.entries.map { entry in
                (entry.key.value, call.expand(entry.value, &diagnostics))
            } ?? []
        step.environmentRanges = section.environment?.value.entries.map(\.key.range) ?? []
        step.overridesRange = (section.command?.range ?? section.environment?.range)?.firstLine
        step.argumentsRange = section.arguments?.range.firstLine
        MapErrorCheck.run(section, context, into: &diagnostics)
        step.permissions = Permission.resolve(section.permissions?.value ?? [], context, into: &diagnostics)
        if case .task(let task) = action { check(task, section, step, name, &diagnostics) }
        return step
    }

    private func check(
        _ task: TaskResource, _ section: PipelineFile.StepSection, _ step: Step, _ name: Located<String>,
        _ diagnostics: inout Diagnostics
    ) {
        let isSilent = section.permissions == nil && !section.writtenKeys.contains("permissions")
        guard case .integration(let text) = task, let integration = Integration(text) else {
            if isSilent, pipelineActions == nil { diagnostics.report(.taskWithoutPermissions(name)) }
            return
        }
        let place = section.task?.range ?? name.range
        if integration.pattern == .waitForTaskToken, step.arguments.map(TaskToken.isIn) != true {
            diagnostics.report(.noTaskToken(at: place))
        }
        if case .object(let members)? = step.arguments {
            RequestFields.check(members.map(\.name), isJSONPath: false, of: integration, at: place, &diagnostics)
        }
        if isSilent, pipelineActions == nil, !integration.rights.isEmpty || integration.isSDK {
            diagnostics.report(.taskWithoutPermissions(name, integration.rights))
            CallPermissionCheck.checkFollowing(integration, at: place, into: &diagnostics)
        } else {
            CallPermissionCheck(actions: step.permissions.flatMap(\.actions) + (pipelineActions ?? []))
                .run(integration, at: place, into: &diagnostics)
        }
    }

    private func action(of section: PipelineFile.StepSection, _ diagnostics: inout Diagnostics) -> Step.Action? {
        switch PipelineFile.StepSection.type.alternative(of: section) {
        case "function": return function(of: section, &diagnostics)
        case "pipeline": return section.pipeline.flatMap { pipeline($0, section, &diagnostics) }
        case "task":
            guard let task = section.task else { return nil }
            return TaskResource.parse(context.expand(task, &diagnostics), at: task.range, into: &diagnostics)
                .map(Step.Action.task)
        case "wait": return section.wait.flatMap { wait($0.value, &diagnostics) }
        default: return nil
        }
    }

    private func function(of section: PipelineFile.StepSection, _ diagnostics: inout Diagnostics) -> Step.Action? {
        guard let name = section.writtenFunction else { return nil }
        guard Names.isFolder(name.value) else {
            diagnostics.report(
                .invalidName(
                    name.value, of: "a function's name",
                    rule: "give the step a `function` whose folder has a possible name",
                    at: name.range))
            return nil
        }
        return .function(name.value)
    }

    private func pipeline(
        _ id: Located<PipelineID>, _ section: PipelineFile.StepSection, _ diagnostics: inout Diagnostics
    ) -> Step.Action? {
        guard id.value != context.pipeline else {
            diagnostics.report(.runsItself(id))
            return nil
        }
        guard context.project.pipelines.contains(id.value) else {
            diagnostics.report(.unknownPipeline(id, known: context.project.pipelines))
            return nil
        }
        return .pipeline(id.value, waits: section.waitForCompletion?.value ?? true)
    }

    private func wait(_ section: PipelineFile.WaitSection, _ diagnostics: inout Diagnostics) -> Step.Action? {
        if let duration = section.duration { return .wait(.duration(duration.value)) }
        guard let until = section.until else { return nil }
        let text = ExpressionCheck(context: context, variables: variables, parameters: parameters).time(
            until, &diagnostics)
        if !text.isExpression, UTCTime(text.sample)?.hasTime != true {
            diagnostics.report(
                .invalidValue(
                    text.sample, expected: "a time in UTC", at: until.range.firstLine,
                    help: "as in `2030-01-01T06:00:00Z`, or JSONata that gives such a string"))
        }
        return .wait(.until(text))
    }

    private func catchers(
        of section: PipelineFile.StepSection, at index: Int, _ diagnostics: inout Diagnostics
    ) -> (catchers: [Step.Catcher], areSound: Bool) {
        let written = section.catch?.value ?? []
        var catchers: [Step.Catcher] = []
        for (position, located) in written.enumerated() {
            let names = located.value.errors?.value.compactMap { text in
                context.literal(text, "an error's name", &diagnostics).map { Located($0, text.range) }
            }
            ErrorName.check(list: names ?? [], &diagnostics)
            let errors = names?.map(\.value) ?? Defaults.retryErrors
            if errors.contains("States.ALL"), position < written.count - 1 {
                diagnostics.report(.catchesAllBeforeLast(at: located.value.errors?.range ?? located.range))
            }
            guard let next = located.value.next, let handler = graph.step(next, at: index, into: &diagnostics) else {
                continue
            }
            catchers.append(Step.Catcher(errors: errors, handler: handler))
        }
        return (catchers, catchers.count == written.count)
    }
}

extension Diagnostic {
    fileprivate static func taskWithoutPermissions(_ name: Located<String>, _ rights: [String] = []) -> Diagnostic {
        let actions = rights.isEmpty ? "its actions" : rights.map { "`\($0)`" }.joined(separator: ", ")
        return Diagnostic(
            .taskWithoutPermissions, at: name.range,
            "the task `\(name.value)` has no `permissions`: AWS will refuse it unless another policy of the role allows it",
            help: "allow \(actions) on its resources, or write `[]` if `additional_state_machine_role_policy_arn` does")
    }

    fileprivate static func runsItself(_ id: Located<PipelineID>) -> Diagnostic {
        Diagnostic(
            .pipelineCycle, at: id.range, "the pipeline `\(id.value)` would run itself, without end",
            help: "name another pipeline, or remove the step")
    }

    fileprivate static func catchesAllBeforeLast(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .retryErrors, at: range.firstLine, "`States.ALL` belongs in the last `catch`",
            help: "it covers all errors: those after it would catch nothing")
    }

    static func unknownPipeline(_ id: Located<PipelineID>, known: Set<PipelineID>) -> Diagnostic {
        Diagnostic(
            .unknownPipeline, at: id.range, "there is no pipeline `\(id.value)`",
            help: "a pipeline is named by its folders, `layer/name`",
            replacement: Suggestion.closest(to: id.value.description, among: known.map(\.description).sorted()))
    }
}
