internal import CloudFormation
internal import DorcModel
internal import DorcText

/// What an environment tells of: runs that failed, and its alarms.
struct EnvironmentNotices {
    let shared: EnvironmentContext

    private var settings: Environment { shared.environment }
    private var naming: Naming { shared.naming }
    private var place: String { shared.place }

    /// Channels of Slack, and the alarms that somebody hears. That of the dead-letter queue is in every environment.
    func add(to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        func add(_ id: LogicalID, _ resource: some Resource) {
            stack.add(id, resource, origin: settings.notifications.range ?? settings.range, &diagnostics)
        }
        for channel in shared.slackChannels {
            let topic = shared.shared(SharedID.slackTopic(channel))
            add(
                SharedID.slackTopic(channel),
                Topic(name: naming.slack(channel), key: shared.encryptionKey, emails: []))
            add(
                SharedID.slackTopicPolicy(channel),
                TopicPolicy(topic: topic, policy: SharedPolicies(shared: shared).topic(topic)))
            add(
                SharedID.slackChannel(channel),
                SlackChannelConfiguration(
                    name: naming.slack(channel), channel: channel, topic: topic, role: shared.shared(SharedID.slackRole)
                ))
        }
        guard settings.notifications.tellsSomebody else { return }
        let definitions = shared.project.pipelines.map { $0.environments[shared.index] }
        if definitions.contains(where: { $0.functions.contains { Runtime(of: $0) == .lambda } }) {
            add(SharedID.throttleAlarm, throttleAlarm)
        }
        if definitions.contains(where: { $0.triggers.contains(where: \.isSchedule) }) {
            add(SharedID.droppedStartAlarm, droppedStartAlarm)
        }
        add(SharedID.undeliveredEventAlarm, undeliveredEventAlarm)
    }

    var failureRule: EventRule {
        // One message for all pipelines: it names what any of them has.
        let all = shared.project.pipelines.map { $0.environments[shared.index].workflow.finalEnds }
        let finalEnds = all.joined().reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.sorted()
        let forms: [(String, RunNotice.Form)] = [("FailureTopic", .mail), ("SlackTopic", .chat)]
        return EventRule(
            name: naming.shared("failures"), description: "Tells of failed, timed-out and aborted runs of \(place)",
            isEnabled: true,
            pattern: .executionEnded(
                statuses: CompletionKind.failure.statuses,
                machines: .prefix(ARN("states", "stateMachine:", naming.prefix, "-"))),
            target: .notices(
                zip(forms, shared.noticeTopics).map { form, topic in
                    RunNotice(
                        id: form.0, topic: topic, form: form.1, kind: .failure, about: place, namesMachine: true,
                        finalEnds: finalEnds, console: settings.partition.consoleHost)
                }), retry: .longest)
    }

    var deadLetterAlarm: Alarm {
        let queue = naming.shared("dead-letters")
        // What comes in, not what lies there: a message stays for days, and the next one would be told to nobody. (SQS
        // guide, "Available CloudWatch metrics": counts what services send, as EventBridge and Scheduler do.)
        // One of the last four: the metrics of a queue that nothing has used for hours come up to 15 minutes late
        // (SQS guide, "Monitoring Amazon SQS queues using CloudWatch").
        let hasJobs = !JobInfrastructure(shared: shared).kinds.isEmpty
        return alarm(
            "not-started",
            hasJobs
                ? "A trigger of \(place) could not start a run, or a run could not be told that its job has ended; the queue \(queue)"
                    + " holds the event"
                : "A trigger of \(place) could not start a run; the queue \(queue) holds its event",
            .sum(
                namespace: "AWS/SQS", name: "NumberOfMessagesSent",
                dimension: Alarm.Dimension(
                    name: "QueueName", value: .reference(shared.shared(SharedID.deadLetterQueue, .name)))),
            periods: 4, needed: 1)
    }

    /// Steps wait for their turn (`Retry.ofLambda`), so that throttles are told where they last. Without a dimension the metric
    /// is that of all functions of the account and region, which share what there is (Lambda guide, "Viewing metrics for Lambda
    /// functions", "Understanding Lambda function scaling"); an alarm on the environment's own would take one for every ten
    /// (CloudWatch guide, "Create a CloudWatch alarm based on a metric math expression": at most ten metrics, and no SEARCH).
    private var throttleAlarm: Alarm {
        alarm(
            "throttled",
            "Lambda has refused calls for 15 minutes, since too many functions run at once in the account and region of \(place), or"
                + " more calls of one than its reserved_concurrency; runs wait, and may fail: ask for a higher quota of concurrent"
                + " executions, or lower max_concurrency and max_active_runs",
            .sum(namespace: "AWS/Lambda", name: "Throttles", dimension: nil), periods: 3)
    }

    /// Scheduler guide, "Monitoring with CloudWatch": a start whose retries are used up; by group.
    private var droppedStartAlarm: Alarm {
        alarm(
            "dropped", "EventBridge Scheduler gave up the start of a run of \(place) that was due by a schedule",
            .sum(
                namespace: "AWS/Scheduler", name: "InvocationDroppedCount",
                dimension: Alarm.Dimension(name: "ScheduleGroup", value: .literal(naming.prefix))), periods: 4,
            needed: 1)
    }

    /// The metric has no other dimension than the rule (EventBridge guide, "EventBridge metrics"), and a query knows no prefix of
    /// names (CloudWatch guide, "Metrics Insights query components and syntax"): it looks at all rules of the account and
    /// region, and the alarm names those that failed.
    private var undeliveredEventAlarm: Alarm {
        alarm(
            "undelivered",
            "A rule of EventBridge in the account and region of \(place) could not reach its target: a run was not started, or a"
                + " notice was not sent",
            .query(
                #"SELECT SUM(FailedInvocations) FROM SCHEMA("AWS/Events", RuleName) GROUP BY RuleName ORDER BY SUM() DESC"#
            ),
            periods: 4, needed: 1)
    }

    private func alarm(
        _ name: String, _ description: String, _ metric: Alarm.Metric, periods: Int, needed: Int? = nil
    ) -> Alarm {
        Alarm(
            name: naming.shared(name), description: description, metric: metric, threshold: .any, period: 300,
            periods: periods, needed: needed, topics: shared.noticeTopics)
    }
}

extension Trigger {
    fileprivate var isSchedule: Bool { if case .schedule = source { true } else { false } }
}
