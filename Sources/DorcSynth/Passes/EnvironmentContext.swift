internal import CloudFormation
internal import DorcModel

/// One environment, with what its stacks refer to: made once for all of them.
final class EnvironmentContext: Sendable {
    let project: Project
    let layout: StackLayout
    /// Its number.
    let index: Int
    let environment: Environment
    let naming: Naming
    let infra: StackIndex
    /// Of logs and notices; nil where AWS encrypts them by itself.
    let encryptionKey: Expression?
    /// That it and its pipelines use, sorted: each has one topic and one configuration, which an account can have once for a
    /// channel.
    let slackChannels: [SlackChannel]
    /// Of the functions; nil where they run outside of a VPC.
    let network: LambdaFunction.Network?

    init(_ project: Project, _ layout: StackLayout, _ index: Int, _ environment: Environment) {
        self.project = project
        self.layout = layout
        self.index = index
        self.environment = environment
        place = "\(project.name) in \(environment.name)"
        naming = Naming(project: project.name, environment: environment.name)
        let infra = layout.infra(index)
        self.infra = infra
        encryptionKey =
            switch environment.encryption {
            case .ownKey: .reference(Self.shared(infra, SharedID.encryptionKey, .arn))
            case .key(let key): .deployTime(key)
            case .aws: nil
            }
        var channels = Set([environment.notifications.slack].compactMap { $0 })
        for pipeline in project.pipelines {
            if let channel = pipeline.environments[index].notices?.slack { channels.insert(channel) }
        }
        slackChannels = channels.sorted()
        network = environment.network.map { network in
            LambdaFunction.Network(
                securityGroup: Self.shared(infra, SharedID.lambdaSecurityGroup(in: network.vpcID), .groupID),
                otherSecurityGroupIDs: network.securityGroupIDs, subnetIDs: network.subnetIDs,
                // Lambda sends none by itself, so that a rule for it would be in vain.
                usesIPv6: network.egress.contains { if case .ipv6 = $0.destination { true } else { false } })
        }
    }

    /// As in descriptions: `census-demo in dev`.
    let place: String

    /// Where the environment's own notices and alarms go to.
    var noticeTopics: [Expression] {
        let topic: Expression =
            switch environment.notifications.topic {
            case .own: .reference(shared(SharedID.failureTopic))
            case .existing(let arn): .deployTime(arn)
            }
        return [topic] + (environment.notifications.slack.map { [slackTopic($0)] } ?? [])
    }

    func slackTopic(_ channel: SlackChannel) -> Expression { .reference(shared(SharedID.slackTopic(channel))) }

    /// Whether any of its stacks has a topic, which the key encrypts.
    var hasTopics: Bool {
        if case .own = environment.notifications.topic { return true }
        return !slackChannels.isEmpty
            || project.pipelines.contains { $0.environments[index].notices?.emails.isEmpty == false }
    }

    /// A resource of the infra stack.
    func shared(_ id: LogicalID, _ attribute: Reference.Attribute = .arn) -> Reference {
        Self.shared(infra, id, attribute)
    }

    private static func shared(
        _ infra: StackIndex, _ id: LogicalID, _ attribute: Reference.Attribute
    ) -> Reference {
        Reference(target: ResourceID(stack: infra, logicalID: id), attribute: attribute)
    }

    /// Nil for a pipeline that is left out since it has mistakes.
    func stateMachine(of pipeline: PipelineID) -> Reference? {
        layout.core(index, pipeline).map {
            Reference(target: ResourceID(stack: $0, logicalID: PipelineResourceID.stateMachine), attribute: .arn)
        }
    }
}

/// One pipeline in one environment.
struct PipelineContext {
    let shared: EnvironmentContext
    let pipeline: Pipeline
    let definition: PipelineInEnvironment
    let naming: PipelineNaming
    let stack: StackIndex
    /// Of its images, in their order.
    let repositories: [StackLayout.Repository]
    /// The indices of the definition's functions by their names.
    let functions: [String: Int]
    private let functionIDs: FunctionIDs

    /// Of the project's pipeline of that number. `functionIDs` are those of its functions.
    init(_ shared: EnvironmentContext, _ index: Int, _ functionIDs: FunctionIDs) {
        self.functionIDs = functionIDs
        self.shared = shared
        pipeline = shared.project.pipelines[index]
        definition = pipeline.environments[shared.index]
        naming = shared.naming.pipeline(pipeline.id)
        stack = shared.layout.core(shared.index, index)
        repositories = shared.layout.repositories[index]
        functions = functionIDs.indices
    }

    var id: PipelineID { pipeline.id }
    var environment: Environment { shared.environment }
    var project: Project { shared.project }

    func ids(of function: String) -> FunctionIDs.IDs { functionIDs[function] }

    /// A resource of the core stack.
    func own(_ id: LogicalID, _ attribute: Reference.Attribute = .arn) -> Reference {
        Reference(target: ResourceID(stack: stack, logicalID: id), attribute: attribute)
    }
}
