internal import DorcModel
internal import DorcText
internal import DorcYAML

/// Who answers for a workflow, and who is told of its runs.
extension WorkflowKeys {
    static let notifications: [Rule] = [
        Rule("emails", .takenOver, "`notifications.email`") { value, state in
            guard let addresses = value.texts else { return .wrong(value, expected: "a list of addresses") }
            let sound = addresses.filter(Identifiers.isEmailAddress)
            guard !sound.isEmpty else { return .wrong(value, expected: "an e-mail address") }
            let node = sound.count == 1 ? YAMLNode.string(sound[0]) : .list(sound.map { .string($0) })
            state.draft.notifications = .mapping([("email", node)])
            return sound.count == addresses.count
                ? .takenOver("notifications.email", "each address confirms its subscription once")
                : .differs("notifications.email", "some are not addresses")
        },
        Rule("slack_channel", .differs, "`notifications.slack`: ids instead of a name") { value, state in
            guard value.text != nil else { return .wrong(value, expected: "the name of a channel") }
            state.pending.slackChannel = value
            return nil
        },
        Rule("slack_events", .differs, "`notifications.on`: `failure`, `success`; a skipped run counts as a success") {
            value, state in
            guard let events = value.texts else { return .wrong(value, expected: "a list of events") }
            state.pending.hasSlackEvents = true
            return .decide(
                nil, "write `notifications.on`, which holds for e-mail too; there is no notice of skipped runs",
                Todo(
                    "notifications.on", value,
                    "[\(events.joined(separator: ", "))]; in dorc `on` is for e-mail and Slack alike, by default [failure]"
                ))
        },
        Rule("slack_skipped_text", none: "there is no notice of skipped runs"),
    ]

    static let tags: [Rule] = [
        Rule("business_unit", .takenOver, "`tags.business_unit`") { value, state in
            guard let text = value.text, TagRule.isValue(text) else { return .wrong(value, expected: "a tag's value") }
            state.draft.tags.insert(("business_unit", .string(text)), at: 0)
            return .takenOver("tags.business_unit")
        },
        Rule("owner", .takenOver, "`owner`, which becomes the tag") { value, state in
            guard let text = value.text, TagRule.isValue(text) else { return .wrong(value, expected: "a tag's value") }
            state.draft.owner = text
            return .takenOver("owner")
        },
    ]
}
