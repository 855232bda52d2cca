internal import DorcModel
internal import DorcText

extension PipelineFile {
    package static let type = ObjectType(
        "pipeline.yaml",
        keys: [
            Key(
                "description", \.description, .variableText(expressions: .ignored(.description)),
                "What the pipeline does, in a sentence."),
            Key(
                "owner", \.owner, .variableText(expressions: .refused),
                "Who answers for the pipeline; becomes the tag `owner`."),
            Key("tags", \.tags, .variableTags, "Tags of the pipeline's resources; they win over the environment's."),
            Key(
                "timeout", \.timeout, .runTimeout, default: "`\(Defaults.runTimeout)`", "How long a whole run may take."
            ),
            Key(
                "max_active_runs", \.maxActiveRuns, .activeRuns, default: "no limit",
                "How many runs there may be at once; one too many ends at once as `skipped`."),
            Key(
                "defaults", \.defaults, FunctionDefaultsSection.projectType.type,
                "Settings of every function of this pipeline."),
            Key(
                "functions", \.functions, .functionSections,
                "Settings of single functions, by the name of their folder."),
            Key(
                "permissions", \.permissions, .list(of: PermissionSection.type.type),
                "What the state machine may do beside running functions and pipelines."),
            Key(
                "steps", \.steps, .list(of: .step, atLeast: 1),
                "The workflow: names of functions, or mappings; each step runs after the one before it."),
            Key(
                "definition", \.definition, .relativePath,
                "Instead of `steps`: a file with Amazon States Language beside pipeline.yaml, with `${function}` for a"
                    + " function's ARN."),
            Key(
                "schedule", \.schedule, .variableText("a schedule", expressions: .refused),
                "Sugar for one schedule trigger, named `schedule`."
            ),
            Key("triggers", \.triggers, .list(of: TriggerSection.type.type), "What starts the pipeline."),
            Key(
                "environments", \.environments,
                .map(
                    keys: "environment names", oneKey: "the name of an environment",
                    rule: "an environment's name is `[a-z][a-z0-9]*`",
                    of: OverridesSection.type.type, where: Names.isEnvironment),
                "Overrides for single environments."),
        ],
        allowsOwnKeys: true,
        make: { range, written in PipelineFile(range: range, writtenKeys: written) })
}

extension PipelineFile.TriggerSection {
    static let type = ObjectType(
        "a trigger",
        keys: [
            Key("name", \.name, .triggerName, required: true, "Name of the trigger, unique in the pipeline."),
            Key(
                "schedule", \.schedule, .variableText("a schedule", expressions: .refused),
                "When to start: Unix cron, `@daily`, `every 15m`, `cron(...)`, `rate(...)` or `at(...)`."),
            Key(
                "timezone", \.timezone, .variableText("a time zone", expressions: .refused), default: "`UTC`",
                "IANA time zone of the schedule."),
            Key(
                "start_date", \.startDate, .variableText("a date", expressions: .refused), default: "none",
                "No start before: `2030-01-01`, or `2030-01-01T06:00:00Z`, in UTC."),
            Key(
                "end_date", \.endDate, .variableText("a date", expressions: .refused), default: "none",
                "No start from then on, in UTC."),
            Key(
                "flexible_window", \.flexibleWindow, .duration(60...86400), default: "none",
                "The start may be that much later, to spread the load; whole minutes."),
            Key(
                nullable: "input", \.input, expressions: .ignored(.scheduleInput),
                "Input of the runs that the schedule starts."),
            Key(
                "s3", \.s3, PipelineFile.S3Section.type.type,
                "Start when an object is created in a bucket (which sends its events to EventBridge)."),
            Key(
                "event", \.event, .eventPattern,
                "Start on an event of the account's default event bus that the pattern matches."),
            Key(
                "after_pipeline", \.afterPipeline, .listOrOne(of: .pipelinePath, atLeast: 1),
                "Start when a run of that pipeline, or of one of them, has ended."),
            Key("on", \.on, .choice, default: "`success`", "Which ends of the runs `after_pipeline` means."),
            Key(
                "environments", \.environments, .listOrOne(of: .environmentName, atLeast: 1), default: "all",
                "Environments that have the trigger."),
        ],
        make: { PipelineFile.TriggerSection(range: $0, writtenKeys: $1) })
}

extension PipelineFile.S3Section {
    static let type = ObjectType(
        "`s3`",
        keys: [
            Key(
                "bucket", \.bucket, .variableText("a bucket's name", expressions: .refused), required: true,
                "Name of the bucket."),
            Key(
                "prefix", \.prefix, .variableText(expressions: .ignored(.trigger)), default: "every object",
                "What the object's key starts with."),
            Key(
                "suffix", \.suffix, .variableText(expressions: .ignored(.trigger)), default: "every object",
                "What the object's key ends with."),
        ],
        make: { _, _ in PipelineFile.S3Section() })
}

extension PipelineFile.OverridesSection {
    static let type = ObjectType(
        "an override",
        keys: [
            Key("timeout", \.timeout, .runTimeout, "How long a whole run may take in this environment."),
            Key(
                "max_active_runs", \.maxActiveRuns, .activeRuns,
                "How many runs there may be at once in this environment."),
            Key(
                "defaults", \.defaults, FunctionDefaultsSection.projectType.type,
                "Settings of every function in this environment."),
            Key("functions", \.functions, .functionSections, "Settings of single functions in this environment."),
            Key(
                "triggers_enabled", \.triggersEnabled, .boolean, default: "`true`",
                "`false` leaves the triggers in the template, disabled."),
        ],
        make: { _, _ in PipelineFile.OverridesSection() })
}

extension ValueType<Duration> {
    /// Step Functions: TimeoutSeconds is at most 99,999,999; a run may take a year.
    static var runTimeout: ValueType { .duration(1...365 * 86400) }
}

extension ValueType<String> {
    fileprivate static var environmentName: ValueType { .text("an environment's name", where: Names.isEnvironment) }

    /// A state's name: 1 to 80 printable characters (Step Functions guide).
    static var stepName: ValueType {
        .text(
            "a step's name",
            help: StepName.rule,
            where: {
                StepName.isValid($0)
            })
    }

    static var pipelinePath: ValueType {
        .text(
            "a pipeline, `layer/name`", help: "as in `curated/model`",
            where: { text in
                let parts = text.split(separator: "/", omittingEmptySubsequences: false)
                return parts.count == 2 && parts.allSatisfy { Names.isFolder(String($0)) }
            })
    }
}

extension ValueType<LocatedMap<FunctionSection>> {
    fileprivate static var functionSections: ValueType {
        .map(
            keys: "function names", oneKey: "the name of a function", rule: Names.folderRule,
            of: FunctionSection.type.type, where: Names.isFolder)
    }
}

extension ValueType<LocatedMap<Located<VariableText>>> {
    fileprivate static var variableTags: ValueType {
        .map(
            keys: "tags", oneKey: "the key of a tag", rule: TagRule.keyRule,
            of: .located(.variableText("a tag's value", expressions: .refused)),
            where: TagRule.isKey)
    }
}

extension ValueType<Int> {
    /// `RunLimit` says why there is an end to it.
    fileprivate static var activeRuns: ValueType { .integer(1...Defaults.mostActiveRuns) }
}

extension ValueType<EventPatternSection> {
    fileprivate static var eventPattern: ValueType {
        let json = ValueType<JSONSource>.json(.ignored(.trigger))
        return ValueType(json.shape) { node, diagnostics in
            EventPatternCheck.run(node, &diagnostics)
            return json.decode(node, &diagnostics).map { EventPatternSection(node: node, pattern: $0) }
        }
    }
}
