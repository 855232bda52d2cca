internal import DorcModel
internal import DorcText

/// `notifications` and `alert_without_success` of a pipeline -> what they mean in an environment.
struct NoticesResolver {
    let file: PipelineFile

    /// An environment's takes the place of the pipeline's as a whole. Nil where nobody is told.
    func notices(_ context: ResolutionContext, _ diagnostics: inout Diagnostics) -> PipelineNotices? {
        guard let written = context.overrides(of: file)?.notifications ?? file.notifications else { return nil }
        let section = written.value
        var emails: [String] = []
        for email in section.email?.value ?? [] where !emails.contains(email.value) { emails.append(email.value) }
        let chosen = section.on?.value.map(\.value) ?? [.failure]
        let notices = PipelineNotices(
            emails: emails, slack: section.slack.flatMap { channel(of: $0, context, &diagnostics) },
            kinds: PipelineNotices.Kind.allCases.filter(chosen.contains), range: written.range.firstLine,
            slackRange: section.slack?.range.firstLine)
        guard !notices.kinds.isEmpty, !notices.emails.isEmpty || notices.slack != nil else { return nil }
        if notices.kinds.contains(.failure) {
            checkTwice(notices, section, context.environment, &diagnostics)
        }
        return notices
    }

    private func channel(
        of section: Located<PipelineFile.SlackSection>, _ context: ResolutionContext, _ diagnostics: inout Diagnostics
    ) -> SlackChannel? {
        guard let channel = section.value.channel else { return nil }
        if let workspace = section.value.workspace {
            return SlackChannel(workspace: workspace.value, channel: channel.value)
        }
        // One that is written and could not be read has been reported.
        if section.value.writtenKeys.contains("workspace") { return nil }
        let environment = context.environment
        guard let own = environment.notifications.slack else {
            if environment.notifications.slackRange == nil {
                diagnostics.report(.noSlackWorkspace(in: environment, at: section.range.firstLine))
            }
            return nil
        }
        return SlackChannel(workspace: own.workspace, channel: channel.value)
    }

    private func checkTwice(
        _ notices: PipelineNotices, _ section: PipelineFile.NotificationsSection, _ environment: Environment,
        _ diagnostics: inout Diagnostics
    ) {
        let own = environment.notifications
        guard let place = own.range else { return }
        if let channel = notices.slack, channel == own.slack, let range = section.slack?.range.firstLine {
            diagnostics.report(.toldTwice(channel.channel, environment, at: range, other: place))
        }
        guard case .own(let addresses) = own.topic else { return }
        for email in section.email?.value ?? [] where addresses.contains(email.value) {
            diagnostics.report(.toldTwice(email.value, environment, at: email.range, other: place))
        }
    }

    /// Nil where there is no alarm. Where the triggers are off, nothing is expected to run.
    func alert(_ context: ResolutionContext, _ diagnostics: inout Diagnostics) -> Located<Duration>? {
        let overrides = context.overrides(of: file)
        guard let written = overrides?.alertWithoutSuccess ?? file.alertWithoutSuccess else { return nil }
        // CloudWatch API, PutMetricAlarm: with periods of less than an hour, an alarm looks at no more than a day.
        if written.value.seconds > 86400, written.value.seconds % 3600 != 0 {
            diagnostics.report(
                .outOfRange("\(written.value)", allowed: "above `1d`, whole hours such as `26h`", at: written.range))
        }
        return overrides?.triggersEnabled?.value == false ? nil : written
    }
}

extension Diagnostic {
    fileprivate static func noSlackWorkspace(in environment: Environment, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .noSlackWorkspace, at: range,
            "the channel's workspace is not known in environment `\(environment.name)`",
            help:
                "add `workspace: T0123ABCD` here or `slack` to the environment's `notifications`; if nobody is to be told,"
                + " write `environments: {\(environment.name): {notifications: {}}}` in pipeline.yaml",
            notes: [Note(environment.range, "its `notifications` name no workspace")])
    }

    static func skippedSuccess(_ alert: Located<Duration>) -> Diagnostic {
        Diagnostic(
            .skippedSuccess, at: alert.range,
            "a run that `when_busy: skip` ends counts as a success: the alarm stays quiet while another run hangs",
            help:
                "give the pipeline a `timeout` that is shorter than the alarm: a run that hangs then fails, and is told; or write"
                + " `when_busy: wait`")
    }

    fileprivate static func toldTwice(
        _ who: String, _ environment: Environment, at range: SourceRange, other: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .toldTwice, at: range, "`\(who)` is told of each failed run twice in environment `\(environment.name)`",
            help: "remove it here, or write `on: success`",
            notes: [Note(other, "the environment tells of failed runs of all its pipelines")])
    }
}
