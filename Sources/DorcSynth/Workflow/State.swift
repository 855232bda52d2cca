package import DorcModel
internal import DorcText

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
        /// Calls a Lambda function and waits for its answer. The function itself is the task's resource: of the ways to
        /// call one, it is the only one that hands over an event and a result of any JSON type as they are.
        case invoke(Reference)
        /// Runs another state machine, and may wait for its end.
        case startExecution(Reference, waits: Bool)
        /// As in `sns:publish`, without `arn:aws:states:::`.
        case integration(String)
        case arn(Text)

        /// What a state gives where it has no `Output`.
        static let wholeResult = "$states.result"

        /// The part of the task's result that is the step's output.
        var result: String {
            switch self {
            // "Manage AWS Step Functions Executions": with `.sync:2` it is JSON, not a text of it.
            case .startExecution(_, waits: true): "$states.result.Output"
            case .invoke, .startExecution(_, waits: false), .integration, .arn: Self.wholeResult
            }
        }
    }

    package var action: Action
    /// The event.
    package var event: StateValue
    /// Nil for the whole result.
    package var output: StateValue?
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
    /// What only a Distributed Map has; nil for an inline one.
    package var distributed: Distributed?
    package var maxConcurrency: Int?
    package var states: StateList

    package struct Distributed: Sendable {
        package var label: String
        package var results: Iteration.Results?
        package var batch: Int?
        package var toleratedFailures: ToleratedFailures?
    }
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

extension JSONValue<Text> {
    /// JSONata.
    static func expression(_ text: String) -> StateValue { .text(.literal("{% \(text) %}")) }
}
