/// Pipelines that run each other in a circle would never end, and their stacks would have no order of deployment.
enum PipelineCycleCheck {
    private struct Edge {
        var target: PipelineID
        var range: SourceRange
    }

    static func run(_ project: Project, into diagnostics: inout Diagnostics) {
        var edges: [PipelineID: [Edge]] = [:]
        for pipeline in project.pipelines {
            for step in pipeline.definitions.first?.workflow.steps ?? [] {
                if case .pipeline(let target) = step.action {
                    edges[pipeline.id, default: []].append(Edge(target: target, range: step.range))
                }
            }
        }
        enum Mark { case open, done }
        var marks: [PipelineID: Mark] = [:]
        for start in project.pipelines.map(\.id) where marks[start] == nil {
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
                    let circle = path[first...].compactMap { entry in edges[entry.id]?[entry.next - 1] }
                    report(circle, from: edge.target, at: edge.range, into: &diagnostics)
                case .done: break
                }
            }
        }
    }

    private static func report(
        _ circle: [Edge], from start: PipelineID, at place: SourceRange, into diagnostics: inout Diagnostics
    ) {
        let names = ([start] + circle.map(\.target)).map(\.description)
        diagnostics.report(
            Diagnostic(
                "pipeline-cycle", at: place, "pipelines run each other in a circle: \(names.joined(separator: " -> "))",
                help: "take one of the `pipeline:` steps out",
                notes: circle.dropLast().map { Diagnostic.Note($0.range, "this step runs `\($0.target)`") }))
    }
}
