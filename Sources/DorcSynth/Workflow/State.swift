package import DorcModel

package enum State: Sendable {
    case task(TaskState)
    case parallel(ParallelState)
    case map(MapState)
    case choice(ChoiceState)
    case wait(WaitState)
    /// With its output; nil for its input.
    case pass(StateValue?)
    /// With its output; nil for its input.
    case succeed(StateValue?)
    case fail(error: StateValue, cause: StateValue)

    var references: [Reference] {
        guard case .task(let task) = self else { return [] }
        switch task.action {
        case .invoke(let function): return [function]
        case .startExecution(let machine, _): return [machine]
        case .integration, .arn: return []
        }
    }

    /// The states inside this one.
    var inner: [StateList] {
        switch self {
        case .parallel(let parallel): parallel.branches
        case .map(let map): [map.states]
        case .task, .choice, .wait, .pass, .succeed, .fail: []
        }
    }
}

package struct TaskState: Sendable {
    package enum Action: Sendable {
        /// Calls a Lambda function and waits for its answer.
        case invoke(Reference)
        /// Runs another state machine, and may wait for its end.
        case startExecution(Reference, waits: Bool)
        /// As in `sns:publish`, without `arn:aws:states:::`.
        case integration(String)
        case arn(Text)

        /// The part of the task's result that is the step's output.
        var result: String {
            switch self {
            case .invoke: "$states.result.Payload"
            case .startExecution(_, waits: true): "$states.result.Output"
            case .startExecution(_, waits: false), .integration, .arn: "$states.result"
            }
        }
    }

    package var action: Action
    /// The event.
    package var event: StateValue
    package var output: StateValue
    /// Seconds.
    package var timeout: Int?
    package var retriers: [Retrier]
}

/// Branches that run side by side on the same input.
package struct ParallelState: Sendable {
    package var branches: [StateList]
    /// An object with an entry for each last step of each branch.
    package var output: StateValue
}

/// States that run for each item.
package struct MapState: Sendable {
    package enum Items: Sendable {
        case list(StateValue)
        case objects(bucket: Text, prefix: Text?)
        case csv(bucket: Text, key: Text)
        case jsonLines(bucket: Text, key: Text)
    }

    package var items: Items
    package var isDistributed: Bool
    package var results: Iteration.Results?
    package var maxConcurrency: Int?
    package var states: StateList
}

package struct ChoiceState: Sendable {
    /// JSONata.
    package var condition: Text
    package var next: String
    package var otherwise: String
    /// Whether the condition holds in a usual run.
    package var isUsual = true
}

package enum WaitState: Sendable {
    case seconds(Int)
    case until(Text)
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

    init(_ retry: Retry) {
        self.init(
            errors: retry.errors, interval: retry.interval.seconds, attempts: retry.attempts,
            backoffRate: retry.backoffRate, maxDelay: retry.maxDelay?.seconds, hasJitter: false)
    }

    init(
        errors: [String], interval: Int, attempts: Int, backoffRate: Double, maxDelay: Int? = nil, hasJitter: Bool
    ) {
        self.errors = errors
        self.interval = interval
        self.attempts = attempts
        self.backoffRate = backoffRate
        self.maxDelay = maxDelay
        self.hasJitter = hasJitter
    }

    /// "Error handling in Step Functions": Lambda's transient errors are to be retried by every machine.
    package static let transientLambdaErrors = Retrier(
        errors: [
            "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException",
            "Lambda.SdkClientException", "Lambda.TooManyRequestsException",
        ],
        interval: 2, attempts: 6, backoffRate: 2, maxDelay: 60, hasJitter: true)

    /// Step Functions' own API refuses requests over its rate (its guide, "Quotas").
    static let throttling = Retrier(
        errors: ["States.TaskFailed"], interval: 1, attempts: 8, backoffRate: 2, maxDelay: 60, hasJitter: true)
}

extension JSONValue<Text> {
    /// JSONata.
    static func expression(_ text: String) -> StateValue { .text(.literal("{% \(text) %}")) }
}
