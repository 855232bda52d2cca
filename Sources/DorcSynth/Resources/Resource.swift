/// Every kind of resource that dorc makes. A new kind is one case, one struct, one pass that makes it and one file in
/// DorcTemplates that lowers it: the compiler names all places.
package enum Resource: Sendable {
    case repository(Repository)
    case encryptionKey(EncryptionKey)
    case topic(Topic)
    case topicPolicy(TopicPolicy)
    case queue(Queue)
    case queuePolicy(QueuePolicy)
    case alarm(Alarm)
    case securityGroup(SecurityGroup)
    case role(Role)
    case scheduleGroup(ScheduleGroup)
    case logGroup(LogGroup)
    case function(LambdaFunction)
    case stateMachine(StateMachine)
    case schedule(Schedule)
    case rule(EventRule)
}

extension Resource {
    /// The edges that start here.
    package var references: [Reference] {
        switch self {
        case .repository, .securityGroup, .scheduleGroup, .queue: []
        case .encryptionKey(let key): key.policy.statements.flatMap(\.references)
        case .topic(let topic): [topic.key?.reference].compactMap(\.self)
        case .topicPolicy(let policy): [policy.topic] + policy.policy.statements.flatMap(\.references)
        case .queuePolicy(let policy): [policy.queue] + policy.policy.statements.flatMap(\.references)
        case .alarm(let alarm): [alarm.queueName] + [alarm.topic.reference].compactMap(\.self)
        case .role(let role): (role.trust.statements + role.policy.statements).flatMap(\.references)
        case .logGroup(let group): [group.key?.reference].compactMap(\.self)
        case .function(let function): function.references
        case .stateMachine(let machine): machine.references
        case .schedule(let schedule): [schedule.target, schedule.role, schedule.deadLetterQueue]
        case .rule(let rule): rule.references
        }
    }

    /// The ARN, where it follows from the name: another stack can then refer to it without an import, and no stack
    /// locks another.
    package var arn: ARN? {
        switch self {
        case .repository(let repository): ARN("ecr", "repository/\(repository.name)")
        case .topic(let topic): ARN("sns", topic.name)
        case .queue(let queue): ARN("sqs", queue.name)
        case .role(let role): ARN("iam", hasRegion: false, "role/\(role.name)")
        case .function(let function): ARN("lambda", "function:\(function.name)")
        case .stateMachine(let machine): ARN("states", "stateMachine:\(machine.name)")
        case .logGroup(let group): ARN("logs", "log-group:\(group.name):*")
        case .rule(let rule): ARN("events", "rule/\(rule.name)")
        case .encryptionKey, .topicPolicy, .queuePolicy, .alarm, .securityGroup, .scheduleGroup, .schedule: nil
        }
    }

    /// The physical name, where it can stand instead of an export; nil for what only AWS can name.
    package var name: String? {
        switch self {
        case .repository(let repository): repository.name
        case .topic(let topic): topic.name
        case .queue(let queue): queue.name
        case .alarm(let alarm): alarm.name
        case .role(let role): role.name
        case .scheduleGroup(let group): group.name
        case .logGroup(let group): group.name
        case .function(let function): function.name
        case .stateMachine(let machine): machine.name
        case .schedule(let schedule): schedule.name
        case .rule(let rule): rule.name
        case .encryptionKey, .topicPolicy, .queuePolicy, .securityGroup: nil
        }
    }
}
