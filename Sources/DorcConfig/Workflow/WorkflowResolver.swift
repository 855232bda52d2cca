internal import DorcModel
internal import DorcText

/// `steps` -> Workflow, for one environment.
///
///     [StepSection] -> names and edges       which step runs after which             (StepGraph)
///                   -> [Step]                what each step does                     (StepResolver)
///                   -> checked               cycles, error paths                    (StepCycleCheck, ErrorPathCheck)
struct WorkflowResolver {
    let file: PipelineFile
    let graph: StepGraph

    private let sections: [Located<PipelineFile.StepSection>]

    /// More do not fit into the 1 MiB of a definition: the smallest state, a wait, takes 48 bytes of it.
    private static let mostSteps = 21_845

    init(_ file: PipelineFile, into diagnostics: inout Diagnostics) {
        self.file = file
        sections = Self.counted(file, into: &diagnostics)
        graph = StepGraph(sections, finallyFrom: file.steps?.value.count ?? 0, into: &diagnostics)
    }

    /// The steps, none where they are too many.
    private static func counted(
        _ file: PipelineFile, into diagnostics: inout Diagnostics
    ) -> [Located<PipelineFile.StepSection>] {
        let steps = file.allSteps
        guard steps.count > mostSteps else { return steps }
        diagnostics.report(
            .tooLarge(
                "a workflow of \(steps.count) steps",
                allowed: "at most \(mostSteps) fit into a state machine's definition, 1 MiB",
                at: (file.steps?.range ?? file.range).firstLine))
        return []
    }

    func workflow(_ context: ResolutionContext, _ diagnostics: inout Diagnostics) -> Workflow {
        let resolver = StepResolver(
            context: context, defaultRetry: defaultRetry(context, &diagnostics), graph: graph,
            pipelineActions: file.permissions?.value.flatMap { $0.value.actions?.value.map(\.value) ?? [] },
            variables: ParametersResolver.exist(file, context) ? [Workflow.inputVariable] : [],
            parameters: ParametersResolver.names(file, context))
        var steps: [Step] = []
        steps.reserveCapacity(sections.count)
        for index in sections.indices {
            if let step = resolver.step(sections[index].value, at: index, into: &diagnostics) { steps.append(step) }
        }
        guard steps.count == sections.count else { return Workflow(steps: []) }
        let workflow = Workflow(steps: steps)
        guard StepCycleCheck.run(workflow, into: &diagnostics), graph.isSound,
            ErrorPathCheck(workflow: workflow, sections: sections).run(into: &diagnostics)
        else { return Workflow(steps: []) }
        return workflow
    }

    /// That of the strongest `defaults` that have one, in the order of `FunctionSettings`.
    private func defaultRetry(_ context: ResolutionContext, _ diagnostics: inout Diagnostics) -> Retry? {
        let overridesHaveOne =
            file.environments?.value.entries.contains { $0.value.defaults?.value.retry != nil } == true
        let own = overridesHaveOne ? context.overrides(of: file)?.defaults?.value.retry?.value : nil
        let section = own ?? file.defaults?.value.retry?.value ?? context.retry
        return section.map { Retry($0, context, &diagnostics) }
    }
}
