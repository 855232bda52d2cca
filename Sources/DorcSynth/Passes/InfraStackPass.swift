internal import DorcText
internal import CloudFormation
internal import DorcModel
/// One environment -> its infra stack: what all its pipelines share.
struct InfraStackPass {
    let shared: EnvironmentContext

    private var settings: Environment { shared.environment }
    /// Whether one of its pipelines waits for the ends of several others.
    private var hasJoins: Bool { shared.project.pipelines.contains { $0.environments[shared.index].hasJoins } }
    private var naming: Naming { shared.naming }
    private var place: String { shared.place }

    func stack(into diagnostics: inout Diagnostics) -> Stack {
        let tags = SortedTexts(tags: settings.tags, project: shared.project, environment: settings.name)
        var stack = Stack(
            index: shared.infra, name: naming.infraStack, kind: .infra, environment: settings.name, pipeline: nil,
            exportPrefix: naming.prefix,
            destinations: [Stack.Destination(account: settings.account, region: settings.region)],
            templatePath: "\(settings.name)/infra",
            description:
                "Roles, \(securityGroups.isEmpty ? "" : "security group, ")\(hasOwnKey ? "key, " : "")failure notices and"
                + " dead-letter queue shared by the pipelines of \(place)",
            tags: tags, origin: settings.range)
        func add(_ id: LogicalID, _ resource: some Resource) {
            stack.add(id, resource, origin: settings.range, &diagnostics)
        }
        let jobs = JobInfrastructure(shared: shared)
        // A queue cannot change its tags, and with its name taken the new one could not be made: the update would fail (schema of
        // AWS::Batch::JobQueue, `tagging`; CloudFormation's roadmap, issues 2463 and 2270).
        if !jobs.kinds.isEmpty { stack.ownTags = SortedTexts(fixedFor: shared.project, environment: settings.name) }
        let policies = SharedPolicies(shared: shared)
        if hasOwnKey {
            add(
                SharedID.encryptionKey,
                EncryptionKey(
                    description: "Logs\(shared.hasTopics ? " and failure notices" : "") of \(place)",
                    policy: policies.key))
        }
        if case .own(let emails) = settings.notifications.topic {
            add(
                SharedID.failureTopic,
                Topic(name: naming.shared("failures"), key: shared.encryptionKey, emails: emails))
            add(
                SharedID.failureTopicPolicy,
                TopicPolicy(
                    topic: shared.shared(SharedID.failureTopic),
                    policy: policies.topic(shared.shared(SharedID.failureTopic))))
        }
        add(SharedID.failureRule, EnvironmentNotices(shared: shared).failureRule)
        // SQS: fourteen days are the longest.
        add(SharedID.deadLetterQueue, Queue(name: naming.shared("dead-letters"), retention: 1_209_600))
        add(
            SharedID.deadLetterQueuePolicy,
            QueuePolicy(queue: shared.shared(SharedID.deadLetterQueue, .url), policy: policies.deadLetterQueue))
        let notices = EnvironmentNotices(shared: shared)
        add(SharedID.deadLetterAlarm, notices.deadLetterAlarm)
        notices.add(to: &stack, &diagnostics)
        if hasJoins {
            add(SharedID.joinTable, Table(name: naming.shared(JoinResources.tableName), key: shared.encryptionKey))
        }
        for group in securityGroups {
            add(SharedID.lambdaSecurityGroup(in: group.vpcID), group)
        }
        let roles = SharedRoles(shared: shared)
        if !shared.slackChannels.isEmpty { add(SharedID.slackRole, roles.slack) }
        add(SharedID.lambdaRole, roles.lambda)
        add(SharedID.stateMachineRole, roles.stateMachine)
        add(SharedID.triggerRole, roles.trigger)
        add(SharedID.scheduleGroup, ScheduleGroup(name: naming.prefix))
        jobs.add(to: &stack, &diagnostics)
        return stack
    }

    /// The one that the functions have, and the one that they leave: it goes with the next deployment but one, when Lambda
    /// has removed its interfaces.
    private var securityGroups: [SecurityGroup] {
        var groups: [SecurityGroup] = []
        if let network = settings.network {
            groups.append(
                SecurityGroup(description: "Functions of \(place)", vpcID: network.vpcID, egress: network.egress))
        }
        if let vpcID = settings.previousVPCID, vpcID != settings.network?.vpcID {
            // Groups that rules name are in the new VPC.
            let egress = (settings.network?.egress ?? []).filter { rule in
                if case .securityGroup = rule.destination { false } else { true }
            }
            groups.append(SecurityGroup(description: "Functions of \(place)", vpcID: vpcID, egress: egress))
        }
        return groups
    }

    private var hasOwnKey: Bool { if case .ownKey = settings.encryption { true } else { false } }
}
