internal import DorcModel

/// Which stacks the project has and at which index of the graph each stands: universal stacks, infra stacks, core
/// stacks. With it, a pass can refer to resources of stacks that other passes make.
struct StackPlan: Sendable {
    /// One pipeline in one environment, as indices into the project.
    struct Core: Sendable {
        var environment: Int
        var pipeline: Int
        var index: StackIndex
    }

    let universal: RepositoryPartition
    private(set) var cores: [Core] = []
    private let firstInfra: Int
    private let firstCore: Int
    private let environmentCount: Int
    private let pipelineIndices: [PipelineID: Int]

    /// `universalStacks` are those of the run before, by the names of their repositories.
    init(_ project: Project, universalStacks: [String: String]) {
        universal = RepositoryPartition(project, earlier: universalStacks)
        firstInfra = universal.count
        environmentCount = project.environments.count
        firstCore = firstInfra + environmentCount
        pipelineIndices = Dictionary(
            project.pipelines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for environment in project.environments.indices {
            for pipeline in project.pipelines.indices {
                let index = firstCore + environment * project.pipelines.count + pipeline
                cores.append(Core(environment: environment, pipeline: pipeline, index: StackIndex(value: index)))
            }
        }
    }

    func infra(_ environment: Int) -> StackIndex { StackIndex(value: firstInfra + environment) }

    /// Nil for a pipeline that is left out since it has mistakes.
    func core(_ environment: Int, _ pipeline: PipelineID) -> StackIndex? {
        guard let position = pipelineIndices[pipeline] else { return nil }
        return StackIndex(value: firstCore + environment * pipelineIndices.count + position)
    }

    /// The key of the environment's logs and notices; nil where AWS encrypts them by itself.
    func encryptionKey(_ environment: Int, _ settings: Environment) -> Expression? {
        switch settings.encryption {
        case .ownKey: .reference(shared(environment, SharedID.encryptionKey, .arn))
        case .key(let key): .deployTime(key)
        case .aws: nil
        }
    }

    func shared(_ environment: Int, _ id: LogicalID, _ attribute: Reference.Attribute) -> Reference {
        Reference(target: ResourceID(stack: infra(environment), logicalID: id), attribute: attribute)
    }
}
