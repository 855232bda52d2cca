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
        for pipeline in project.pipelines where pipeline.definitions.indices.contains(environment) {
            let definition = pipeline.definitions[environment]
            for step in definition.workflow.steps {
                if case .pipeline(let target, _) = step.action {
                    edges[pipeline.id, default: []].append(Edge(target: target, range: step.actionRange ?? step.range))
                }
            }
            for trigger in definition.triggers {
                guard case .afterPipelines(let sources, _) = trigger.source else { continue }
                for source in sources {
                    edges[source, default: []].append(Edge(target: pipeline.id, range: trigger.sourceRange.firstLine))
                }
            }
        }
        return edges
    }

    private static func run(
        _ pipelines: [PipelineID], _ edges: [PipelineID: [Edge]], into diagnostics: inout Diagnostics
    ) {
        enum Mark { case open, done }
        var marks: [PipelineID: Mark] = [:]
        for start in pipelines where marks[start] == nil {
            // An explicit stack: pipelines can run each other in a long chain.
            var path: [(id: PipelineID, next: Int)] = [(start, 0)]
            marks[start] = .open
            while let (id, next) = path.last {
                guard let own = edges[id], next < own.count else {
                    marks[id] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let edge = own[next]
                switch marks[edge.target] {
                case nil:
                    marks[edge.target] = .open
                    path.append((edge.target, 0))
                case .open:
                    let first = path.firstIndex { $0.id == edge.target } ?? 0
                    // Each entry of the path has just followed the edge before its `next`.
                    let cycle = path[first...].compactMap { entry in edges[entry.id]?[entry.next - 1] }
                    report(cycle, from: edge.target, at: edge.range, into: &diagnostics)
                case .done: break
                }
            }
        }
    }

    private static func report(
        _ cycle: [Edge], from start: PipelineID, at place: SourceRange, into diagnostics: inout Diagnostics
    ) {
        let names = ([start] + cycle.map(\.target)).map(\.description)
        diagnostics.report(
            Diagnostic(
                .pipelineCycle, at: place,
                "pipelines start each other in a cycle: \(names.joined(separator: " -> "))",
                help: "remove one of the `pipeline:` steps or `after_pipeline` triggers",
                notes: cycle.dropLast().map { Diagnostic.Note($0.range, "this starts `\($0.target)`") }))
    }
}
