internal import CloudFormation

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
struct Topic: Resource {
    var name: String
    /// Nil: not encrypted by a key of KMS.
    var key: Expression?
    var emails: [String]
    /// What e-mails are from; at most 100 characters.
    var displayName: String?
}

extension Topic {
    static let type: StaticString = "AWS::SNS::Topic"

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .ref
        case .name: .attribute("TopicName")
        case .groupID, .url: nil
        }
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("sns", name) }
    var export: Export? { nil }
    var references: [Reference] { key?.references ?? [] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["TopicName"] = name
        properties["DisplayName"] = displayName
        properties["KmsMasterKeyId"] = key.map(stack.value)
        if !emails.isEmpty {
            properties.list("Subscription") {
                for email in emails {
                    $0.object {
                        $0["Protocol"] = "email"
                        $0["Endpoint"] = email
                    }
                }
            }
        }
        stack.writeTags(to: &properties)
    }
}

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html
struct TopicPolicy: Resource {
    var topic: Reference
    var policy: PolicyDocument
}

extension TopicPolicy {
    static let type: StaticString = "AWS::SNS::TopicPolicy"

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? { nil }

    var physicalName: String? { nil }
    var arn: ARN? { nil }
    var export: Export? { nil }
    var references: [Reference] { [topic] + policy.references }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties.list("Topics") { $0.add(stack.value(topic)) }
        properties.key("PolicyDocument")
        policy.write(to: &properties, in: stack)
    }
}
