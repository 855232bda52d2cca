internal import DorcModel

/// Workflow -> StateMachineDefinition.
///
///     Workflow -> Block            (SeriesParallel)   which steps run one after another, which side by side
///     Block    -> StateSequence    (here)             the states, with the event that each step gets
///
/// The output of a sequence is that of its last step; where several steps are last, an object keyed by their names.
/// This is just what the next step's event is to be, so no data has to be kept aside.
struct WorkflowCompiler {
    let workflow: Workflow
    /// The state machine or function that a step's action speaks of.
    let function: (String) -> Reference
    let stateMachine: (PipelineID) -> Reference
    /// Seconds.
    let functionTimeout: (String) -> Int

    /// Step Functions waits a minute longer than Lambda does, so that Lambda's own answer tells of a timeout.
    static let timeoutMargin = 60

    func compile(into diagnostics: inout Diagnostics) -> StateSequence {
        guard !workflow.steps.isEmpty else { return StateSequence(states: []) }
        let shape = SeriesParallel(workflow)
        switch shape.decompose() {
        case .success(let block):
            reportRedundantEdges(shape, &diagnostics)
            return sequence(block)
        case .failure(let failure):
            diagnostics.report(.notSeriesParallel(failure.steps.map { workflow.steps[$0] }))
            return StateSequence(states: [])
        }
    }

    private func sequence(_ block: Block) -> StateSequence {
        switch block {
        case .step(let index): StateSequence(states: [task(workflow.steps[index])])
        case .series(let blocks): StateSequence(states: blocks.flatMap { sequence($0).states })
        case .parallel(let blocks): StateSequence(states: [parallel(blocks)])
        }
    }

    private func parallel(_ blocks: [Block]) -> NamedState {
        var outputs: [ParallelState.Output] = []
        for (branch, block) in blocks.enumerated() {
            let last = lastSteps(block)
            outputs += last.map {
                ParallelState.Output(key: workflow.steps[$0].name, branch: branch, isMember: last.count > 1)
            }
        }
        let names = blocks.flatMap(firstSteps).map { workflow.steps[$0].name }
        return NamedState(
            name: StateName.joined(names),
            state: .parallel(ParallelState(branches: blocks.map(sequence), outputs: outputs)))
    }

    private func task(_ step: Step) -> NamedState {
        let own = step.retry.map {
            Retrier(
                errors: $0.errors, interval: $0.interval.seconds, attempts: $0.attempts, backoffRate: $0.backoffRate,
                maxDelay: $0.maxDelay?.seconds, hasJitter: false)
        }
        let task =
            switch step.action {
            case .function(let name):
                TaskState(
                    action: .invoke(function(name)), arguments: step.arguments,
                    timeout: functionTimeout(name) + Self.timeoutMargin,
                    retriers: [.transientLambdaErrors] + [own].compactMap { $0 })
            case .pipeline(let id):
                TaskState(
                    action: .startExecution(stateMachine(id)), arguments: step.arguments, timeout: nil,
                    retriers: [own].compactMap { $0 })
            }
        return NamedState(name: step.name, state: .task(task))
    }

    private func firstSteps(_ block: Block) -> [Int] {
        switch block {
        case .step(let index): [index]
        case .series(let blocks): blocks.first.map(firstSteps) ?? []
        case .parallel(let blocks): blocks.flatMap(firstSteps)
        }
    }

    private func lastSteps(_ block: Block) -> [Int] {
        switch block {
        case .step(let index): [index]
        case .series(let blocks): blocks.last.map(lastSteps) ?? []
        case .parallel(let blocks): blocks.flatMap(lastSteps)
        }
    }

    /// `after: [a, b]` where `b` itself runs after `a`: the event would need `a`'s output from before `b`.
    private func reportRedundantEdges(_ shape: SeriesParallel, _ diagnostics: inout Diagnostics) {
        for step in workflow.steps where step.predecessors.count > 1 {
            for predecessor in step.predecessors
            where step.predecessors.contains(where: { shape.ancestors[$0].contains(predecessor) }) {
                diagnostics.report(.redundantEdge(step, workflow.steps[predecessor]))
            }
        }
    }
}

/// Names of states that are not steps.
enum StateName {
    /// Step Functions guide: at most 80 characters.
    private static let limit = 80

    /// No step's name has `, ` in it, so this can't be one.
    static func joined(_ names: [String]) -> String {
        let whole = names.joined(separator: ", ")
        guard whole.unicodeScalars.count > limit else { return whole }
        let ending = ", … (\(names.count) steps, \(HexadecimalDigest.short(whole)))"
        var head = String.UnicodeScalarView()
        head.append(contentsOf: whole.unicodeScalars.prefix(limit - ending.unicodeScalars.count))
        return String(head) + ending
    }
}

extension Diagnostic {
    fileprivate static func notSeriesParallel(_ steps: [Step]) -> Diagnostic {
        let names = steps.prefix(8).map { "`\($0.name)`" }.joined(separator: ", ") + (steps.count > 8 ? ", …" : "")
        return Diagnostic(
            "workflow-shape", at: steps.first?.range ?? .whole(""),
            "these steps cross in a way that this version cannot compile yet: \(names)",
            help: "let steps that run side by side meet in one step before they part again")
    }

    fileprivate static func redundantEdge(_ step: Step, _ predecessor: Step) -> Diagnostic {
        Diagnostic(
            "workflow-shape", at: step.range,
            "`\(step.name)` takes the output of `\(predecessor.name)` past a step between them, which this version cannot compile yet",
            help: "take `\(predecessor.name)` out of its `after`, and pass what it needs on in the step between")
    }
}
