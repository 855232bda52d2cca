internal import CloudFormation

/// The policies of an environment's key, topic and queue: who may use them, from where.
struct SharedPolicies {
    let shared: EnvironmentContext

    private var naming: Naming { shared.naming }

    /// KMS guide, "Encrypt log data in CloudWatch Logs": the log groups' ARNs are the encryption context. Those of jobs are among them
    /// whether there are jobs or not: this stack is deployed before the pipelines.
    ///
    /// What publishes to topics is there while one of dorc's may be, since its statements have no narrower condition.
    var key: PolicyDocument {
        let everything = [Expression.literal("*")]
        let logGroups = ["/aws/batch/", "/aws/lambda/", "/aws/vendedlogs/states/"].map {
            Expression.arn(ARN("logs", "log-group:\($0)", naming.prefix, "-*"))
        }
        let statements = [
            PolicyStatement(
                "AccountAdministersKey", principal: .accounts([ARN("iam", hasRegion: false, "root")]), ["kms:*"],
                on: everything),
            PolicyStatement(
                "LogsEncryptsLogGroups", principal: .service(.regionalService("logs")),
                ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
                on: everything,
                where: [.init("ArnLike", "kms:EncryptionContext:aws:logs:arn", logGroups)]),
        ]
        return PolicyDocument(statements + (shared.hasTopics ? publishers(on: everything) : []))
    }

    private func publishers(on everything: [Expression]) -> [PolicyStatement] {
        [
            PolicyStatement(
                "AlarmsPublishToTopic", principal: .service(.literal("cloudwatch.amazonaws.com")),
                ["kms:Decrypt", "kms:GenerateDataKey*"], on: everything, where: [.ownAccount]),
            // SNS guide, "Key management": `aws:SourceAccount`, `aws:SourceArn` and `aws:SourceOrgID` are not supported for
            // EventBridge and encrypted topics. With a condition, the notices would be lost without a word.
            PolicyStatement(
                "RulesPublishToTopic", principal: .service(.literal("events.amazonaws.com")),
                ["kms:Decrypt", "kms:GenerateDataKey*"], on: everything),
        ]
    }

    /// Of a topic for notices and alarms.
    func topic(_ topic: Reference) -> PolicyDocument {
        let topic = [Expression.reference(topic)]
        let alarms = Expression.arn(ARN("cloudwatch", "alarm:", naming.prefix, "-*"))
        return PolicyDocument([
            PolicyStatement(
                "AlarmsPublish", principal: .service(.literal("cloudwatch.amazonaws.com")), ["sns:Publish"], on: topic,
                where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [alarms])]),
            // With a condition, the notices might be lost without a word: EventBridge's guide said that "you can't use Condition blocks in
            // Amazon SNS topic policies for EventBridge", SNS's says it of encrypted topics alone ("Key management"), and neither
            // says that one works for a topic without a key. Its troubleshooting page has the statement as it is here.
            PolicyStatement(
                "RulesPublish", principal: .service(.literal("events.amazonaws.com")), ["sns:Publish"], on: topic),
            PolicyStatement(
                "DenyPlainTransport", effect: .deny, principal: .everyone, ["sns:Publish"], on: topic,
                where: [.init("Bool", "aws:SecureTransport", [.literal("false")])]),
        ])
    }

    var deadLetterQueue: PolicyDocument {
        let queue = [Expression.reference(shared.shared(SharedID.deadLetterQueue))]
        let rules = Expression.arn(ARN("events", "rule/", naming.prefix, "-*"))
        return PolicyDocument([
            PolicyStatement(
                "RulesKeepFailedStarts", principal: .service(.literal("events.amazonaws.com")), ["sqs:SendMessage"],
                on: queue,
                where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [rules])]),
            PolicyStatement(
                "DenyPlainTransport", effect: .deny, principal: .everyone, ["sqs:*"], on: queue,
                where: [.init("Bool", "aws:SecureTransport", [.literal("false")])]),
        ])
    }
}
