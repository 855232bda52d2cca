package import DorcModel
package import DorcText

extension ProjectFile {
    /// `notifications` of an environment.
    package struct NotificationsSection: Section {
        package var origin = Origin()
        package var email: Located<[Located<String>]>?
        package var topic: Located<CloudFormationValue>?
        package var slack: Located<SlackSection>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`notifications`",
            alternatives: .init(
                "email", "topic",
                several: { section, _ in
                    guard let email = section.email, let topic = section.topic else { return nil }
                    return .twoTopics(at: email.range.firstLine, other: topic.range.firstLine)
                }),
            elsewhere: .notifications,
            keys: [
                Key(
                    "email", \.email, .emailAddresses, otherNames: "emails addresses",
                    "Addresses that are told of failed runs and alarms; each confirms its subscription once."),
                Key(
                    "topic", \.topic,
                    .deployText(
                        "the ARN of an SNS topic", .topicARN,
                        help: "as in `arn:aws:sns:eu-west-2:111122223333:data-alerts`"),
                    default: .words("one of the environment's own"),
                    "ARN of an SNS topic that exists; its policy has to let EventBridge and CloudWatch publish."),
                Key("slack", \.slack, .section, "A Slack channel that is told the same."),
            ])
    }

    package struct SlackSection: Section {
        package var origin = Origin()
        package var workspace: Located<String>?
        package var channel: Located<String>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`slack`",
            keys: [
                Key(
                    "workspace", \.workspace, .slackWorkspace, required: true, otherNames: "team teamid workspaceid",
                    "Id of the workspace, which Amazon Q Developer in chat applications has been authorized for."),
                Key(
                    "channel", \.channel, .slackChannel, required: true, otherNames: "channelid",
                    "Id of the channel."),
            ])
    }
}

extension PipelineFile {
    /// `notifications` of a pipeline.
    package struct NotificationsSection: Section {
        package var origin = Origin()
        package var email: Located<[Located<String>]>?
        package var slack: Located<SlackSection>?
        package var on: Located<[Located<PipelineNotices.Kind>]>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`notifications`", elsewhere: .notifications,
            keys: [
                Key(
                    "email", \.email, .emailAddresses, otherNames: "emails addresses",
                    "Addresses that are told of the pipeline's runs; each confirms its subscription once."),
                Key("slack", \.slack, .section, "A Slack channel that is told the same."),
                Key(
                    "on", \.on, .listOrOne(of: .choice, atLeast: 1), default: .words("`failure`"),
                    needs: .oneOf("email", "slack", words: "`email` or `slack`"), otherNames: "events when",
                    "Which ends of runs are reported."),
            ])
    }

    package struct SlackSection: Section {
        package var origin = Origin()
        package var workspace: Located<String>?
        package var channel: Located<String>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`slack`",
            keys: [
                Key(
                    "workspace", \.workspace, .slackWorkspace, default: .words("the environment's"),
                    otherNames: "team teamid workspaceid", "Id of the workspace."),
                Key(
                    "channel", \.channel, .slackChannel, required: true, otherNames: "channelid",
                    "Id of the channel."),
            ])
    }
}

extension Elsewhere {
    fileprivate static let notifications = Elsewhere([
        ("channel workspace", "write it in `slack`: `slack: {workspace: T0123ABCD, channel: C0123ABCD}`")
    ])
}

extension ValueType<[Located<String>]> {
    fileprivate static var emailAddresses: ValueType { .listOrOne(of: .text("an e-mail address", .email)) }
}

extension ValueType<String> {
    fileprivate static var slackWorkspace: ValueType {
        .text(
            "a workspace's id such as `T0123ABCD`", .slackWorkspace,
            help: "it is in the address of the workspace: `https://app.slack.com/client/T0123ABCD/...`")
    }

    fileprivate static var slackChannel: ValueType {
        .text(
            "a channel's id such as `C0123ABCD`", .slackChannel,
            help: "not its name: in Slack, copy the link of the channel, which ends in the id")
    }
}

extension Diagnostic {
    fileprivate static func twoTopics(at range: SourceRange, other: SourceRange) -> Diagnostic {
        Diagnostic(
            .twoTopics, at: range, "addresses subscribe to the environment's own topic",
            help: "subscribe them where `topic` is defined, or remove `topic`",
            notes: [Note(other, "this is another one")])
    }
}
