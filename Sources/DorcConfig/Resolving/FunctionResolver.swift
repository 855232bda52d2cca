internal import DorcModel
internal import DorcText

/// The functions in use, with their settings, environment variables and images.
struct FunctionResolver {
    let file: PipelineFile
    /// Each with the place of its first use.
    let uses: [String: SourceRange]
    /// Whether a machine of the user's calls them, which calls Lambdas only.
    var areCalledByDefinition = false
    /// How long a run takes at most.
    let runTimeout: (ResolutionContext) -> Duration

    struct Functions {
        /// By name.
        var all: [Function] = []
        /// Of the function that keeps its logs longest; where there is none, that of `defaults`.
        var longestLogRetention: Int
    }

    func functions(_ context: ResolutionContext, _ diagnostics: inout Diagnostics) -> Functions {
        let overrides = context.overrides(of: file)
        var shared = context.functionSettings
        for section in [file.defaults?.value, overrides?.defaults?.value] {
            if let section { shared.apply(section.settings) }
        }
        let sharedAccess =
            context.access
            + [file.defaults?.value.access, file.access, overrides?.defaults?.value.access, overrides?.access]
            .compactMap { $0 }
        var functions = Functions(longestLogRetention: shared.logRetentionDays)
        functions.all.reserveCapacity(uses.count)
        for (name, range) in uses.sorted(by: { $0.key < $1.key }) {
            let sections = [file.functions?.value[name], overrides?.functions?.value[name]].compactMap { $0 }
            var settings = shared
            for section in sections { settings.apply(section.settings) }
            let compute = settings.compute.flatMap {
                ComputeResolver(context: context, function: name).compute($0, into: &diagnostics)
            }
            let environment = FunctionEnvironment(
                sections, context,
                runtime: compute == nil ? .lambda : sections.contains { $0.image != nil } ? .container : .job,
                into: &diagnostics)
            var function = Function(
                name: name, range: range, memory: settings.memory,
                timeout: compute != nil && settings.timeoutRange == nil ? jobTimeout(context) : settings.timeout,
                ephemeralStorage: settings.ephemeralStorage, logRetentionDays: settings.logRetentionDays,
                environment: environment.variables,
                access: AccessResolver(context: context).access(
                    sharedAccess + sections.compactMap(\.access), &diagnostics), image: .built)
            function.compute = compute
            function.hasOwnTimeout = settings.timeoutRange != nil
            function.secrets = environment.secrets
            for section in sections { apply(section, to: &function, context, &diagnostics) }
            RuntimeCheck(function: function, sections: sections, settings: settings).run(into: &diagnostics)
            if compute != nil, areCalledByDefinition, let place = settings.compute?.range {
                diagnostics.report(
                    .jobSetting(
                        "a `definition` calls Lambdas, and the function `\(name)` runs as a job",
                        "write the workflow as `steps`, or remove `compute`", at: place.firstLine))
            }
            functions.all.append(function)
        }
        if let longest = functions.all.map(\.logRetentionDays).max() { functions.longestLogRetention = longest }
        return functions
    }

    /// A job that says nothing may take as long as its run.
    private func jobTimeout(_ context: ResolutionContext) -> Duration {
        Duration(min(max(runTimeout(context).seconds, BatchLimit.shortestTimeout), BatchLimit.longestTimeout))
    }

    private func apply(
        _ section: FunctionSection, to function: inout Function, _ context: ResolutionContext,
        _ diagnostics: inout Diagnostics
    ) {
        if let permissions = section.permissions {
            function.permissions = Permission.resolve(permissions.value, context, into: &diagnostics)
        }
        if let command = section.command {
            function.command = command.value.map { text in
                let expanded = context.expand(text, &diagnostics)
                TemplateHazard.checkReference(expanded.sample, at: text.range, &diagnostics)
                return expanded
            }
        }
        if let calls = section.reservedConcurrency { function.reservedConcurrency = calls.value }
        guard let image = section.image else { return }
        let text = context.expand(image, &diagnostics)
        if function.compute != nil {
            // Jobs take images from any registry.
            if !ImageURI.isReference(text.sample) {
                diagnostics.report(
                    .invalidValue(
                        text.sample, expected: "an image with a tag or digest", at: image.range.firstLine,
                        help: "as in `\(ImageURI.example(like: text.sample))` or `docker.io/library/python:3.13`"))
            }
        } else if !ImageURI.isValid(text.sample) {
            diagnostics.report(
                .invalidValue(
                    text.sample, expected: "an ECR image with a tag or digest", at: image.range.firstLine,
                    help:
                        "as in `\(ImageURI.example(like: text.sample))`; Lambda takes images from ECR only"
                ))
        } else {
            checkRegion(of: text.sample, at: image.range.firstLine, context, &diagnostics)
        }
        if ImageURI.isMutable(text.sample) { diagnostics.report(.mutableImage(at: image.range.firstLine)) }
        function.image = .external(text)
    }

    private func checkRegion(
        of image: String, at place: SourceRange, _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) {
        guard let region = ImageURI.region(image), region != context.region, !context.region.isEmpty else { return }
        let environment = context.environment
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
}
