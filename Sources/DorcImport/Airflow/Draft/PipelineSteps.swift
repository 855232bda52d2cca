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
                var verdicts: [(value: WrittenValue, verdict: Verdict)] = []
                func linked(_ step: StepDraft) -> StepDraft {
                    guard let value = step.starts, let name = value.text else { return step }
                    var step = step
                    guard let other = indices[name], other != index, !graph.reaches(index, from: other) else {
                        // Nothing is started: a person decides what it was.
                        let words =
                            indices[name] == nil
                            ? "there is no DAG `\(name)` in the folder" : "`\(name)` would start itself"
                        let verdict = Verdict.none(words, Todo("pipeline", value, "\(words): write the step"))
                        verdicts.append((value, verdict.of(step: step.name, function: nil)))
                        step.fields.removeAll {
                            ["pipeline", "wait_for_completion", "arguments", "retry", "timeout", "catch"].contains(
                                $0.key)
                        }
                        step.set("wait", .literal("1s"))
                        return step
                    }
                    graph.addEdge(from: index, to: other)
                    step.set("pipeline", .string(pipelines[other].id))
                    verdicts.append(
                        (value, Verdict.takenOver("steps[*].pipeline").of(step: step.name, function: nil)))
                    return step
                }
                let draft = own.sources[part].draft
                pipelines[index].sources[part].draft.steps = draft.steps.map(linked)
                pipelines[index].sources[part].draft.finally = draft.finally.map(linked)
                pipelines[index].sources[part].verdicts += verdicts
            }
        }
    }
}
