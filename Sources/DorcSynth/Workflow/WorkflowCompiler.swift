internal import DorcModel
internal import DorcText

/// Workflow -> the states of its machine.
///
///     Workflow   -> WorkflowShape   what follows from its edges alone:
///                -> Precedence      which step comes before which
///                -> Block           what runs one after another, what side by side           (Decomposition, LevelCut)
///                -> DataPlan        where each step's event comes from, which outputs are kept in variables
///                -> StateList       the states                                               (PartCompiler, StepStates)
///
/// An error path is compiled like the steps themselves, at each place that leads to it.
struct WorkflowCompiler {
    let pipeline: PipelineInEnvironment
    let targets: Targets

    private var workflow: Workflow { pipeline.workflow }

    /// What the actions of steps speak of.
    struct Targets {
        /// Nil for a function that is left out since it has mistakes.
        let call: (String) -> FunctionCall?
        let stateMachine: (PipelineID) -> Reference
    }

    /// `shape` is the workflow's own; nil for one without steps.
    func compile(_ shape: WorkflowShape?, into diagnostics: inout Diagnostics) -> StateList {
        guard let shape else { return StateList(start: "", states: []) }
        let parts = [shape.main, shape.last].compactMap { $0 }
        let plans = parts.compactMap(\.data)
        guard plans.count == parts.count, let plan = plans.first else {
            let step = parts.lazy.compactMap(\.decomposition.tooDeep).first.map { workflow.steps[$0] }
            diagnostics.report(.tooDeep(at: step?.range ?? .whole("")))
            return StateList(start: "", states: [])
        }
        var names = StateNames(Set(workflow.steps.map(\.name)))
        let preamble = Preamble(pipeline, &names)
        var compiler = PartCompiler(workflow: workflow, targets: targets, names: names)
        compiler.crossing = parts.flatMap(\.decomposition.crossing)
        func part(_ part: WorkflowShape.Part, _ plan: DataPlan, input: StateValue) -> PartCompiler.Part {
            PartCompiler.Part(
                block: part.decomposition.block, plan: plan, precedence: part.precedence, copy: PathCopy(),
                input: input)
        }
        var finally = shape.last.map { _ in FinallyStates(input: preamble.input, &compiler.names) }
        var states = compiler.states(of: part(shape.main, plan, input: preamble.input), next: .end)
        if let last = shape.last, let lastPlan = plans.last {
            let after = compiler.states(
                of: part(last, lastPlan, input: FinallyStates.event), next: .next(finally?.end ?? ""))
            finally?.steps = states
            finally?.after = after
            states = finally?.states ?? states
        }
        diagnostics.report(contentsOf: compiler.internalErrors)
        if let step = compiler.tooDeep { diagnostics.report(.tooDeep(at: workflow.steps[step].range)) }
        if compiler.hasTooManyCopies { diagnostics.report(.tooManyCopies(workflow)) }
        for steps in compiler.crossing { diagnostics.report(.crossing(steps.map { workflow.steps[$0] })) }
        guard let before = preamble.states(before: states.start) else { return states }
        return StateList(start: before.start, states: before.states + states.states)
    }
}

extension Diagnostic {
    fileprivate static func tooManyCopies(_ workflow: Workflow) -> Diagnostic {
        let first = workflow.steps.first { $0.isOnlyOnError }
        return Diagnostic(
            .definitionTooLarge, at: first?.range ?? .whole(""),
            "the error paths need too many states: each step after which an error path goes on has a copy of it",
            help: "let fewer handlers have a `catch` of their own, or end paths with `then: fail`")
    }

    static func tooDeep(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .tooDeep, at: range,
            "`Parallel` states would be more than \(Decomposition.depthLimit) deep inside each other from here on",
            help: "let steps that run side by side meet more often, or move a part into a pipeline of its own")
    }

    fileprivate static func crossing(_ steps: [Step]) -> Diagnostic {
        let names = steps.prefix(8).map { "`\($0.name)`" }.joined(separator: ", ") + (steps.count > 8 ? ", …" : "")
        return Diagnostic(
            .crossingSteps, at: steps.first?.range ?? .whole(""),
            "these \(steps.count) steps cross, and run level by level: \(names)",
            help: "that is correct, and a little less parallel: a step may wait for more than those in its `after`")
    }
}
