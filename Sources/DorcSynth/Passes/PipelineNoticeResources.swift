internal import CloudFormation
internal import DorcModel
internal import DorcText

/// What a pipeline tells of its own runs: a topic for e-mails, a rule for each end that is told, and the alarm where no run
/// succeeds. What comes into a channel of Slack goes through the environment's topic for it.
struct PipelineNoticeResources {
    let pipeline: PipelineContext

    private var shared: EnvironmentContext { pipeline.shared }
    private var definition: PipelineInEnvironment { pipeline.definition }
    private var about: String { "\(pipeline.id) in \(pipeline.environment.name)" }

    func add(to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        if let notices = definition.notices {
            addTopic(notices, to: &stack, &diagnostics)
            for kind in notices.kinds {
                stack.add(
                    kind == .failure ? PipelineResourceID.failureNotices : PipelineResourceID.successNotices,
                    rule(kind, notices), origin: notices.range, &diagnostics)
            }
        }
        if let time = definition.alertWithoutSuccess {
            stack.add(PipelineResourceID.withoutSuccessAlarm, alarm(time.value), origin: time.range, &diagnostics)
        }
    }

    private func addTopic(_ notices: PipelineNotices, to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        guard !notices.emails.isEmpty else { return }
        let topic = pipeline.own(PipelineResourceID.noticeTopic)
        stack.add(
            PipelineResourceID.noticeTopic,
            Topic(
                name: pipeline.naming.noticeTopic, key: shared.encryptionKey, emails: notices.emails,
                // SNS API, SetTopicAttributes: 100 characters.
                displayName: about.limited(to: 100)),
            origin: notices.range, &diagnostics)
        stack.add(
            PipelineResourceID.noticeTopicPolicy,
            TopicPolicy(topic: topic, policy: SharedPolicies(shared: shared).topic(topic)), origin: notices.range,
            &diagnostics)
    }

    private func targets(_ notices: PipelineNotices) -> [(id: String, topic: Expression, form: RunNotice.Form)] {
        let mail = notices.emails.isEmpty ? nil : Expression.reference(pipeline.own(PipelineResourceID.noticeTopic))
        return (mail.map { [("NoticeTopic", $0, .mail)] } ?? [])
            + (notices.slack.map { [("SlackTopic", shared.slackTopic($0), .chat)] } ?? [])
    }

    private func rule(_ kind: PipelineNotices.Kind, _ notices: PipelineNotices) -> EventRule {
        EventRule(
            name: pipeline.naming.notices(kind),
            description: (kind == .failure
                ? "Tells of failed, timed-out and aborted runs of \(about)"
                : "Tells of runs of \(about) that succeeded")
                .limited(to: 512), isEnabled: true,
            pattern: .executionEnded(
                statuses: (kind == .failure ? CompletionKind.failure : .success).statuses,
                machines: .these([pipeline.own(PipelineResourceID.stateMachine)])),
            target: .notices(
                targets(notices).map { target in
                    RunNotice(
                        id: target.id, topic: target.topic, form: target.form, kind: kind, about: about,
                        namesMachine: false, finalEnds: definition.workflow.finalEnds,
                        console: pipeline.environment.partition.consoleHost)
                }), retry: .longest)
    }

    /// CloudWatch API, PutMetricAlarm: at most a day with periods of less than an hour, else seven days.
    private func alarm(_ time: Duration) -> Alarm {
        let period = time.seconds > 86400 ? 3600 : time.seconds % 300 == 0 ? 300 : 60
        var topics = shared.noticeTopics
        if let notices = definition.notices, notices.kinds.contains(.failure) {
            let own = targets(notices).filter {
                $0.form == .mail || notices.slack != pipeline.environment.notifications.slack
            }
            topics += own.map(\.topic)
        }
        return Alarm(
            name: pipeline.naming.withoutSuccessAlarm,
            description: "No run of \(about) has succeeded for \(time), or since it was deployed",
            metric: .sum(
                namespace: "AWS/States", name: "ExecutionsSucceeded",
                dimension: Alarm.Dimension(
                    name: "StateMachineArn", value: .reference(pipeline.own(PipelineResourceID.stateMachine)))),
            threshold: .none, period: period, periods: time.seconds / period, topics: topics)
    }
}
