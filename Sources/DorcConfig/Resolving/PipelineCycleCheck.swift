internal import DorcModel
internal import DorcText

/// Pipelines that start each other in a cycle, by `pipeline:` steps or `after_pipeline` triggers, would never end, and
/// their stacks would have no order of deployment.
enum PipelineCycleCheck {
    private struct Edge {
        var target: PipelineID
        var range: SourceRange
    }

    static func run(_ project: Project, into diagnostics: inout Diagnostics) {
        for environment in project.environments.indices {
            let edges = edges(of: project, in: environment)
            if !edges.isEmpty { run(project.pipelines.map(\.id), edges, into: &diagnostics) }
        }
    }

    private static func edges(of project: Project, in environment: Int) -> [PipelineID: [Edge]] {
        var edges: [PipelineID: [Edge]] = [:]
        for pipeline in project.pipelines where pipeline.environments.indices.contains(environment) {
            let definition = pipeline.environments[environment]
            for step in definition.workflow.steps {
                if case .pipeline(let target, _) = step.action {
                    edges[pipeline.id, default: []].append(Edge(target: target, range: step.actionRange ?? step.range))
                }
            }
            for trigger in definition.triggers {
                for source in trigger.source.ends?.of ?? [] {
                    edges[source, default: []].append(Edge(target: pipeline.id, range: trigger.sourceRange.firstLine))
                }
            }
        }
        return edges
    }

    private static func run(
        _ pipelines: [PipelineID], _ edges: [PipelineID: [Edge]], into diagnostics: inout Diagnostics
    ) {
        let nodes = Dictionary(
            pipelines.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var graph = DirectedGraph(count: pipelines.count)
        // As in the graph: without those that lead to a pipeline which is left out for its mistakes.
        let edges = pipelines.map { id in (edges[id] ?? []).filter { nodes[$0.target] != nil } }
        for (source, edges) in edges.enumerated() {
            for edge in edges { nodes[edge.target].map { graph.addEdge(from: source, to: $0) } }
        }
        for cycle in graph.cycles() { report(cycle.map { edges[$0.source][$0.position] }, into: &diagnostics) }
    }

    private static func report(_ cycle: [Edge], into diagnostics: inout Diagnostics) {
        guard let last = cycle.last else { return }
        let names = ([last] + cycle).map(\.target.description)
        diagnostics.report(
            Diagnostic(
                .pipelineCycle, at: last.range,
                "pipelines start each other in a cycle: \(names.joined(separator: " -> "))",
                help: "remove one of the `pipeline:` steps or `after_pipeline` triggers",
                notes: cycle.dropLast().map { Diagnostic.Note($0.range, "this starts `\($0.target)`") }))
    }
}
