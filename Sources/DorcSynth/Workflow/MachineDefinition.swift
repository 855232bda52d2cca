package import DorcModel

/// What a state machine runs: compiled from steps, or as the user wrote it.
package enum MachineDefinition: Sendable {
    case compiled(StateMachineDefinition)
    case written(WrittenDefinition)

    var references: [Reference] {
        switch self {
        case .compiled(let definition): definition.references
        case .written(let definition): definition.functions.sorted { $0.key < $1.key }.map(\.value)
        }
    }
}

/// A machine in the Amazon States Language with texts in which functions' ARNs are open.
package struct WrittenDefinition: Sendable {
    package var machine: UserStateMachine
    package var functions: [String: Reference]
    /// Seconds; where the machine says it itself, that holds.
    package var timeout: Int
    /// States that come before the first one of the machine; JSONata.
    package var preamble: StateList?

    /// `limit` is the number of active runs.
    init(_ machine: UserStateMachine, functions: [String: Reference], timeout: Int, limit: Int?) {
        self.machine = machine
        self.functions = functions
        self.timeout = timeout
        preamble = limit.map { limit in
            var names = StateNames(machine.stateNames)
            var states = RunLimit(limit, &names)
            states.next = machine.start
            return StateList(start: states.start, states: states.states)
        }
    }
}
