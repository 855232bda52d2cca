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
                "MetricName": .string("ApproximateNumberOfMessagesVisible"),
                "Dimensions": .list([.object(["Name": .string("QueueName"), "Value": value(alarm.queueName)])]),
                "Statistic": .string("Maximum"),
                "Period": .integer(300),
                "EvaluationPeriods": .integer(1),
                "ComparisonOperator": .string("GreaterThanThreshold"),
                "Threshold": .integer(0),
                "TreatMissingData": .string("notBreaching"),
                "AlarmActions": .list([value(alarm.topic)]),
                "Tags": tags,
            ])
    }

    func lower(_ group: SecurityGroup) -> Value {
        let https = Value.object([
            "Description": .string("HTTPS outbound"),
            "IpProtocol": .string("tcp"),
            "FromPort": .integer(443),
            "ToPort": .integer(443),
            "CidrIp": .string("0.0.0.0/0"),
        ])
        return resource(
            "AWS::EC2::SecurityGroup",
            [
                "GroupName": .string(group.name),
                "GroupDescription": .string(group.description),
                "VpcId": Value(group.vpcID),
                "SecurityGroupEgress": .list([https]),
                "Tags": tags,
            ])
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
