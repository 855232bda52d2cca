internal import DorcText
internal import DorcModel

/// What runs a function. It answers everything that depends on it, so that no other file asks which one it is.
enum Runtime: Hashable, Sendable, CaseIterable {
    case lambda, batch

    init(of function: Function) {
        self = function.compute == nil ? .lambda : .batch
    }

    /// Adds what the function needs in its pipeline's stack.
    func add(
        _ function: Function, of pipeline: PipelineContext, to stack: inout Stack, _ diagnostics: inout Diagnostics
    ) {
        if let compute = function.compute {
            BatchRuntime(pipeline: pipeline).add(function, compute, to: &stack, &diagnostics)
        } else {
            LambdaRuntime(pipeline: pipeline).add(function, to: &stack, &diagnostics)
        }
    }

    /// How a state machine calls the function.
    func call(_ function: Function, of pipeline: PipelineContext) -> FunctionCall {
        if let compute = function.compute { return BatchRuntime(pipeline: pipeline).call(function, compute) }
        return LambdaRuntime(pipeline: pipeline).call(function)
    }

    /// What stands for the function in a state machine that the user wrote.
    func target(_ function: Function, of pipeline: PipelineContext) -> LinkedStateMachine.Target {
        switch self {
        case .lambda:
            let runtime = LambdaRuntime(pipeline: pipeline)
            return .init(called: runtime.version(of: function.name), itself: runtime.reference(function.name))
        case .batch:
            let definition = BatchRuntime(pipeline: pipeline).reference(function.name)
            return .init(called: definition, itself: definition)
        }
    }

    /// What a state machine may do so that it can call these functions, all of this runtime.
    func statements(toCall functions: [Function], of pipeline: PipelineContext) -> [PolicyStatement] {
        switch self {
        case .lambda: LambdaRuntime(pipeline: pipeline).statements(toCall: functions)
        case .batch: BatchRuntime(pipeline: pipeline).statements(toCall: functions)
        }
    }

    /// The same for all functions that an environment may have.
    func statements(toCallAllIn naming: Naming) -> [PolicyStatement] {
        switch self {
        case .lambda: LambdaRuntime.statements(toCallAllIn: naming)
        case .batch: BatchRuntime.statements(toCallAllIn: naming)
        }
    }
}

/// A call of a function in a state machine. The events that it makes in a run's history follow from its action.
struct FunctionCall {
    var action: TaskState.Action
    /// Seconds that the state waits at most.
    var timeout: Int?
    /// Seconds without a sign of what runs.
    var heartbeat: Int?
    /// What is tried again since it goes away by itself.
    var retriers: [Retry]
}
