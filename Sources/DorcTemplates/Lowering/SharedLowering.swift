internal import DorcModel
internal import DorcSynth

extension StackLowering {
    /// Retained: logs cannot be read without their key.
    func lower(_ key: EncryptionKey) -> Value {
        resource(
            "AWS::KMS::Key", deletion: .retain,
            [
                "Description": .string(key.description),
                "EnableKeyRotation": .boolean(true),
                "PendingWindowInDays": .integer(30),
                "KeyPolicy": value(key.policy),
                "Tags": tags,
            ])
    }

    func lower(_ topic: Topic) -> Value {
        let subscriptions = topic.emails.map { email in
            Value.object(["Protocol": .string("email"), "Endpoint": .string(email)])
        }
        return resource(
            "AWS::SNS::Topic",
            [
                "TopicName": .string(topic.name),
                "KmsMasterKeyId": topic.key.map(value),
                "Subscription": subscriptions.isEmpty ? nil : .list(subscriptions),
                "Tags": tags,
            ])
    }

    func lower(_ policy: TopicPolicy) -> Value {
        resource(
            "AWS::SNS::TopicPolicy", ["Topics": .list([value(policy.topic)]), "PolicyDocument": value(policy.policy)])
    }

    func lower(_ queue: Queue) -> Value {
        resource(
            "AWS::SQS::Queue", deletion: .delete,
            [
                "QueueName": .string(queue.name),
                "MessageRetentionPeriod": .integer(queue.retention),
                "SqsManagedSseEnabled": .boolean(true),
                "Tags": tags,
            ])
    }

    /// A queue policy names its queues by URL, which is what `Ref` gives.
    func lower(_ policy: QueuePolicy) -> Value {
        resource(
            "AWS::SQS::QueuePolicy",
            [
                "Queues": .list([.ref(policy.queue.target.logicalID.text)]),
                "PolicyDocument": value(policy.policy),
            ])
    }

    func lower(_ alarm: Alarm) -> Value {
        resource(
            "AWS::CloudWatch::Alarm",
            [
                "AlarmName": .string(alarm.name),
                "AlarmDescription": .string(alarm.description),
                "Namespace": .string("AWS/SQS"),
                // What comes in, not what lies there: a message stays for days, and the next one would be told to nobody. (SQS
                // guide, "Available CloudWatch metrics": counts what services send, as EventBridge and Scheduler do.)
                "MetricName": .string("NumberOfMessagesSent"),
                "Dimensions": .list([.object(["Name": .string("QueueName"), "Value": value(alarm.queueName)])]),
                "Statistic": .string("Sum"),
                "Period": .integer(300),
                // One of the last four: the metrics of a queue that nothing has used for hours come up to 15 minutes late
                // (SQS guide, "Monitoring Amazon SQS queues using CloudWatch").
                "EvaluationPeriods": .integer(4),
                "DatapointsToAlarm": .integer(1),
                "ComparisonOperator": .string("GreaterThanThreshold"),
                "Threshold": .integer(0),
                "TreatMissingData": .string("notBreaching"),
                "AlarmActions": .list([value(alarm.topic)]),
                "Tags": tags,
            ])
    }

    func lower(_ group: SecurityGroup) -> Value {
        resource(
            "AWS::EC2::SecurityGroup",
            [
                "GroupDescription": .string(group.description),
                "VpcId": Value(group.vpcID),
                "SecurityGroupEgress": .list(([.https] + group.egress).map(value)),
                "Tags": tags,
            ])
    }

    private func value(_ rule: EgressRule) -> Value {
        let (first, last) = (rule.ports.lowerBound, rule.ports.upperBound)
        let ports = "\(rule.transport.rawValue.uppercased()) \(first == last ? "\(first)" : "\(first)-\(last)")"
        func object(_ key: String, _ destination: Value, _ name: String) -> Value {
            .object([
                // EC2 takes no apostrophe, and ASCII only.
                "Description": .string(rule == .https ? "HTTPS outbound" : "\(ports) to \(name)"),
                "IpProtocol": .string(rule.transport.rawValue),
                "FromPort": .integer(first),
                "ToPort": .integer(last),
                key: destination,
            ])
        }
        return switch rule.destination {
        case .ipv4(let range): object("CidrIp", .string(range), range)
        case .ipv6(let range): object("CidrIpv6", .string(range), range)
        case .prefixList(let id): object("DestinationPrefixListId", .string(id), id)
        case .securityGroup(let id):
            object(
                "DestinationSecurityGroupId", Value(id),
                id.literal.flatMap { $0.hasPrefix("sg-") ? $0 : nil } ?? "a security group")
        }
    }

    func lower(_ role: Role) -> Value {
        resource(
            "AWS::IAM::Role",
            [
                "RoleName": .string(role.name),
                "Description": .string(role.description),
                "AssumeRolePolicyDocument": value(role.trust),
                "ManagedPolicyArns": role.managedPolicies.isEmpty ? nil : .list(role.managedPolicies.map { Value($0) }),
                "PermissionsBoundary": role.permissionsBoundary.map { Value($0) },
                "Policies": .list([
                    .object(["PolicyName": .string(role.name), "PolicyDocument": value(role.policy)])
                ]),
                "Tags": tags,
            ])
    }

    func lower(_ group: ScheduleGroup) -> Value {
        resource("AWS::Scheduler::ScheduleGroup", ["Name": .string(group.name), "Tags": tags])
    }
}
