package import DorcModel
package import DorcText
package import DorcYAML

extension PipelineFile {
    /// An item of `triggers`.
    package struct TriggerSection: Section {
        package var origin = Origin()
        package var name: Located<String>?
        package var schedule: Located<VariableText>?
        package var timezone: Located<VariableText>?
        package var startDate: Located<VariableText>?
        package var endDate: Located<VariableText>?
        package var flexibleWindow: Located<Duration>?
        package var input: Located<JSONSource>?
        package var s3: Located<S3Section>?
        package var event: Located<EventPatternSection>?
        package var afterPipeline: Located<AfterPipelineSection>?
        package var on: Located<CompletionKind>?
        package var environments: Located<[Located<String>]>?

        package init() {}

        /// What other places are told to write at a trigger, as in `Elsewhere`.
        static let keysOfSchedules = "timezone tz starttime startdate endtime enddate flexiblewindow input"

        package static let type = ObjectType<Self>(
            "a trigger",
            alternatives: .init(
                "schedule", "s3", "event", "after_pipeline",
                several: { trigger, keys in trigger.name.map { .twoSources(keys, at: $0.range) } },
                none: { trigger in
                    // A key that is not known may have been the one.
                    trigger.origin.hasUnknownKeys ? nil : trigger.name.map(Diagnostic.noSource)
                }),
            elsewhere: Elsewhere([
                ("bucket prefix suffix", "write it in `s3`: `s3: {bucket: landing, prefix: census/}`"),
                (
                    "all within",
                    "write it in `after_pipeline`: `after_pipeline: {all: [raw/returns, raw/geography], within: 24h}`"
                ),
                ("source detailtype detail", "write it in `event`: `event: {source: [my.app]}`"),
                ("retry retries", "write it at a step, or in the pipeline's `defaults`"),
                ("timeout maxactiveruns", "write it at the top of pipeline.yaml"),
                ("enabled", "write it for an environment: `environments: {dev: {triggers_enabled: false}}`"),
            ]),
            keys: [
                Key(
                    "name", \.name, .name("a trigger's name", .folder, Names.folderRule), required: true,
                    otherNames: "id", "Name of the trigger, unique in the pipeline."),
                Key(
                    "schedule", \.schedule, .schedule,
                    otherNames: "cron rate at expression scheduleexpression scheduleinterval every",
                    "When to start: Unix cron, `@daily`, `every 15m`, `cron(...)`, `rate(...)` or `at(...)`."),
                Key(
                    "timezone", \.timezone,
                    .variableText("a time zone", expressions: .refused, example: "Europe/London"),
                    default: .value(VariableText(literal: "UTC")), needs: .oneOf("schedule"),
                    otherNames: "tz crontz scheduleexpressiontimezone", "IANA time zone of the schedule."),
                Key(
                    "start_date", \.startDate, .date, default: .words("none"), needs: .oneOf("schedule"),
                    otherNames: "start starttime", "No start before: `2030-01-01`, or `2030-01-01T06:00:00Z`, in UTC."),
                Key(
                    "end_date", \.endDate, .date, default: .words("none"), needs: .oneOf("schedule"),
                    otherNames: "end endtime", "No start from then on, in UTC."),
                // EventBridge Scheduler API, FlexibleTimeWindow: 1 to 1,440 minutes.
                Key(
                    "flexible_window", \.flexibleWindow,
                    .duration(60...86400, step: (60, "whole minutes such as `15m`")), default: .words("none"),
                    needs: .oneOf("schedule"), otherNames: "jitter flexibletimewindow",
                    "The start may be that much later, to spread the load; whole minutes."),
                Key(
                    "input", \.input, .json(.ignored(.scheduleInput)), isNullable: true, needs: .oneOf("schedule"),
                    "Input of the runs that the schedule starts."),
                Key(
                    "s3", \.s3, .section,
                    "Start when an object is created in a bucket (which sends its events to EventBridge)."),
                Key(
                    "event", \.event, .eventPattern, otherNames: "pattern eventpattern eventbridge",
                    "Start on an event of the account's default event bus that the pattern matches."),
                Key(
                    "after_pipeline", \.afterPipeline, .afterPipeline, otherNames: "after pipeline afterpipelines",
                    "Start when a run of that pipeline, or of one of them, has ended; with `all`, when runs of all have."
                ),
                Key(
                    "on", \.on, .choice, default: .value(.success), needs: .oneOf("after_pipeline"),
                    "Which ends of the runs `after_pipeline` means."),
                Key(
                    "environments", \.environments,
                    .listOrOne(of: .text("an environment's name", .environment), atLeast: 1), default: .words("all"),
                    otherNames: "environment envs", "Environments that have the trigger."),
            ])
    }

