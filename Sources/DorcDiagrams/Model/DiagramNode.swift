package import DorcModel

/// One box of a pipeline's diagram: a step, or a state of a definition that the user wrote.
package struct DiagramNode: Sendable {
    /// What the box does; the raw value is its name in SVG classes and in the page's data.
    package enum Kind: String, Sendable, CaseIterable {
        case function, job, map
        case distributedMap = "distributed-map"
        case wait, pipeline, task
        /// States of a definition that are none of the above.
        case choice, parallel, pass, succeed, fail

        /// As a heading or a tooltip has it.
        package var title: String {
            switch self {
            case .function: "Function"
            case .job: "Batch job"
            case .map: "Map"
            case .distributedMap: "Distributed map"
            case .wait: "Wait"
            case .pipeline: "Pipeline"
            case .task: "Task"
            case .choice: "Choice"
            case .parallel: "Parallel"
            case .pass: "Pass"
            case .succeed: "End"
            case .fail: "Failure"
            }
        }
    }

    package var name: String
    package var kind: Kind
    /// Whether it is on an error path.
    package var isHandler = false
    /// What it runs: the name of a function, a pipeline or an action.
    package var runs = ""
    /// The second line of its box; empty where the name says it all.
    package var detail = ""
    /// JSONata without its marks; nil where it always runs.
    package var condition: String?
    /// The pipeline that it runs.
    package var target: PipelineID?
    /// Each error path that it leads to: on which errors, in words, and to which node.
    package var catchers: [Catcher] = []
    /// Only of the last nodes of an error path.
    package var outcome: Outcome?
    package var settings: [Setting] = []

    package struct Catcher: Sendable, Equatable {
        package var errors: String
        package var handler: Int
    }

    /// What happens after an error path.
    package enum Outcome: Sendable {
        case goesOn, fails
    }
}

/// A line of a list of details.
package struct Setting: Sendable, Equatable {
    package var name: String
    package var value: String

    /// More characters than that nobody reads here.
    private static let longest = 2000

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value.utf8.count > Self.longest ? String(value.prefix(Self.longest)) + "…" : value
    }
}

/// What starts a pipeline: a trigger, or a step of another pipeline.
package struct Starter: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case schedule, bucket, event, completion, step
    }

    package var kind: Kind
    package var name: String
    /// Such as `at 06:30 on weekdays`.
    package var words: String
    /// As it is written for AWS, where the words do not say it to the letter; empty elsewhere.
    package var expression = ""
    /// Such as `prod only` or `off in dev`; empty where it is the same everywhere.
    package var note = ""
    /// The pipelines that it names.
    package var pipelines: [PipelineID] = []
}
