package import DorcText

/// The steps of a pipeline as a directed acyclic graph: steps are its nodes, `after` its edges.
///
/// The `only_on_error` steps are nodes too. What a `catch` leads to, with the steps after it, is an error path: a graph
/// of its own with one start. No edge leads from the other steps to an error path, or back.
package struct Workflow: Sendable {
    package var steps: [Step]

    package init(steps: [Step]) {
        self.steps = steps
    }

    /// The variable that keeps the run's input with the defaults of `parameters`, where a pipeline has any.
    package static let inputVariable = "run_input"

    /// Its nodes are the steps' indices, its edges lead from a step to those that run after it directly.
    package var graph: DirectedGraph { DirectedGraph(predecessors: steps.map(\.predecessors)) }

    /// The steps outside error paths and `finally`.
    package var regularSteps: [Int] { steps.indices.filter { !steps[$0].isOnlyOnError && !steps[$0].isFinally } }

    /// The steps of `finally`, without those of its error paths.
    package var finallySteps: [Int] { steps.indices.filter { !steps[$0].isOnlyOnError && steps[$0].isFinally } }

    /// What of it ends a failed run by a state of its own, which is the one that a redrive begins at: in the words of pipeline.yaml.
    package var finalEnds: [String] {
        (steps.contains(where: \.isFinally) ? ["finally"] : [])
            + (steps.contains(where: \.failsRun) ? ["then: fail"] : [])
    }

    /// With an edge from each last step to each first one of `finally`: the order in which a run comes by them.
    package var withFinallyInOrder: Workflow {
        let finallySteps = finallySteps
        guard !finallySteps.isEmpty else { return self }
        let successors = graph.successors
        let last = regularSteps.filter { successors[$0].isEmpty }
        var workflow = self
        for index in finallySteps where steps[index].predecessors.isEmpty { workflow.steps[index].predecessors = last }
        return workflow
    }

    /// The error path that starts at a step, in the order of the file.
    package func errorPath(from start: Int) -> [Int] { Array(graph.reachable(from: [start])) }
}

/// One node of a workflow.
package struct Step: Sendable {
    package enum Action: Sendable {
        case function(String)
        /// Runs another pipeline; `waits` for its end, or goes on as soon as it has started.
        case pipeline(PipelineID, waits: Bool)
        case task(TaskResource)
        case wait(Wait)
    }

    package enum Wait: Sendable {
        case duration(Duration)
        /// A time of ISO 8601 in UTC, or JSONata that gives one.
        case until(Text)
    }

    package struct Catcher: Sendable {
        package var errors: [String]
        /// The start of an error path, as an index into the workflow's steps.
        package var handler: Int

        package init(errors: [String], handler: Int) {
            self.errors = errors
            self.handler = handler
        }
    }

    package var name: String
    package var range: SourceRange
    /// Of the value that says what it does, if it is not the name.
    package var actionRange: SourceRange?
    package var action: Action
    /// What the step gets as its event instead of its predecessors' output.
    package var arguments: JSONValue<Text>?
    /// Indices into the workflow's steps, in the order of `after`.
    package var predecessors: [Int]
    /// JSONata: where it is false, the step is skipped.
    package var condition: Text?
    package var iteration: Iteration?
    package var retry: Retry?
    /// Of one try.
    package var timeout: Duration?
    package var timeoutRange: SourceRange?
    package var catchers: [Catcher] = []
    package var isOnlyOnError = false
    /// Of the last step of an error path: the run fails after it.
    package var failsRun = false
    /// Whether it is a step of `finally`, which run once after all others.
    package var isFinally = false
    /// What the task may do.
    package var permissions: [Permission] = []
    /// Of a step that runs a container built elsewhere: over the function's; texts may be JSONata.
    package var command: [Text]?
    package var environment: [(name: String, value: Text)] = []
    /// Where one of the two is written.
    package var overridesRange: SourceRange?
    /// Of each variable's name, in their order.
    package var environmentRanges: [SourceRange] = []
    package var argumentsRange: SourceRange?

    package init(
        name: String, range: SourceRange, actionRange: SourceRange? = nil, action: Action,
        arguments: JSONValue<Text>? = nil, predecessors: [Int], condition: Text? = nil, iteration: Iteration? = nil,
        retry: Retry? = nil, timeout: Duration? = nil, timeoutRange: SourceRange? = nil, catchers: [Catcher] = [],
        isOnlyOnError: Bool = false, failsRun: Bool = false, permissions: [Permission] = []
    ) {
        self.name = name
        self.range = range
        self.actionRange = actionRange
        self.action = action
        self.arguments = arguments
        self.predecessors = predecessors
        self.condition = condition
        self.iteration = iteration
        self.retry = retry
        self.timeout = timeout
        self.timeoutRange = timeoutRange
        self.catchers = catchers
        self.isOnlyOnError = isOnlyOnError
        self.failsRun = failsRun
        self.permissions = permissions
    }
}

/// What a step runs for each of, and how.
package struct Iteration: Sendable {
    package enum Source: Sendable {
        /// A list, or JSONata that gives one.
        case items(JSONValue<Text>)
        /// The objects of a bucket whose keys start with the prefix.
        case objects(bucket: Text, prefix: Text?)
        /// The lines of a CSV object.
        case csv(bucket: Text, key: Text)
        /// The lines of a JSON Lines object.
        case jsonLines(bucket: Text, key: Text)
    }

    package struct Results: Sendable {
        package var bucket: Text
        /// Without a slash at its end.
        package var prefix: Text?
        /// Of `results` in pipeline.yaml.
        package var range: SourceRange

        package init(
            bucket: Text, prefix: Text? = nil, range: SourceRange
        ) {
            self.bucket = bucket
            self.prefix = prefix
            self.range = range
        }
    }

    /// Which kind of execution an item of a Distributed Map has.
    package enum Mode: String, Sendable, CaseIterable {
        case standard, express

        /// Step Functions guide, "Choosing workflow type": seconds that an Express workflow may take.
        package static let expressLimit = Duration(300)
    }

    package var source: Source
    /// Each item has an execution of its own.
    package var isDistributed: Bool
    /// Where the outputs are written; nil where they are the step's output.
    package var results: Results?
    /// Nil for as many as an inline Map takes.
    package var maxConcurrency: Int?
    /// Where it is written.
    package var maxConcurrencyRange: SourceRange?
    /// How many items a call gets, as a list; nil for one item as it is.
    package var batch: Int?
    package var toleratedFailures: ToleratedFailures?
    package var mode = Mode.standard
    /// Where it is written.
    package var modeRange: SourceRange?

    package init(
        source: Source, isDistributed: Bool, results: Results? = nil, maxConcurrency: Int? = nil, batch: Int? = nil,
        toleratedFailures: ToleratedFailures? = nil
    ) {
        self.source = source
        self.isDistributed = isDistributed
        self.results = results
        self.maxConcurrency = maxConcurrency
        self.batch = batch
        self.toleratedFailures = toleratedFailures
    }
}

/// How many items may fail before the step does.
package enum ToleratedFailures: Sendable, Equatable {
    case count(Int)
    /// 0 to 100.
    case percentage(JSONNumber)
}

/// What a `task` step calls.
package enum TaskResource: Sendable {
    /// An integration, as in `sns:publish` or `aws-sdk:s3:getObject.waitForTaskToken`, without `arn:aws:states:::`.
    case integration(String)
    /// The ARN of an activity or a Lambda function.
    case arn(Text)
}
