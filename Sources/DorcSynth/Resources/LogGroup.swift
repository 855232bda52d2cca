internal import CloudFormation

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
struct LogGroup: Resource {
    var name: String
    /// One of `LogRetention.allowedDays`.
    var retentionDays: Int
    /// Nil: encrypted as CloudWatch does by itself.
    var key: Expression?
}

extension LogGroup {
    static let type: StaticString = "AWS::Logs::LogGroup"
    /// Goes with the stack: a retained group would stand in the way of the next creation.
    static let deletion: Deletion? = .delete

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .nameAndARN(attribute)
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("logs", "log-group:", name, ":*") }
    var export: Export? { nil }
    var references: [Reference] { key?.references ?? [] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["LogGroupName"] = name
        properties["RetentionInDays"] = retentionDays
        properties["KmsKeyId"] = key.map(stack.value)
        stack.writeTags(to: &properties)
    }
}
