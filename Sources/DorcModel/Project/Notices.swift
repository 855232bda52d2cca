package import DorcText

/// A channel of Slack that messages go to, by the ids that Slack gives.
package struct SlackChannel: Hashable, Sendable, Comparable {
    package var workspace: String
    package var channel: String

    package init(workspace: String, channel: String) {
        self.workspace = workspace
        self.channel = channel
    }

    package static func < (left: SlackChannel, right: SlackChannel) -> Bool {
        (left.channel, left.workspace) < (right.channel, right.workspace)
    }
}

/// Who is told of runs that failed, of triggers that could not start one, and of the alarms of an environment.
package struct Notifications: Sendable {
    package enum Topic: Sendable {
        /// One of the environment's own, with these addresses.
        case own(emails: [String])
        case existing(CloudFormationValue)
    }

    package var topic: Topic
    package var slack: SlackChannel?
    /// Of the key `notifications`; nil where dorc.yaml does not say.
    package var range: SourceRange?
    /// Of the key `slack` in it.
    package var slackRange: SourceRange?

    package init(topic: Topic, slack: SlackChannel? = nil, range: SourceRange? = nil, slackRange: SourceRange? = nil) {
        self.topic = topic
        self.slack = slack
        self.range = range
        self.slackRange = slackRange
    }

    /// Whether dorc.yaml names anyone. A topic of the environment's own can have subscribers that no file names.
    package var tellsSomebody: Bool {
        switch topic {
        case .own(let emails): !emails.isEmpty || slack != nil
        case .existing: true
        }
    }
}

/// Whom a pipeline tells of its own runs, beside the environment's; there is someone, and something to tell.
package struct PipelineNotices: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case failure, success
    }

    package var emails: [String]
    package var slack: SlackChannel?
    package var kinds: [Kind]
    /// Of the key `notifications`.
    package var range: SourceRange
    /// Of the key `slack` in it.
    package var slackRange: SourceRange?

    package init(
        emails: [String], slack: SlackChannel? = nil, kinds: [Kind], range: SourceRange, slackRange: SourceRange? = nil
    ) {
        self.emails = emails
        self.slack = slack
        self.kinds = kinds
        self.range = range
        self.slackRange = slackRange
    }
}
