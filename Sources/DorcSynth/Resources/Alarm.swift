internal import CloudFormation

/// Fires when a message comes into a queue.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
struct Alarm: Resource {
    var name: String
    var description: String
    var queueName: Reference
    var topic: Expression
}

extension Alarm {
    static let type: StaticString = "AWS::CloudWatch::Alarm"
    /// CloudWatch quotas.
    static let quota: AccountQuota? = AccountQuota(most: 5000, what: "CloudWatch alarms")

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .attribute("Arn")
        case .name: .ref
        case .groupID, .url: nil
        }
    }

    var physicalName: String? { name }
    var arn: ARN? { nil }
    var export: Export? { nil }
    var references: [Reference] { [queueName] + topic.references }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["AlarmName"] = name
        properties["AlarmDescription"] = description
        properties["Namespace"] = "AWS/SQS"
        // What comes in, not what lies there: a message stays for days, and the next one would be told to nobody. (SQS
        // guide, "Available CloudWatch metrics": counts what services send, as EventBridge and Scheduler do.)
        properties["MetricName"] = "NumberOfMessagesSent"
        properties.list("Dimensions") {
            $0.object {
                $0["Name"] = "QueueName"
                $0["Value"] = stack.value(queueName)
            }
        }
        properties["Statistic"] = "Sum"
        properties["Period"] = 300
        // One of the last four: the metrics of a queue that nothing has used for hours come up to 15 minutes late
        // (SQS guide, "Monitoring Amazon SQS queues using CloudWatch").
        properties["EvaluationPeriods"] = 4
        properties["DatapointsToAlarm"] = 1
        properties["ComparisonOperator"] = "GreaterThanThreshold"
        properties["Threshold"] = 0
        properties["TreatMissingData"] = "notBreaching"
        properties.list("AlarmActions") { $0.add(stack.value(topic)) }
        stack.writeTags(to: &properties)
    }
}
