internal import CloudFormation
internal import DorcModel

/// Brings what comes to a topic into a channel of Slack. An account can have it once for a channel.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-chatbot-slackchannelconfiguration.html
struct SlackChannelConfiguration: Resource {
    var name: String
    var channel: SlackChannel
    var topic: Reference
    var role: Reference
}

extension SlackChannelConfiguration {
    static let type: StaticString = "AWS::Chatbot::SlackChannelConfiguration"

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .onlyARN(attribute)
    }

    var physicalName: String? { name }
    /// It has no region, and nothing refers to it.
    var arn: ARN? { nil }
    var export: Export? { nil }
    var references: [Reference] { [topic, role] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["ConfigurationName"] = name
        properties["SlackWorkspaceId"] = channel.workspace
        properties["SlackChannelId"] = channel.channel
        properties["IamRoleArn"] = stack.value(role)
        // What people in the channel can do at most, whatever roles they choose; without it, AdministratorAccess.
        properties.list("GuardrailPolicies") {
            $0.add(.arn(ARN("iam", hasRegion: false, account: .id("aws"), "policy/CloudWatchReadOnlyAccess")))
        }
        properties["LoggingLevel"] = "ERROR"
        properties.list("SnsTopicArns") { $0.add(stack.value(topic)) }
        stack.writeTags(to: &properties)
    }
}
