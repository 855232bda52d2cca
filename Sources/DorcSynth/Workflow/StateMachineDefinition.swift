package import DorcModel

/// A state machine in Amazon States Language with `QueryLanguage: JSONata`.
package struct StateMachineDefinition: Sendable {
    package var comment: String?
    /// Seconds; nil for no limit.
    package var timeout: Int?
    package var states: StateSequence

    var references: [Reference] { states.references }
}

/// States that run one after another: each goes to the next, and the last one ends.
package struct StateSequence: Sendable {
    package var states: [NamedState]

    package var references: [Reference] { states.flatMap(\.state.references) }
}

package struct NamedState: Sendable {
    package var name: String
    package var state: State
}

package enum State: Sendable {
    case task(TaskState)
    case parallel(ParallelState)

    var references: [Reference] {
        switch self {
        case .task(let task):
            switch task.action {
            case .invoke(let function): [function]
            case .startExecution(let machine): [machine]
            }
        case .parallel(let parallel): parallel.branches.flatMap(\.references)
        }
    }
}

package struct TaskState: Sendable {
    package enum Action: Sendable {
        /// Calls a Lambda function and waits for its answer.
        case invoke(Reference)
        /// Runs another state machine and waits for its end.
        case startExecution(Reference)
    }

    package var action: Action
    /// The event; nil for the state's own input.
    package var arguments: JSONValue<Text>?
    /// Seconds.
    package var timeout: Int?
    package var retriers: [Retrier]
}

/// Branches that run side by side on the same input. Its output is an object with an entry for each last step of each
/// branch.
package struct ParallelState: Sendable {
    package struct Output: Sendable {
        /// The name of the step.
        package var key: String
        package var branch: Int
        /// Whether the branch itself ends in an object of several steps' outputs.
        package var isMember: Bool
    }

    package var branches: [StateSequence]
    package var outputs: [Output]
}

package struct Retrier: Sendable, Equatable {
    package var errors: [String]
    /// Seconds.
    package var interval: Int
    package var attempts: Int
    package var backoffRate: Double
    /// Seconds.
    package var maxDelay: Int?
    package var hasJitter: Bool

    /// "Error handling in Step Functions": Lambda's transient errors are to be retried by every machine.
    package static let transientLambdaErrors = Retrier(
        errors: [
            "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException",
            "Lambda.SdkClientException", "Lambda.TooManyRequestsException",
        ],
        interval: 2, attempts: 6, backoffRate: 2, maxDelay: 60, hasJitter: true)
}
