internal import DorcModel
internal import OrderedCollections

/// One environment -> its infra stack: what all its pipelines share.
struct InfraStackPass {
    let project: Project
    let plan: StackPlan
    let environment: Int
    /// The environment's core stacks: whether one runs another is read off their edges.
    let cores: [Stack]

    private var settings: Environment { project.environments[environment] }
    private var hasOwnTopic: Bool { if case .ownTopic = settings.notifications { true } else { false } }
    private var naming: Naming { Naming(project: project.name, environment: settings.name) }
    private var place: String { "\(project.name) in \(settings.name)" }

    func stack() -> Stack {
        let tags = OwnTags.added(to: settings.tags, project: project, environment: settings.name)
        var stack = Stack(
            name: naming.infraStack, kind: .infra, environment: settings.name, pipeline: nil,
            destinations: [Stack.Destination(account: settings.account, region: settings.region)],
            templatePath: "\(settings.name)/infra",
            description:
                "Roles, \(securityGroups.isEmpty ? "" : "security group, ")\(hasOwnKey ? "key, " : "")failure notices and"
                + " dead-letter queue shared by the pipelines of \(place)",
            tags: tags, origin: settings.range)
        func add(_ id: LogicalID, _ resource: Resource) {
            stack.resources[id] = ResourceNode(id: id, origin: settings.range, resource: resource)
        }
        let policies = SharedPolicies(naming: naming, plan: plan, environment: environment, hasTopic: hasOwnTopic)
        if hasOwnKey {
            add(
                SharedID.encryptionKey,
                .encryptionKey(
                    EncryptionKey(
                        description: "Logs\(hasOwnTopic ? " and failure notices" : "") of \(place)",
                        policy: policies.key)))
        }
        if case .ownTopic(let emails) = settings.notifications {
            add(
                SharedID.failureTopic,
                .topic(
                    Topic(
                        name: naming.shared("failures"), key: plan.encryptionKey(environment, settings), emails: emails)
                ))
            add(
                SharedID.failureTopicPolicy,
                .topicPolicy(TopicPolicy(topic: own(SharedID.failureTopic), policy: policies.failureTopic)))
        }
        add(SharedID.failureRule, .rule(failureRule))
        // SQS: fourteen days are the longest.
        add(SharedID.deadLetterQueue, .queue(Queue(name: naming.shared("dead-letters"), retention: 1_209_600)))
        add(
            SharedID.deadLetterQueuePolicy,
            .queuePolicy(QueuePolicy(queue: own(SharedID.deadLetterQueue), policy: policies.deadLetterQueue)))
        add(SharedID.deadLetterAlarm, .alarm(deadLetterAlarm))
        for group in securityGroups {
            add(SharedID.lambdaSecurityGroup(in: group.vpcID), .securityGroup(group))
        }
        let roles = SharedRoles(
            naming: naming, plan: plan, environment: environment, settings: settings, place: place,
            uses: MachineUses(cores.flatMap(usesOfSharedRole)))
        add(SharedID.lambdaRole, .role(roles.lambda))
        add(SharedID.stateMachineRole, .role(roles.stateMachine))
        add(SharedID.triggerRole, .role(roles.trigger))
        add(SharedID.scheduleGroup, .scheduleGroup(ScheduleGroup(name: naming.prefix)))
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

    private func usesOfSharedRole(_ core: Stack) -> [MachineUses] {
        core.resources.values.compactMap { node in
            guard case .stateMachine(let machine) = node.resource,
                machine.role == plan.shared(environment, SharedID.stateMachineRole, .arn)
            else { return nil }
            return MachineUses(machine.definition)
        }
    }

    private var failureRule: EventRule {
        EventRule(
            name: naming.shared("failures"), description: "Tells of failed, timed-out and aborted runs of \(place)",
            isEnabled: true,
            pattern: .executionEnded(
                statuses: ["FAILED", "TIMED_OUT", "ABORTED"],
                machines: .prefix(ARN("states", "stateMachine:\(naming.prefix)-"))),
            target: .notice(topic: topic, about: place, console: settings.partition.consoleHost), retry: .longest)
    }

    private var deadLetterAlarm: Alarm {
        let queue = naming.shared("dead-letters")
        return Alarm(
            name: naming.shared("not-started"),
            description: "A trigger of \(place) could not start a run; the queue \(queue) holds its event",
            queueName: own(SharedID.deadLetterQueue, .name), topic: topic)
    }

    private var hasOwnKey: Bool { if case .ownKey = settings.encryption { true } else { false } }

    private var topic: Expression {
        switch settings.notifications {
        case .ownTopic: .reference(own(SharedID.failureTopic))
        case .topic(let arn): .deployTime(arn)
        }
    }

    private func own(_ id: LogicalID, _ attribute: Reference.Attribute = .arn) -> Reference {
        plan.shared(environment, id, attribute)
    }
}
