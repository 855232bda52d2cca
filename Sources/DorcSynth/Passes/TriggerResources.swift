internal import CloudFormation
internal import DorcModel
internal import DorcText
internal import Schedules

/// A trigger -> the schedules or the rule that start the pipeline.
struct TriggerResources {
    private let pipeline: PipelineContext
    private let stateMachine: Reference
    private let role: Reference
    private let deadLetterQueue: Reference
    private let description: String

    init(_ pipeline: PipelineContext) {
        self.pipeline = pipeline
        stateMachine = pipeline.own(PipelineResourceID.stateMachine)
        role = pipeline.shared.shared(SharedID.triggerRole)
        deadLetterQueue = pipeline.shared.shared(SharedID.deadLetterQueue)
        description = String(
            joining: "Starts ", pipeline.id.layer, "/", pipeline.id.name, " of ", pipeline.shared.place
        ).limited(to: 512)
    }

    private var isEnabled: Bool { pipeline.definition.triggersEnabled }

    /// EventBridge: an event pattern has at most 2,048 characters.
    private static let patternLimit = 2048
    /// EventBridge Scheduler: a target's input has at most 262,144 bytes.
    private static let inputLimit = 262_144

    func add(_ trigger: Trigger, to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        switch trigger.source {
        case .schedule(let schedule): addSchedules(trigger, schedule, to: &stack, &diagnostics)
        case .objectCreated(let bucket, let prefix, let suffix):
            let isWildcard = prefix != nil && suffix != nil
            let texts = [bucket, prefix, suffix].compactMap { $0?.sample }
            let size = 160 + texts.reduce(0) { $0 + Self.length(of: $1, inWildcard: isWildcard) }
            addRule(
                trigger, .objectCreated(bucket: bucket, prefix: prefix, suffix: suffix), size: size,
                "shorten `prefix` and `suffix`", to: &stack, &diagnostics)
        case .event(let pattern):
            addRule(
                trigger, .custom(pattern), size: EmbeddedJSON.text(of: pattern).sample.unicodeScalars.count,
                "leave out what does not tell events apart", to: &stack, &diagnostics)
        case .afterAll(let join):
            JoinResources(pipeline: pipeline, trigger: trigger, join: join).add(to: &stack, &diagnostics)
            addCompletionRule(
                trigger, join.pipelines, join.kind, target: pipeline.own(JoinResources.machineID(trigger)),
                "wait for fewer pipelines", to: &stack, &diagnostics)
        case .afterPipelines(let ids, let kind):
            addCompletionRule(
                trigger, ids, kind, target: stateMachine, "make several triggers of it", to: &stack, &diagnostics)
        }
    }

    private func addCompletionRule(
        _ trigger: Trigger, _ ids: [PipelineID], _ kind: CompletionKind, target: Reference, _ help: String,
        to stack: inout Stack, _ diagnostics: inout Diagnostics
    ) {
        // A pipeline that is left out since it has mistakes is no machine.
        let machines = ids.compactMap { id in pipeline.shared.stateMachine(of: id).map { (id, $0) } }
        let size =
            160 + machines.reduce(0) { $0 + 60 + pipeline.shared.naming.pipeline($1.0).stateMachine.utf8.count }
        addRule(
            trigger, .executionEnded(statuses: kind.statuses, machines: .these(machines.map(\.1))), size: size,
            target: target, help, to: &stack, &diagnostics)
    }

    /// Characters in the pattern's JSON. In a wildcard, `*` and `\` are escaped, and `\` once more for JSON.
    private static func length(of text: String, inWildcard isWildcard: Bool) -> Int {
        text.unicodeScalars.reduce(0) { length, scalar in
            switch scalar {
            case "*" where isWildcard: length + 3
            case "\\": length + (isWildcard ? 4 : 2)
            case "\"": length + 2
            default: length + (scalar.value < 0x20 ? 6 : 1)
            }
        }
    }

    private func addRule(
        _ trigger: Trigger, _ pattern: EventRule.Pattern, size: Int, target: Reference? = nil, _ help: String,
        to stack: inout Stack, _ diagnostics: inout Diagnostics
    ) {
        Limit(Self.patternLimit).check(size, &diagnostics) { severity in
            Diagnostic(
                .patternTooLong, severity, at: trigger.sourceRange,
                "the event pattern has about \(size) characters; at most \(Self.patternLimit) are possible", help: help)
        }
        let rule = EventRule(
            name: pipeline.naming.trigger(trigger.name), description: description, isEnabled: isEnabled,
            pattern: pattern,
            target: .stateMachine(target ?? stateMachine, role: role, deadLetterQueue: deadLetterQueue),
            retry: .standard)
        stack.add(LogicalID(name: trigger.name, "Rule"), rule, origin: trigger.range, &diagnostics)
    }

    private func addSchedules(
        _ trigger: Trigger, _ source: ScheduleTrigger, to stack: inout Stack, _ diagnostics: inout Diagnostics
    ) {
        let expression = source.expression
        if expression.mayStartTwice, expression.weekdayOfMonth == nil {
            diagnostics.report(.mayStartTwice(at: source.places.expression))
        }
        let inputText = source.input.map(EmbeddedJSON.text) ?? Self.defaultInput
        let inputSize = inputText.sample.utf8.count
        Limit(Self.inputLimit).check(inputSize, &diagnostics) { severity in
            Diagnostic(
                .inputTooLong, severity, at: trigger.range,
                "the input has \(inputSize) bytes; at most \(Self.inputLimit) are possible",
                help: "put the data into S3, and its key into the input")
        }
        for (position, part) in expression.eventBridgeExpressions().enumerated() {
            let isSecond = position > 0
            let schedule = Schedule(
                name: pipeline.naming.trigger(isSecond ? Self.secondName(trigger.name) : trigger.name),
                group: pipeline.shared.naming.prefix,
                description: description, expression: part, timezone: source.timezone, start: source.start,
                end: source.end,
                flexibleWindow: source.flexibleMinutes, isEnabled: isEnabled,
                target: stateMachine, role: role, deadLetterQueue: deadLetterQueue, input: inputText, retry: .standard)
            let id = LogicalID(name: trigger.name, isSecond ? "ScheduleByWeekday" : "Schedule")
            stack.add(id, schedule, origin: trigger.range, &diagnostics)
        }
    }

    /// EventBridge Scheduler replaces the text in angle brackets by the time of the start.
    private static let defaultInput = Text.literal(#"{"scheduled_time":"<aws.scheduler.scheduled-time>"}"#)

    /// Of the schedule by day of the week, where cron's "or" takes two.
    static func secondName(_ trigger: String) -> String { trigger + "-by-weekday" }
}

extension CompletionKind {
    /// Step Functions' names of the ways in which a run ends.
    var statuses: [String] {
        let failures = ["FAILED", "TIMED_OUT", "ABORTED"]
        return switch self {
        case .success: ["SUCCEEDED"]
        case .failure: failures
        case .any: ["SUCCEEDED"] + failures
        }
    }
}

extension Diagnostic {
    fileprivate static func mayStartTwice(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .startsTwice, at: range,
            "the schedule names days of the month and days of the week: if both fall on one day, it starts twice",
            help:
                "cron means \"or\" by it, which takes two schedules on AWS; restrict one of the two fields if that matters"
        )
    }
}
