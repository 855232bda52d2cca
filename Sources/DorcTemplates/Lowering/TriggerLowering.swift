internal import DorcModel
internal import DorcSynth
internal import Schedules

extension StackLowering {
    func lower(_ schedule: Schedule) -> Value {
        let target = Value.object([
            "Arn": value(schedule.target),
            "RoleArn": value(schedule.role),
            "Input": Value(schedule.input),
            "RetryPolicy": value(schedule.retry),
            "DeadLetterConfig": .object(["Arn": value(schedule.deadLetterQueue)]),
        ])
        return resource(
            "AWS::Scheduler::Schedule",
            [
                "Name": .string(schedule.name),
                "GroupName": .string(schedule.group),
                "Description": .string(schedule.description),
                "ScheduleExpression": .string(schedule.expression),
                "ScheduleExpressionTimezone": schedule.timezone.map { .string($0) },
                "StartDate": schedule.start.map { .string($0.text) },
                "EndDate": schedule.end.map { .string($0.text) },
                "FlexibleTimeWindow": flexibleWindow(schedule),
                "State": .string(schedule.isEnabled ? "ENABLED" : "DISABLED"),
                "Target": target,
            ])
    }

    private func flexibleWindow(_ schedule: Schedule) -> Value {
        guard let minutes = schedule.flexibleWindow else { return .object(["Mode": .string("OFF")]) }
        return .object(["Mode": .string("FLEXIBLE"), "MaximumWindowInMinutes": .integer(minutes)])
    }

    func lower(_ rule: EventRule) -> Value {
        resource(
            "AWS::Events::Rule",
            [
                "Name": .string(rule.name),
                "Description": .string(rule.description),
                "State": .string(rule.isEnabled ? "ENABLED" : "DISABLED"),
                "EventPattern": value(rule.pattern),
                "Targets": .list([value(rule.target, retry: value(rule.retry))]),
                "Tags": tags,
            ])
    }

    private func value(_ pattern: EventRule.Pattern) -> Value {
        switch pattern {
        case .objectCreated(let bucket, let prefix, let suffix):
            .object([
                "source": .strings(["aws.s3"]),
                "detail-type": .strings(["Object Created"]),
                "detail": .object([
                    "bucket": .object(["name": .list([Value(bucket)])]),
                    "object": keyPattern(prefix: prefix, suffix: suffix).map { .object(["key": .list([$0])]) },
                ]),
            ])
        case .custom(let pattern): Value(pattern)
        case .executionEnded(let statuses, let machines):
            .object([
                "source": .strings(["aws.states"]),
                "detail-type": .strings(["Step Functions Execution Status Change"]),
                "detail": .object([
                    "status": .strings(statuses),
                    "stateMachineArn": .list(self.machines(machines)),
                ]),
            ])
        }
    }

    private func machines(_ machines: EventRule.Machines) -> [Value] {
        switch machines {
        case .prefix(let arn): [.object(["prefix": value(arn)])]
        case .these(let references): references.map { value($0) }
        }
    }

    /// Items of a list mean "or": a prefix and a suffix together are one wildcard. In a wildcard, `*` and `\` of the
    /// user's are escaped (EventBridge guide, "Comparison operators").
    private func keyPattern(prefix: Text?, suffix: Text?) -> Value? {
        switch (prefix, suffix) {
        case (nil, nil): nil
        case (let prefix?, nil): .object(["prefix": Value(prefix)])
        case (nil, let suffix?): .object(["suffix": Value(suffix)])
        case (let prefix?, let suffix?):
            .object(["wildcard": Value(prefix.escapedWildcard + .literal("*") + suffix.escapedWildcard)])
        }
    }

    private func value(_ target: EventRule.Target, retry: Value) -> Value {
        switch target {
        case .stateMachine(let machine, let role, let queue):
            .object([
                "Id": .string("StateMachine"),
                "Arn": value(machine),
                "RoleArn": value(role),
                "RetryPolicy": retry,
                "DeadLetterConfig": .object(["Arn": value(queue)]),
            ])
        case .notice(let topic, let about, let console):
            .object([
                "Id": .string("FailureTopic"),
                "Arn": value(topic),
                "InputTransformer": .object([
                    "InputPathsMap": .object([
                        "machine": .string("$.detail.stateMachineArn"),
                        "region": .string("$.region"),
                        "run": .string("$.detail.executionArn"),
                        "status": .string("$.detail.status"),
                        "time": .string("$.time"),
                    ]),
                    // Without error and cause: they are the user's text, and may hold quotes or personal data.
                    "InputTemplate": .string(
                        """
                        "<status>: a run of \(about) ended at <time>."
                        "Pipeline: <machine>"
                        "Run: https://<region>.\(console)/states/home?region=<region>#/v2/executions/details/<run>"

                        """),
                ]),
                "RetryPolicy": retry,
            ])
        }
    }

    private func value(_ retry: StartRetry) -> Value {
        .object([
            "MaximumEventAgeInSeconds": .integer(retry.maximumAge), "MaximumRetryAttempts": .integer(retry.attempts),
        ])
    }
}

extension Text {
    fileprivate var escapedWildcard: Text {
        func escaped(_ text: String) -> String {
            String(text.flatMap { $0 == "*" || $0 == "\\" ? ["\\", $0] : [$0] })
        }
        return mapLiterals(escaped)
    }
}
