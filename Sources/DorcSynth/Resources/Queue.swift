internal import CloudFormation

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
struct Queue: Resource {
    var name: String
    /// Seconds, at most 1,209,600.
    var retention: Int
}

extension Queue {
    static let type: StaticString = "AWS::SQS::Queue"
    static let deletion: Deletion? = .delete

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .attribute("Arn")
        case .name: .attribute("QueueName")
        case .url: .ref
        case .groupID: nil
        }
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("sqs", name) }
    var export: Export? { nil }
    var references: [Reference] { [] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["QueueName"] = name
        properties["MessageRetentionPeriod"] = retention
        properties["SqsManagedSseEnabled"] = true
        stack.writeTags(to: &properties)
    }
}

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html
struct QueuePolicy: Resource {
    /// By its URL.
    var queue: Reference
    var policy: PolicyDocument
}

extension QueuePolicy {
    static let type: StaticString = "AWS::SQS::QueuePolicy"

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? { nil }

    var physicalName: String? { nil }
    var arn: ARN? { nil }
    var export: Export? { nil }
    var references: [Reference] { [queue] + policy.references }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties.list("Queues") { $0.add(stack.value(queue)) }
        properties.key("PolicyDocument")
        policy.write(to: &properties, in: stack)
    }
}
