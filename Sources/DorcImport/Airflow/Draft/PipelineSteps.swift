internal import DorcText
internal import DorcYAML

/// Steps that start another DAG: which pipeline that is.
enum PipelineSteps {
    /// - Parameter graph: from a pipeline to those that it starts.
    static func link(_ pipelines: inout [ImportedPipeline], _ graph: inout DirectedGraph) {
        var indices: [String: Int] = [:]
        for (index, pipeline) in pipelines.enumerated() {
            for source in pipeline.sources { if let id = source.dagID, indices[id] == nil { indices[id] = index } }
        }
        for index in pipelines.indices {
            for part in pipelines[index].sources.indices {
                let own = pipelines[index]
                func linked(_ step: StepDraft, _ graph: inout DirectedGraph) -> StepDraft {
                    guard case .scalar(let text, _)? = step.fields.value(of: "pipeline")?.content,
                        text.hasPrefix("dag:")
                    else {
                        return step
                    }
                    let name = String(text.dropFirst("dag:".count))
                    var step = step
                    guard let other = indices[name], other != index, !graph.reaches(index, from: other) else {
                        // Nothing is started: a person decides what it was.
                        let words =
                            indices[name] == nil
                            ? "there is no DAG `\(name)` in the folder" : "`\(name)` would start itself"
                        step.comments.append("TODO pipeline: \(words): write the step")
                        step.fields.removeAll {
                            ["pipeline", "wait_for_completion", "arguments", "retry", "timeout", "catch"].contains(
                                $0.key)
                        }
                        step.set("wait", .literal("1s"))
                        return step
                    }
                    graph.addEdge(from: index, to: other)
                    step.set("pipeline", .string(pipelines[other].id))
                    return step
                }
                let draft = own.sources[part].draft
                pipelines[index].sources[part].draft.steps = draft.steps.map { linked($0, &graph) }
                pipelines[index].sources[part].draft.finally = draft.finally.map { linked($0, &graph) }
            }
        }
    }
}
