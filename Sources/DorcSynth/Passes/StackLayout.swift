internal import CloudFormation
internal import DorcModel

/// Which stacks the project has and at which index of the graph each stands: universal stacks, infra stacks, core
/// stacks. With it, a pass can refer to resources of stacks that other passes make.
struct StackLayout: Sendable {
    /// One pipeline in one environment, as indices into the project.
    struct Core: Sendable {
        var environment: Int
        var pipeline: Int
        var index: StackIndex
    }

    /// Of a function's images.
    struct Repository: Sendable {
        var name: String
        var id: ResourceID
    }

    let universal: RepositoryPartition
    /// For each pipeline those of its images, in their order.
    let repositories: [[Repository]]
    private let firstInfra: Int
    private let firstCore: Int
    private let environmentCount: Int
    private let pipelineIndices: [PipelineID: Int]

    /// `universalStacks` are those of the run before, by the names of their repositories.
    init(_ project: Project, universalStacks: [String: String]) {
        let names = project.pipelines.map { pipeline in
            pipeline.images.map { Naming.repository(project: project.name, pipeline.id, $0.function) }
        }
        let universal = RepositoryPartition(project, names.flatMap(\.self), earlier: universalStacks)
        self.universal = universal
        var position = 0
        repositories = zip(project.pipelines, names).map { pipeline, names in
            zip(pipeline.images, names).map { image, name in
                defer { position += 1 }
                let id = LogicalID(pipeline.id, function: image.function, prefix: "Repository")
                return Repository(name: name, id: ResourceID(stack: universal.stacks[position], logicalID: id))
            }
        }
        firstInfra = universal.count
        environmentCount = project.environments.count
        firstCore = firstInfra + environmentCount
        pipelineIndices = Dictionary(
            project.pipelines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// By environment.
    var cores: [Core] {
        (0..<environmentCount).flatMap { environment in
            repositories.indices.map { pipeline in
                let index = firstCore + environment * repositories.count + pipeline
                return Core(environment: environment, pipeline: pipeline, index: StackIndex(value: index))
            }
        }
    }

    func infra(_ environment: Int) -> StackIndex { StackIndex(value: firstInfra + environment) }

    /// Nil for a pipeline that is left out since it has mistakes.
    func core(_ environment: Int, _ pipeline: PipelineID) -> StackIndex? {
        guard let position = pipelineIndices[pipeline] else { return nil }
        return StackIndex(value: firstCore + environment * repositories.count + position)
    }
}
