internal import CloudFormation

/// For logs and notices.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
struct EncryptionKey: Resource {
    var description: String
    var policy: PolicyDocument
}

extension EncryptionKey {
    static let type: StaticString = "AWS::KMS::Key"
    /// Logs cannot be read without their key.
    static let deletion: Deletion? = .retain

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .attribute("Arn")
        case .name, .groupID, .url: nil
        }
    }

    var physicalName: String? { nil }
    var arn: ARN? { nil }

    var export: Export? {
        Export(
            attribute: .arn, description: "Key of the log groups and the failure topic", outputEnding: "Arn",
            nameEnding: "arn")
    }

    var references: [Reference] { policy.references }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["Description"] = description
        properties["EnableKeyRotation"] = true
        properties["PendingWindowInDays"] = 30
        properties.key("KeyPolicy")
        policy.write(to: &properties, in: stack)
        stack.writeTags(to: &properties)
    }
}
