internal import DorcModel

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
    let workflow: Workflow
    let maxActiveRuns: Int?
    let targets: Targets

    /// What the actions of steps speak of.
    struct Targets {
        /// Nil for a function that is left out since it has mistakes.
        let call: (String) -> FunctionCall?
        let stateMachine: (PipelineID) -> Reference
    }

    /// `shape` is the workflow's own; nil for one without steps.
    func compile(_ shape: WorkflowShape?, into diagnostics: inout Diagnostics) -> StateList {
        guard let shape else { return StateList(start: "", states: []) }
        guard let data = shape.data else {
            let step = shape.decomposition.tooDeep.map { workflow.steps[$0] }
            diagnostics.report(.tooDeep(at: step?.range ?? .whole("")))
            return StateList(start: "", states: [])
        }
        var names = StateNames(Set(workflow.steps.map(\.name)))
        var limit = maxActiveRuns.map { RunLimit($0, &names) }
        var compiler = PartCompiler(workflow: workflow, targets: targets, names: names)
        compiler.crossing = shape.decomposition.crossing
        let part = PartCompiler.Part(
            block: shape.decomposition.block, plan: data, precedence: shape.precedence, copy: PathCopy())
        let states = compiler.states(of: part, next: .end)
        diagnostics.report(contentsOf: compiler.internalErrors)
        if let step = compiler.tooDeep { diagnostics.report(.tooDeep(at: workflow.steps[step].range)) }
        if compiler.hasTooManyCopies { diagnostics.report(.tooManyCopies(workflow)) }
        for steps in compiler.crossing { diagnostics.report(.crossing(steps.map { workflow.steps[$0] })) }
        limit?.next = states.start
        return StateList(start: limit?.start ?? states.start, states: (limit?.states ?? []) + states.states)
    }
}

extension Diagnostic {
    fileprivate static func tooManyCopies(_ workflow: Workflow) -> Diagnostic {
        let first = workflow.steps.first { $0.isOnlyOnError }
        return Diagnostic(
            "definition-too-large", at: first?.range ?? .whole(""),
            "the error paths need too many states: each step after which an error path goes on has a copy of it",
            help: "let fewer handlers have a `catch` of their own, or end paths with `then: fail`")
    }

    static func tooDeep(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "too-deep", at: range,
            "`Parallel` states would be more than \(Decomposition.depthLimit) deep inside each other from here on",
            help: "let steps that run side by side meet more often, or move a part into a pipeline of its own")
    }

    fileprivate static func crossing(_ steps: [Step]) -> Diagnostic {
        let names = steps.prefix(8).map { "`\($0.name)`" }.joined(separator: ", ") + (steps.count > 8 ? ", …" : "")
        return Diagnostic(
            "crossing-steps", .note, at: steps.first?.range ?? .whole(""),
            "these \(steps.count) steps cross, and run level by level: \(names)",
            help: "that is correct, and a little less parallel: a step may wait for others than those in its `after`")
    }
}
