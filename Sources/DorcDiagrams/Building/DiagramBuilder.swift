package import DorcModel
internal import DorcText
internal import DorcSynth

/// Project -> ProjectDiagram.
package struct DiagramBuilder {
    private let project: Project
    /// Positions in the project's environments.
    private let environments: [Int]

    /// - Parameter environment: The name of one; nil for what holds in any of them. Values that differ are then those of the
    ///   last environment in dorc.yaml.
    package init(_ project: Project, environment: String? = nil) {
        self.project = project
        environments = project.environments.indices.filter {
            environment == nil || project.environments[$0].name == environment
        }
    }

    package var diagram: ProjectDiagram {
        var diagram = ProjectDiagram(name: project.name)
        if environments.count < project.environments.count {
            diagram.environments = environments.map { project.environments[$0].name }
        }
        diagram.pipelines = Parallel.map(project.pipelines, pipeline)
        addEdges(to: &diagram)
        return diagram
    }

    private func pipeline(_ pipeline: Pipeline) -> PipelineDiagram {
        var diagram = PipelineDiagram(id: pipeline.id)
        guard let index = environments.last, pipeline.environments.indices.contains(index) else { return diagram }
        let last = pipeline.environments[index]
        diagram.description = last.description
        diagram.owner = last.tags["owner"]
        diagram.settings = Self.settings(last)
        let parts = environments.map { (project.environments[$0].name, pipeline.environments[$0]) }
        diagram.starters = TriggerWords(environments: parts).starters
        if let machine = last.machine {
            DefinitionReader(machine).add(to: &diagram)
        } else {
            Self.add(last.workflow, last.functions, to: &diagram)
        }
        return diagram
    }

    private static func settings(_ pipeline: PipelineInEnvironment) -> [Setting] {
        var settings = [Setting("Timeout of a run", Words.duration(pipeline.timeout))]
        if let most = pipeline.maxActiveRuns {
            let others = pipeline.whenBusy == .wait ? "others wait" : "others are skipped"
            settings.append(Setting("Runs at once", "at most \(most), \(others)"))
        }
        if !pipeline.parameters.isEmpty {
            settings.append(Setting("Parameters", Words.json(.object(pipeline.parameters))))
        }
        return settings
    }

    private static func add(_ written: Workflow, _ functions: [Function], to diagram: inout PipelineDiagram) {
        let workflow = written.withFinallyInOrder
        let byName = Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let successors = workflow.graph.successors
        diagram.nodes = workflow.steps.indices.map { index in
            StepWords(step: workflow.steps[index], functions: byName).node(isLast: successors[index].isEmpty)
        }
        let regular = workflow.steps.indices.filter { !workflow.steps[$0].isOnlyOnError }
        let main = PipelineDiagram.Part(outline: WorkflowOutline(workflow, members: regular), members: regular)
        let onError = workflow.steps.indices.filter { workflow.steps[$0].isOnlyOnError }
        let paths = workflow.graph.components(of: onError).map {
            PipelineDiagram.Part(outline: WorkflowOutline(workflow, members: $0), members: $0.sorted())
        }
        for part in [main] + paths {
            for target in part.members {
                diagram.edges += part.outline.predecessors[target].map { .init(source: $0, target: target) }
            }
        }
        for (source, node) in diagram.nodes.enumerated() {
            diagram.edges += node.catchers.map { .init(source: source, target: $0.handler, kind: .error) }
        }
        diagram.flow = .blocks(main: main, errorPaths: paths)
    }

    /// From steps that run pipelines, and from triggers that wait for their end. Each pipeline lists what starts it.
    private func addEdges(to diagram: inout ProjectDiagram) {
        let positions = Dictionary(
            diagram.pipelines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var found = Set<[Int]>()
        var steps: [Int: [Starter]] = [:]
        for (source, pipeline) in diagram.pipelines.enumerated() {
            for node in pipeline.nodes {
                guard let id = node.target, let target = positions[id] else { continue }
                steps[target, default: []].append(
                    Starter(
                        kind: .step, name: pipeline.id.description, words: "step \(node.name)", pipelines: [pipeline.id]
                    ))
                if found.insert([source, target, 0]).inserted {
                    diagram.edges.append(.init(source: source, target: target, kind: .runs))
                }
            }
        }
        for (target, pipeline) in project.pipelines.enumerated() {
            for trigger in environments.flatMap({ pipeline.environments[$0].triggers }) {
                guard let (ids, completion) = trigger.source.ends else { continue }
                let kind: ProjectDiagram.Edge.Kind =
                    switch completion {
                    case .success: .success
                    case .failure: .failure
                    case .any: .any
                    }
                for source in ids.compactMap({ positions[$0] })
                where found.insert([source, target, 1 + (CompletionKind.allCases.firstIndex(of: completion) ?? 0)])
                    .inserted
                {
                    diagram.edges.append(.init(source: source, target: target, kind: kind))
                }
            }
        }
        for (target, starters) in steps { diagram.pipelines[target].starters += starters }
    }
}
