internal import DorcModel
internal import DorcText

/// WrittenPipeline -> Pipeline: part by part, each in every environment.
struct PipelineResolver {
    private let written: WrittenPipeline
    private let settings: ProjectSettings
    /// One for each environment.
    private let contexts: [ResolutionContext]

    private var file: PipelineFile { written.file }

    /// What holds for the runs of the pipeline.
    private struct RunSettings {
        var timeout: Duration
        /// Nil for the default.
        var timeoutRange: SourceRange?
        var maxActiveRuns: Int?
        var whenBusy: WhenBusy
        var triggersEnabled: Bool
    }

    init(_ written: WrittenPipeline, in settings: ProjectSettings) {
        self.written = written
        self.settings = settings
        contexts = settings.environments.map {
            ResolutionContext(settings, environment: $0, pipeline: written.id)
        }
    }

    func pipeline(into diagnostics: inout Diagnostics) -> Pipeline {
        var findings = Diagnostics()
        checkEnvironments(&findings)
        let environments = environments(&findings)
        if file.stepsHaveErrors(in: findings) {
            // What uses the functions has mistakes: what it uses is not known.
        } else {
            for finding in written.unusedFindings { findings.report(finding) }
        }
        diagnostics.report(contentsOf: findings)
        let range = file.steps?.range ?? file.definition?.range ?? file.range.file.wholeFile
        return Pipeline(
            id: written.id, file: file.range.file, workflowRange: range.firstLine, images: images(environments),
            environments: environments)
    }

    /// One for Lambdas, one for jobs, or both, where environments differ.
    private func images(_ environments: [PipelineInEnvironment]) -> [FunctionImage] {
        written.images.flatMap { image -> [FunctionImage] in
            let uses = environments.compactMap { $0.functions.first { $0.name == image.function } }
            var job = image
            job.isJob = true
            let isJob = uses.contains { $0.compute != nil }
            return (isJob && uses.allSatisfy { $0.compute != nil } ? [] : [image]) + (isJob ? [job] : [])
        }
    }

    private func checkEnvironments(_ diagnostics: inout Diagnostics) {
        guard settings.reportsVariables else { return }
        var mentioned = file.environments?.value.entries.map(\.key) ?? []
        for trigger in file.triggers?.value ?? [] { mentioned += trigger.value.environments?.value ?? [] }
        guard !mentioned.isEmpty else { return }
        let names = settings.environments.map(\.environment.name)
        for name in mentioned where !names.contains(name.value) {
            diagnostics.report(.unknownEnvironment(name, known: names))
        }
    }

    private func environments(_ diagnostics: inout Diagnostics) -> [PipelineInEnvironment] {
        checkWhenBusy(&diagnostics)
        let descriptions = part(&diagnostics, description)
        let runs = part(&diagnostics) { context, _ in runSettings(context) }
        let resolver = WorkflowResolver(file, into: &diagnostics)
        let workflows = part(&diagnostics, resolver.workflow)
        let parameters = part(&diagnostics, ParametersResolver(file: file).parameters)
        let functions = part(
            &diagnostics,
            FunctionResolver(
                file: file, uses: written.uses, areCalledByDefinition: written.machine != nil,
                runTimeout: { runSettings($0).timeout }
            ).functions)
        workflows.forEach(with: functions) {
            TimeoutCheck.run($0, $1.all, into: &diagnostics)
            ContainerCheck.run($0, $1.all, into: &diagnostics)
            ExpressMapCheck.run($0, $1.all, into: &diagnostics)
            ReservationCheck.run($0, $1.all, into: &diagnostics)
        }
        let triggers = part(&diagnostics) { context, diagnostics in
            TriggerResolver(file: file, context: context).triggers(into: &diagnostics)
        }
        let machines = part(&diagnostics) { context, diagnostics in
            written.machine?.resolved(context, into: &diagnostics)
        }
        let permissions = part(&diagnostics) { context, diagnostics in
            Permission.resolve(file.permissions?.value ?? [], context, into: &diagnostics)
        }
        if !contexts.isEmpty {
            written.machine?.checkCalls(
                permissions[0].flatMap(\.actions), areWritten: file.writtenKeys.contains("permissions"),
                into: &diagnostics)
        }
        workflows.forEach(with: runs) { workflow, run in
            RunTimeoutCheck(workflow: workflow, timeout: run.timeout, place: run.timeoutRange).run(into: &diagnostics)
            if let place = run.timeoutRange, written.machine?.hasTimeout == true {
                diagnostics.report(.twoTimeouts(at: place))
            }
        }
        functions.forEach(with: runs) { functions, run in
            // The steps are those of any environment.
            FunctionTimeoutCheck(functions: functions.all, timeout: run.timeout, place: run.timeoutRange)
                .run(workflows[0], into: &diagnostics)
        }
        triggers.forEach(with: runs) { triggers, run in
            guard run.maxActiveRuns == 1, run.triggersEnabled, run.timeoutRange != nil else { return }
            OverlapCheck.run(triggers, run.timeout, run.whenBusy, into: &diagnostics)
        }
        // Where something is wrong, what is meant is not known yet.
        for index in contexts.indices where !diagnostics.hasErrors {
            UnreadBucketCheck(file: file, context: contexts[index], functions: functions[index].all)
                .run(triggers[index], workflows[index], into: &diagnostics)
        }
        let tags = part(&diagnostics, tags)
        let notices = part(&diagnostics, NoticesResolver(file: file).notices)
        let alerts = part(&diagnostics, NoticesResolver(file: file).alert)
        alerts.forEach(with: runs) { alert, run in
            // A run that hangs fails, and is told, where its time is over before the alarm's.
            guard let alert, run.maxActiveRuns != nil, run.whenBusy == .skip,
                run.timeout.seconds >= alert.value.seconds
            else { return }
            diagnostics.report(.skippedSuccess(alert))
        }
        return contexts.indices.map { index in
            let (run, functions, workflow) = (runs[index], functions[index], workflows[index])
            var pipeline = PipelineInEnvironment(
                description: descriptions[index], tags: tags[index], timeout: run.timeout,
                timeoutRange: run.timeoutRange, maxActiveRuns: run.maxActiveRuns,
                parameters: parameters[index],
                permissions: permissions[index] + workflow.steps.flatMap(\.permissions),
                logRetentionDays: functions.longestLogRetention, functions: functions.all, workflow: workflow,
                machine: machines[index], triggers: triggers[index], triggersEnabled: run.triggersEnabled,
                notices: notices[index], alertWithoutSuccess: alerts[index])
            pipeline.whenBusy = run.whenBusy
            return pipeline
        }
    }

