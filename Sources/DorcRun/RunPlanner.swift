package import DorcModel
package import DorcSynth
package import DorcText

/// Project, ResourceGraph -> RunPlan.
///
///     PipelineID -> its core stack's template, as synth writes it     (TemplateRenderer)
///                -> with CloudFormation's functions resolved          (DeployedValues)
///                -> its state machine and its functions               (DeployedPipeline)
///                -> the pipelines that the machine names, the same for them
///
/// What runs is what is deployed: nothing is compiled a second time.
package struct RunPlanner {
    private let project: Project
    private let graph: ResourceGraph
    /// Its place in the project.
    private let environment: Int
    private let destination: DeployedValues.Destination
    /// By the names of their state machines.
    private let machines: [String: PipelineID]
    private let root: String

    /// Nil where the project has no such environment. `root` is the absolute path of the config repository.
    package init?(_ project: Project, _ graph: ResourceGraph, environment name: String, root: String) {
        guard let index = project.environments.firstIndex(where: { $0.name == name }) else { return nil }
        self.project = project
        self.graph = graph
        self.root = root
        environment = index
        destination = DeployedValues.Destination(project.environments[index])
        let naming = Naming(project: project.name, environment: name)
        machines = Dictionary(
            project.pipelines.map { (naming.pipeline($0.id).stateMachine, $0.id) },
            uniquingKeysWith: { first, _ in first })
    }

    package func plan(_ pipeline: PipelineID, into diagnostics: inout Diagnostics) -> RunPlan? {
        plan([pipeline], into: &diagnostics)
    }

    /// The first of the pipelines is the one to run. Nil for none, or, with a finding, where a stack is not as it should be.
    package func plan(_ pipelines: [PipelineID], into diagnostics: inout Diagnostics) -> RunPlan? {
        guard let first = pipelines.first else { return nil }
        let environment = project.environments[environment]
        var plan = RunPlan(
            project: project.name, environment: environment.name, region: destination.region,
            account: destination.account, partition: destination.partition.id, root: root,
            pipeline: first.description, pipelines: [], functions: [], unknown: [])
        var pending = Array(pipelines.reversed())
        var known = Set(pipelines)
        while let id = pending.popLast() {
            guard let deployed = deployed(id, into: &diagnostics) else { return nil }
            plan.pipelines.append(deployed.pipeline)
            plan.functions += deployed.functions
            plan.unknown += deployed.unknown.filter { !plan.unknown.contains($0) }
            let started = MachineNames.named(in: deployed.pipeline.definition).compactMap { machines[$0] }
            // The first one that is named is the next one.
            pending += started.reversed().filter { known.insert($0).inserted }
        }
        return plan
    }

    private func deployed(_ id: PipelineID, into diagnostics: inout Diagnostics) -> DeployedPipeline? {
        guard let pipeline = project.pipelines.first(where: { $0.id == id }), environment < pipeline.environments.count,
            let stack = graph.stacks.first(where: {
                $0.pipeline == id && $0.environment == project.environments[environment].name
            })
        else {
            diagnostics.report(.internalError("the pipeline `\(id)` has no stack", at: project.file.wholeFile))
            return nil
        }
        return DeployedPipeline(
            pipeline, pipeline.environments[environment], stack, of: graph, in: project, destination,
            into: &diagnostics)
    }
}

/// The state machines that a definition names by their ARNs.
enum MachineNames {
    private static let mark = ":stateMachine:"

    /// Each once, in the order of the definition.
    static func named(in definition: RunPlan.JSON) -> [String] {
        var names: [String] = []
        definition.forEachText { text in
            for piece in text.split(separator: mark, omittingEmptySubsequences: false).dropFirst() {
                let name = String(piece.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
                if !names.contains(name) { names.append(name) }
            }
        }
        return names
    }
}
