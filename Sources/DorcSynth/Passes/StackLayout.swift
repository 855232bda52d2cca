internal import CloudFormation
internal import DorcModel

/// Which stacks the project has and at which index of the graph each is: universal stacks, infra stacks, core
/// stacks. With it, a pass can refer to resources of stacks that other passes make.
struct StackLayout: Sendable {
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
    private let pipelineIndices: [PipelineID: Int]

    /// `universalStacks` are those of the run before, by the names of their repositories.
    init(_ project: Project, universalStacks: [String: String]) {
        let names = project.pipelines.map { pipeline in
            pipeline.images.map { Naming.repository(project: project.name, pipeline.id, $0) }
        }
        let universal = RepositoryPartition(project, names.flatMap(\.self), earlier: universalStacks)
        self.universal = universal
        var position = 0
        repositories = zip(project.pipelines, names).map { pipeline, names in
            zip(pipeline.images, names).map { image, name in
                defer { position += 1 }
                let id = LogicalID(
                    pipeline.id, function: image.function, prefix: image.isJob ? "JobRepository" : "Repository")
                return Repository(name: name, id: ResourceID(stack: universal.stacks[position], logicalID: id))
            }
        }
        firstInfra = universal.count
        firstCore = firstInfra + project.environments.count
        pipelineIndices = Dictionary(
            project.pipelines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func infra(_ environment: Int) -> StackIndex { StackIndex(value: firstInfra + environment) }

    /// By environment, then by pipeline.
    func core(_ environment: Int, _ pipeline: Int) -> StackIndex {
        StackIndex(value: firstCore + environment * repositories.count + pipeline)
    }

    /// Nil for a pipeline that is left out since it has mistakes.
    func core(_ environment: Int, _ pipeline: PipelineID) -> StackIndex? {
        pipelineIndices[pipeline].map { core(environment, $0) }
    }
}
