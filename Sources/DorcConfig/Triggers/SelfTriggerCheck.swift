internal import DorcModel
internal import DorcText

/// Pipelines that start themselves through S3, by the `results` of a Distributed Map: S3 sends an event for every object,
/// and each run that they start writes more of them.
struct SelfTriggerCheck {
    private let project: Project

    init(_ project: Project) {
        self.project = project
    }

    /// A step whose results start another pipeline, or its own.
    private struct Start {
        var step: Step
        var results: SourceRange
        var trigger: Trigger
        var target: PipelineID
    }

    func run(into diagnostics: inout Diagnostics) {
        for environment in project.environments.indices { run(environment, into: &diagnostics) }
    }

    private func run(_ environment: Int, into diagnostics: inout Diagnostics) {
        let pipelines = project.pipelines.filter { $0.environments.indices.contains(environment) }
        guard pipelines.contains(where: { $0.environments[environment].workflow.hasResults }) else { return }
        let triggers = pipelines.flatMap { pipeline -> [(id: PipelineID, trigger: Trigger)] in
            let definition = pipeline.environments[environment]
            return definition.triggersEnabled ? definition.triggers.map { (pipeline.id, $0) } : []
        }
        var starts: [PipelineID: [Start]] = [:]
        for pipeline in pipelines {
            for step in pipeline.environments[environment].workflow.steps {
                guard let results = step.iteration?.results else { continue }
                let objects = ResultObjects(results)
                for (target, trigger) in triggers where objects.canMatch(trigger) {
                    starts[pipeline.id, default: []].append(
                        Start(step: step, results: results.range, trigger: trigger, target: target))
                }
            }
        }
        guard !starts.isEmpty else { return }
        let nodes = Dictionary(
            pipelines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var graph = DirectedGraph(count: pipelines.count)
        func add(_ source: PipelineID, _ target: PipelineID) {
            if let source = nodes[source], let target = nodes[target] { graph.addEdge(from: source, to: target) }
        }
        for pipeline in pipelines {
            for start in starts[pipeline.id] ?? [] { add(pipeline.id, start.target) }
            for case .pipeline(let target, _) in pipeline.environments[environment].workflow.steps.map(\.action) {
                add(pipeline.id, target)
            }
        }
        for (target, trigger) in triggers {
            for source in trigger.source.ends?.of ?? [] { add(source, target) }
        }
        for (index, pipeline) in pipelines.enumerated() {
            for start in starts[pipeline.id] ?? [] {
                guard let target = nodes[start.target], graph.reaches(index, from: target) else { continue }
                diagnostics.report(.startsItself(pipeline.id, start.step, start.results, start.trigger, start.target))
            }
        }
    }
}

extension Workflow {
    fileprivate var hasResults: Bool { steps.indices.contains { steps[$0].iteration?.results != nil } }
}

extension ResultObjects {
    fileprivate func canMatch(_ trigger: Trigger) -> Bool {
        switch trigger.source {
        case .objectCreated(let bucket, let prefix, let suffix):
            canMatch(bucket: bucket.sample, prefix: prefix?.sample ?? "", suffix: suffix?.sample ?? "")
        case .event(let pattern): canMatch(pattern)
        case .schedule, .afterPipelines, .afterAll: false
        }
    }
}

extension Diagnostic {
    fileprivate static func startsItself(
        _ pipeline: PipelineID, _ step: Step, _ results: SourceRange, _ trigger: Trigger, _ target: PipelineID
    ) -> Diagnostic {
        let way = target == pipeline ? "it" : "`\(target)`, which leads back to it"
        return Diagnostic(
            .startsItself, at: results,
            "the results of `\(step.name)` start `\(pipeline)` again, without end: the trigger `\(trigger.name)` starts \(way)",
            help: "write the results outside the prefix of the trigger, or to another bucket",
            notes: [Note(trigger.range, "this trigger starts `\(target)` for every object that is written there")])
    }
}
