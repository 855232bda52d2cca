internal import DorcModel
internal import DorcText

/// PipelineFile x Environment -> PipelineDefinition: defaults and overrides applied from weak to strong, variables
/// replaced.
struct PipelineResolver {
    let file: PipelineFile
    let projectFile: ProjectFile
    let environment: Environment
    let scope: VariableScope
    let pipeline: PipelineID
    let known: Set<PipelineID>
    /// Instead of steps.
    let raw: RawDefinition?
    /// The functions that are used, each with the place of its first use.
    let uses: [String: SourceRange]

    func definition(into diagnostics: inout Diagnostics) -> PipelineDefinition {
        let description = file.description.flatMap { scope.literal($0, "the description", &diagnostics) }
        if let place = file.description?.range, let description { checkDescription(description, place, &diagnostics) }
        let layers = SettingLayers(
            projectFile: projectFile, file: file, environment: environment.name)
        let workflow = WorkflowResolver(
            file: file, scope: scope, known: known, defaultRetry: layers.retry(scope, &diagnostics)
        )
        .workflow(into: &diagnostics)
        let functions = functions(layers, &diagnostics)
        TimeoutCheck.run(workflow, functions, into: &diagnostics)
        let triggers = TriggerResolver(
            pipeline: pipeline, file: file, environment: environment, scope: scope, known: known
        ).triggers(into: &diagnostics)
        let machine = raw?.resolved(scope, into: &diagnostics)
        let ownPermissions = Permission.resolve(file.permissions?.value ?? [], scope, into: &diagnostics)
        raw?.checkCalls(
            ownPermissions.flatMap(\.actions), areWritten: file.writtenKeys.contains("permissions"), into: &diagnostics)
        let writtenTimeout = overrides?.timeout ?? file.timeout
        let timeout = writtenTimeout?.value ?? Defaults.runTimeout
        let maxActiveRuns = overrides?.maxActiveRuns?.value ?? file.maxActiveRuns?.value
        RunTimeoutCheck(workflow: workflow, timeout: timeout, place: writtenTimeout?.range).run(into: &diagnostics)
        if let place = writtenTimeout?.range, machine?.hasTimeout == true {
            diagnostics.report(.twoTimeouts(at: place))
        }
        let areEnabled = overrides?.triggersEnabled?.value ?? true
        if maxActiveRuns == 1, areEnabled, writtenTimeout != nil {
            OverlapCheck.run(triggers, timeout, into: &diagnostics)
        }
        let ownRetention = LogRetention.days(layers.shared(\.logRetention) ?? Defaults.logRetention) ?? 30
        return PipelineDefinition(
            description: description, tags: tags(&diagnostics),
            timeout: timeout, timeoutRange: writtenTimeout?.range, maxActiveRuns: maxActiveRuns,
            permissions: ownPermissions + workflow.steps.flatMap(\.permissions),
            logRetentionDays: functions.map(\.logRetentionDays).max() ?? ownRetention, functions: functions,
            workflow: workflow, machine: machine,
            triggers: triggers,
            triggersEnabled: areEnabled)
    }

    private var overrides: PipelineFile.OverridesSection? { file.environments?.value[environment.name] }

    /// CloudFormation: a template's description has at most 1,024 bytes.
    private func checkDescription(_ text: String, _ place: SourceRange, _ diagnostics: inout Diagnostics) {
        TemplateHazard.check(text, at: place, &diagnostics)
        guard text.utf8.count > 1024 else { return }
        diagnostics.report(
            .tooLarge(
                "a description of \(text.utf8.count) bytes", allowed: "at most 1024 are possible", at: place.firstLine))
    }

    private func tags(_ diagnostics: inout Diagnostics) -> [String: String] {
        var tags = environment.tags
        func add(_ key: Located<String>, _ text: Located<VariableText>) {
            guard let literal = scope.literal(text, "a tag", &diagnostics),
                let value = TagRule.value(literal, at: text.range.firstLine, into: &diagnostics)
            else { return }
            TagMerge.add(key, value, to: &tags, &diagnostics)
        }
        for entry in file.tags?.value.entries ?? [] { add(entry.key, entry.value) }
        if let owner = file.owner { add(Located("owner", owner.range), owner) }
        // Too many in dorc.yaml are told there.
        if let place = file.tags?.range ?? file.owner?.range { TagMerge.checkCount(tags, at: place, &diagnostics) }
        return tags
    }

    private func functions(_ layers: SettingLayers, _ diagnostics: inout Diagnostics) -> [Function] {
        uses.sorted { $0.key < $1.key }.map { name, range in
            var function = Function(
                name: name, range: range, memory: layers.setting(name, \.memory, \.memory) ?? Defaults.memory,
                timeout: layers.setting(name, \.timeout, \.timeout) ?? Defaults.functionTimeout,
                ephemeralStorage: layers.setting(name, \.ephemeralStorage, \.ephemeralStorage)
                    ?? Defaults.ephemeralStorage,
                logRetentionDays: LogRetention.days(
                    layers.setting(name, \.logRetention, \.logRetention) ?? Defaults.logRetention) ?? 30,
                environment: [], image: .built)
            applySections(layers.sections(of: name), to: &function, &diagnostics)
            return function
        }
    }

    private func applySections(
        _ sections: [FunctionSection], to function: inout Function, _ diagnostics: inout Diagnostics
    ) {
        function.environment = FunctionEnvironment(sections, scope, into: &diagnostics).variables
        for section in sections {
            if let permissions = section.permissions {
                function.permissions = Permission.resolve(permissions.value, scope, into: &diagnostics)
            }
            if let image = section.image {
                let text = scope.expand(image, &diagnostics)
                if !ImageURI.isValid(text.sample) {
                    diagnostics.report(
                        .invalidValue(
                            text.sample, expected: "an ECR image with a tag or digest", at: image.range.firstLine,
                            help:
                                "as in `\(ImageURI.example(like: text.sample))`; Lambda takes images from ECR only"
                        ))
                } else {
                    checkRegion(of: text.sample, at: image.range.firstLine, &diagnostics)
                }
                if ImageURI.isMutable(text.sample) { diagnostics.report(.mutableImage(at: image.range.firstLine)) }
                function.image = .external(text)
            }
        }
    }

    private func checkRegion(of image: String, at place: SourceRange, _ diagnostics: inout Diagnostics) {
        guard let region = ImageURI.region(image), region != environment.region, !environment.region.isEmpty else {
            return
        }
        diagnostics.report(
            Diagnostic(
                .imageRegion, at: place,
                "the image is in \(region), the environment `\(environment.name)` in \(environment.region)",
                help: "Lambda pulls images from its own region only: write `${region}` for it"))
    }
}

extension Diagnostic {
    fileprivate static func mutableImage(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .mutableImage, at: range,
            "the tag `latest` moves: a new image under it changes no template, so it is never deployed",
            help: "name the image by its digest, as in `...@sha256:<64 digits>`, or by a tag of its version")
    }

    fileprivate static func twoTimeouts(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .twoTimeouts, at: range, "the definition has a `TimeoutSeconds` of its own",
            help: "take one of the two out")
    }
}
