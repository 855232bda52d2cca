/// The steps of a pipeline as a directed acyclic graph: steps are its nodes, `after` its edges.
package struct Workflow: Sendable {
    package var steps: [Step]

    /// For each step the steps that run after it directly.
    package var successors: [[Int]] {
        var successors = Array(repeating: [Int](), count: steps.count)
        for (index, step) in steps.enumerated() {
            for predecessor in step.predecessors where successors.indices.contains(predecessor) {
                successors[predecessor].append(index)
            }
        }
        return successors
    }
}

/// One node of a workflow.
package struct Step: Sendable {
    package enum Action: Sendable {
        case function(String)
        /// Runs another pipeline and waits for its end.
        case pipeline(PipelineID)
    }

    package var name: String
    package var range: SourceRange
    package var action: Action
    /// What the step gets as its event instead of its predecessors' output.
    package var arguments: JSONValue<Text>?
    /// Indices into the workflow's steps, in the order of `after`.
    package var predecessors: [Int]
    package var retry: Retry?
}

/// What starts a pipeline.
package struct Trigger: Sendable {
    package enum Source: Sendable {
        case schedule(ScheduleExpression, timezone: String?, input: JSONValue<Text>?)
        case objectCreated(bucket: Text, prefix: Text?, suffix: Text?)
    }

    package var name: String
    package var range: SourceRange
    package var source: Source
}
