extension DiagnosticEntry {
    static func ofNotices(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .alertTooSoon:
            DiagnosticEntry(
                .warning,
                cause: "an alarm without success goes off between two starts of the schedules, though nothing is wrong",
                cure: "write more than the longest time between two starts",
                page: "notifications.md#no-success-for-too-long-alert_without_success",
                example: .pipeline(
                    """
                    schedule: 0 6 * * 1-5
                    alert_without_success: 26h
                    """))
        case .noSlackWorkspace:
            DiagnosticEntry(
                cause: "a pipeline names a Slack channel without its workspace, and the environment names none",
                cure: "add the `workspace`, or `slack` to the environment's `notifications`",
                page: "notifications.md#slack",
                example: .pipeline("notifications: {slack: {channel: C0456EFGH}}"))
        case .nobodyTold:
            DiagnosticEntry(
                .note, cause: "runs start by themselves in an environment, and nobody is told of those that fail",
                cure: "add `notifications` to the environment; `{}` says that nobody has to be told",
                page: "notifications.md#of-an-environment",
                example: .pipeline("schedule: 0 6 * * *", and: ["dorc.yaml": "environments: {dev: {}}"]))
        case .skippedSuccess:
            DiagnosticEntry(
                .warning,
                cause: """
                    runs that `when_busy: skip` ends count as successes, so that they keep an alarm of `alert_without_success` \
                    quiet while a run hangs, which may take as long as the alarm waits
                    """,
                cure: "give the pipeline a `timeout` that is shorter than the alarm, or write `when_busy: wait`",
                page: "notifications.md#no-success-for-too-long-alert_without_success",
                example: .pipeline(
                    """
                    max_active_runs: 1
                    when_busy: skip
                    alert_without_success: 12h
                    """))
        case .slackChannelTwice:
            DiagnosticEntry(
                cause: "two environments of one account use one Slack channel, which an account can have only once",
                cure: "give each a channel of its own",
                page: "notifications.md#slack",
                example: .project(
                    """
                    environments:
                      dev:
                        account: "111122223333"
                        notifications: {slack: {workspace: T0123ABCD, channel: C0123ABCD}}
                      test:
                        account: "111122223333"
                        notifications: {slack: {workspace: T0123ABCD, channel: C0123ABCD}}
                    """))
        case .slackPartition:
            DiagnosticEntry(
                cause: "`slack` is used in a partition of AWS that has no Amazon Q Developer in chat applications",
                cure: "use `email`, or a `topic` that something of yours reads",
                page: "notifications.md#slack",
                example: .project(
                    """
                    environments:
                      dev:
                        region: us-gov-west-1
                        notifications: {slack: {workspace: T0123ABCD, channel: C0123ABCD}}
                    """))
        case .toldTwice:
            DiagnosticEntry(
                .note, cause: "an environment tells somebody of failed runs, and the pipeline tells them again",
                cure: "remove them from the pipeline's `notifications`, or write `on: success`",
                page: "notifications.md#of-a-pipeline",
                example: .pipeline(
                    "notifications: {email: data@example.gov.uk}",
                    and: ["dorc.yaml": "environments: {dev: {notifications: {email: data@example.gov.uk}}}"]))
        default: nil
        }
    }
}
