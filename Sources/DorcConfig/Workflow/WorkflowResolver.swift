internal import DorcModel
internal import DorcText

/// `steps` -> Workflow, for one environment.
///
///     [StepSection] -> names and edges       which step runs after which             (StepGraph)
///                   -> [Step]                what each step does                     (StepResolver)
///                   -> checked               cycles, error paths                    (StepCycleCheck, ErrorPathCheck)
struct WorkflowResolver {
    let file: PipelineFile
    let scope: VariableScope
    let known: Set<PipelineID>
    let defaultRetry: Retry?

    func workflow(into diagnostics: inout Diagnostics) -> Workflow {
        let sections = (file.steps?.value ?? []).map(\.value)
        let graph = StepGraph(sections, into: &diagnostics)
        let resolver = StepResolver(
            scope: scope, known: known, defaultRetry: defaultRetry, graph: graph,
            pipelineActions: file.permissions?.value.flatMap { $0.value.actions?.value.map(\.value) ?? [] })
        var steps: [Step] = []
        for (index, section) in sections.enumerated() {
            if let step = resolver.step(section, at: index, into: &diagnostics) { steps.append(step) }
        }
        guard steps.count == sections.count else { return Workflow(steps: []) }
        let workflow = Workflow(steps: steps)
        guard StepCycleCheck.run(workflow, into: &diagnostics), graph.isSound,
            ErrorPathCheck(workflow: workflow, sections: sections).run(into: &diagnostics)
        else { return Workflow(steps: []) }
        return workflow
    }
}