    /// It may be at the top of the file and the limit in an override, or the other way round.
    private func checkWhenBusy(_ diagnostics: inout Diagnostics) {
        let overrides = file.environments?.value.entries.map(\.value) ?? []
        let isLimited = file.maxActiveRuns != nil || file.writtenKeys.contains("max_active_runs")
        for (range, ownLimit) in [(file.whenBusy?.range, overrides.contains { $0.maxActiveRuns != nil })]
            + overrides.map({ ($0.whenBusy?.range, $0.writtenKeys.contains("max_active_runs")) })
        {
            if let range, !ownLimit, !isLimited {
                diagnostics.report(.misplaced("when_busy", "`max_active_runs`", at: range))
            }
        }
    }

    private func part<Part>(
        _ diagnostics: inout Diagnostics, _ resolve: (ResolutionContext, inout Diagnostics) -> Part
    ) -> PerEnvironment<Part> {
        PerEnvironment(contexts, into: &diagnostics, resolve)
    }

    private func runSettings(_ context: ResolutionContext) -> RunSettings {
        let overrides = context.overrides(of: file)
        let timeout = overrides?.timeout ?? file.timeout
        return RunSettings(
            timeout: timeout?.value ?? Defaults.runTimeout, timeoutRange: timeout?.range,
            maxActiveRuns: overrides?.maxActiveRuns?.value ?? file.maxActiveRuns?.value,
            whenBusy: overrides?.whenBusy?.value ?? file.whenBusy?.value ?? .wait,
            triggersEnabled: overrides?.triggersEnabled?.value ?? true)
    }

    /// CloudFormation: a template's description has at most 1,024 bytes.
    private func description(_ context: ResolutionContext, _ diagnostics: inout Diagnostics) -> String? {
        guard let written = file.description,
            let text = context.literal(written, "the description", &diagnostics)
        else { return nil }
        TemplateHazard.check(text, at: written.range, &diagnostics)
        if text.utf8.count > 1024 {
            diagnostics.report(
                .tooLarge(
                    "a description of \(text.utf8.count) bytes", allowed: "at most 1024 are possible",
                    at: written.range.firstLine))
        }
        return text
    }

    private func tags(_ context: ResolutionContext, _ diagnostics: inout Diagnostics) -> [String: String] {
        var tags = context.tags
        func add(_ key: Located<String>, _ text: Located<VariableText>) {
            guard let literal = context.literal(text, "a tag", &diagnostics),
                let value = TagRule.value(literal, at: text.range.firstLine, into: &diagnostics)
            else { return }
            TagMerge.add(key, value, to: &tags, &diagnostics)
        }
        for entry in file.tags?.value.entries ?? [] { add(entry.key, entry.value) }
        if let owner = file.owner { add(Located("owner", owner.range), owner) }
        // Too many in dorc.yaml are told there.
        return (file.tags?.range ?? file.owner?.range).map { TagMerge.counted(tags, at: $0, &diagnostics) } ?? tags
    }
}

extension Diagnostic {
    fileprivate static func unknownEnvironment(_ name: Located<String>, known: [String]) -> Diagnostic {
        Diagnostic(
            .unknownEnvironment, at: name.range, "there is no environment `\(name.value)` in dorc.yaml",
            help: "the environments are \(known.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: name.value, among: known))
    }

    fileprivate static func twoTimeouts(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .twoTimeouts, at: range, "the definition has a `TimeoutSeconds` of its own",
            help: "remove one of the two")
    }
}