    /// `after_pipeline: curated/model`, a list, or `{all: [...], within: 24h}`.
    package struct AfterPipelineSection: Section {
        package var origin = Origin()
        /// Written without a key.
        package var any: [Located<PipelineID>]?
        package var all: Located<[Located<PipelineID>]>?
        package var within: Located<Duration>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`after_pipeline`",
            elsewhere: Elsewhere([
                (
                    "on",
                    "write it at the trigger: `after_pipeline: {all: [raw/returns, raw/geography]}` and `on: failure`"
                )
            ]),
            keys: [
                Key(
                    "all", \.all, .list(of: .pipeline, atLeast: 1), required: true,
                    "Pipelines that each have to have such a run since the last start."),
                Key(
                    "within", \.within, .duration(60...365 * 86400), default: .words("any time"),
                    "The longest time between the first and the last of their ends."),
            ])
    }

    package struct S3Section: Section {
        package var origin = Origin()
        package var bucket: Located<VariableText>?
        package var prefix: Located<VariableText>?
        package var suffix: Located<VariableText>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`s3`",
            keys: [
                Key("bucket", \.bucket, .bucket, required: true, "Name of the bucket."),
                Key(
                    "prefix", \.prefix, .variableText(expressions: .ignored(.trigger), example: "census/"),
                    default: .words("every object"), "What the object's key starts with."),
                Key(
                    "suffix", \.suffix, .variableText(expressions: .ignored(.trigger), example: ".csv"),
                    default: .words("every object"), "What the object's key ends with."),
            ])
    }
}

/// An event pattern of EventBridge, with the place of each of its parts.
package struct EventPatternSection: Sendable, Equatable {
    package var node: YAMLNode
    package var pattern: JSONSource

    package static func == (left: Self, right: Self) -> Bool { left.pattern == right.pattern }
}

extension ValueType<EventPatternSection> {
    fileprivate static var eventPattern: ValueType {
        let json = ValueType<JSONSource>.json(.ignored(.trigger))
        return ValueType(
            .described(
                "any value", .map(MapShape(keys: "fields", keyExample: "source", minimum: 1, values: json.shape))),
            decode: { node, diagnostics in
                EventPatternCheck.run(node, &diagnostics)
                return json.decode(node, &diagnostics).map { EventPatternSection(node: node, pattern: $0) }
            }, encode: { json.encode($0.pattern) })
    }
}

extension ValueType<PipelineFile.AfterPipelineSection> {
    fileprivate static var afterPipeline: ValueType {
        let any = ValueType<[Located<PipelineID>]>.listOrOne(of: .pipeline, atLeast: 1)
        return ValueType(
            .either(any.shape, .object(PipelineFile.AfterPipelineSection.type.shape)),
            decode: { node, diagnostics in
                if case .mapping = node.content {
                    return PipelineFile.AfterPipelineSection.type.decode(node, &diagnostics)
                }
                return any.decode(node, &diagnostics).map { pipelines in
                    var section = PipelineFile.AfterPipelineSection()
                    section.origin = Origin(range: node.range, keys: [])
                    section.any = pipelines
                    return section
                }
            },
            encode: { section in
                section.any.map(any.encode) ?? PipelineFile.AfterPipelineSection.type.encode(section)
            })
    }
}

extension ValueType<VariableText> {
    /// What a schedule is shows when its variables are replaced.
    static var schedule: ValueType {
        .variableText(
            "a schedule", expressions: .refused,
            #"^\s*(?:\S+(?:\s+\S+){4}|@\S+|[eE][vV][eE][rR][yY]\s[\s\S]+|(?:[cC][rR][oO][nN]|[rR][aA][tT][eE]|[aA][tT])\s*\([^)]*\))\s*$"#,
            canBeNumber: false, example: "0 6 * * 1-5")
    }

    static var bucket: ValueType {
        .variableText(
            "a bucket's name", expressions: .refused,
            #"^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)(?!.*(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]$"#,
            example: "landing")
    }

    fileprivate static var date: ValueType {
        .variableText(
            "a date", expressions: .refused, #"^[0-9]{4}-[01][0-9]-[0-3][0-9](?:T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z)?$"#,
            canBeNumber: false, example: "2030-01-01")
    }
}

extension Diagnostic {
    fileprivate static func twoSources(_ keys: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .twoSources, at: range,
            "a trigger has one source, not \(keys.map { "`\($0)`" }.joined(separator: " and "))",
            help: "make a trigger of each")
    }

    fileprivate static func noSource(_ name: Located<String>) -> Diagnostic {
        Diagnostic(
            .missingKey, at: name.range,
            "the trigger `\(name.value)` needs a `schedule`, an `s3`, an `event` or an `after_pipeline`")
    }
}
