internal import DorcText
internal import DorcModel

/// What runs a function. It answers everything that depends on it, so that no other file asks which one it is.
enum Runtime: Sendable, CaseIterable {
    case lambda

    init(of function: Function) {
        self = .lambda
    }

    /// Adds what the function needs in its pipeline's stack.
    func add(
        _ function: Function, of pipeline: PipelineContext, to stack: inout Stack, _ diagnostics: inout Diagnostics
    ) {
        switch self {
        case .lambda: LambdaRuntime(pipeline: pipeline).add(function, to: &stack, &diagnostics)
        }
    }

    /// How a state machine calls the function.
    func call(_ function: Function, of pipeline: PipelineContext) -> FunctionCall {
        switch self {
        case .lambda: LambdaRuntime(pipeline: pipeline).call(function)
        }
    }

    /// What stands for the function in a state machine that the user wrote.
    func reference(to function: Function, of pipeline: PipelineContext) -> Reference {
        switch self {
        case .lambda: LambdaRuntime(pipeline: pipeline).reference(function.name)
        }
    }

    /// What a state machine may do so that it can call these functions, all of this runtime.
    func statements(toCall functions: [Function], of pipeline: PipelineContext) -> [PolicyStatement] {
        switch self {
        case .lambda: LambdaRuntime(pipeline: pipeline).statements(toCall: functions)
        }
    }

    /// The same for all functions of an environment.
    func statements(toCallAllIn naming: Naming) -> [PolicyStatement] {
        switch self {
        case .lambda: LambdaRuntime.statements(toCallAllIn: naming)
        }
    }
}

/// A call of a function in a state machine. The events that it makes in a run's history follow from its action.
struct FunctionCall {
    var action: TaskState.Action
    /// Seconds that the state waits at most.
    var timeout: Int
    /// What is tried again since it goes away by itself.
    var retriers: [Retry]
}
