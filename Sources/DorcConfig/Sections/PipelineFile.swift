package import DorcModel
package import DorcText

/// What an environment can override.
package struct PipelineSettings: Equatable, Sendable {
    package var timeout: Located<Duration>?
    package var maxActiveRuns: Located<Int>?
    package var whenBusy: Located<WhenBusy>?
    package var parameters: Located<LocatedMap<Located<JSONSource>>>?
    package var defaults: Located<FunctionDefaultsSection>?
    package var functions: Located<LocatedMap<FunctionSection>>?
    @Boxed package var notifications: Located<PipelineFile.NotificationsSection>?
    package var alertWithoutSuccess: Located<Duration>?
    @Boxed package var access: Located<AccessSection>?

    private static let layers = ["pipeline.yaml", "pipeline.yaml environments.*"]

    /// Each with what it is in an override.
    fileprivate static let keys: [(key: Key<Self>, inEnvironment: String)] = [
        (
            Key(
                "timeout", \.timeout, .runTimeout, default: .value(Defaults.runTimeout),
                otherNames: "dagruntimeout timeoutseconds executiontimeout", layers: layers,
                "How long a whole run may take."),
            "How long a whole run may take in this environment."
        ),
        (
            // `RunLimit` says why there is an end to it.
            Key(
                "max_active_runs", \.maxActiveRuns, .integer(1...Defaults.mostActiveRuns), default: .words("no limit"),
                otherNames: "concurrency maxruns maxconcurrentruns maxconcurrency", layers: layers,
                "How many runs may be active at once; `when_busy` says what happens to one too many."),
            "How many runs may be active at once in this environment."
        ),
        (
            Key(
                "when_busy", \.whenBusy, .choice, default: .value(.wait),
                otherNames: "onbusy concurrencypolicy overlappolicy", layers: layers,
                "A run over `max_active_runs` waits for its turn, the oldest first, or ends at once as `skipped`."),
            "What happens to a run over `max_active_runs` in this environment."
        ),
        (
            Key(
                "parameters", \.parameters, .parameters, otherNames: "params inputs defaultinput",
                example: "{full: false, day: null}",
                "Defaults of the run's input, for the keys that an input lacks."),
            "Defaults of the run's input in this environment, in addition to the pipeline's own."
        ),
        (
            Key("defaults", \.defaults, .section, "Settings of every function of this pipeline."),
            "Settings of every function in this environment."
        ),
        (
            Key(
                "functions", \.functions,
                .map(
                    keys: "function names", oneKey: "the name of a function", .folder, Names.folderRule, of: .section),
                "Settings of single functions, by the name of their folder."),
            "Settings of single functions in this environment."
        ),
        (
            Key(
                "notifications", \.notifications, .section, otherNames: "notification notify alerts emailonfailure",
                layers: layers, "Who is told of the pipeline's runs, in addition to those that the environment tells."),
            "Who is told of the pipeline's runs in this environment; `{}` for nobody."
        ),
        (
            // CloudWatch API, PutMetricAlarm: an alarm looks at no more than seven days.
            Key(
                "alert_without_success", \.alertWithoutSuccess,
                .duration(
                    600...604_800, step: (60, "whole minutes such as `90m`"),
                    tooLong: "an alarm of CloudWatch looks back 7d",
                    // Above a day in whole hours (`NoticesResolver`).
                    rounded: { seconds in
                        let step = seconds > 86400 ? 3600 : 60
                        return seconds > 604_800 ? seconds : (seconds + step - 1) / step * step
                    }),
                default: .words("no alarm"), otherNames: "sla deadline freshness", layers: layers,
                "An alarm goes off if no run has succeeded for that long."),
            "The same in this environment."
        ),
        (
            AccessSection.key(
                \.access, "What every function of this pipeline may do with data, in addition to its own `access`."),
            "What every function may do with data in this environment, in addition to all other `access`."
        ),
    ]
}

/// `pipeline.yaml` as written: every key that is written, with its place.
@dynamicMemberLookup
package struct PipelineFile: Section {
    package var origin = Origin()
    package var description: Located<VariableText>?
    package var owner: Located<VariableText>?
    package var tags: Located<LocatedMap<Located<VariableText>>>?
    package var settings = PipelineSettings()
    package var permissions: Located<[Located<PermissionSection>]>?
    package var steps: Located<[Located<StepSection>]>?
    package var finally: Located<[Located<StepSection>]>?
    package var definition: Located<String>?
    package var schedule: Located<VariableText>?
    package var triggers: Located<[Located<TriggerSection>]>?
    package var environments: Located<LocatedMap<OverridesSection>>?

    package init() {}

    package subscript<Value>(dynamicMember path: WritableKeyPath<PipelineSettings, Value>) -> Value {
        get { settings[keyPath: path] }
        set { settings[keyPath: path] = newValue }
    }

    package static let type = ObjectType<Self>(
        "pipeline.yaml", allowsOwnKeys: true,
        alternatives: .init(
            "steps", "definition",
            several: { file, _ in .twoWorkflows(at: file.definition?.range ?? file.range.firstLine) },
            none: { .noWorkflow(at: $0.range.firstLine) }),
        elsewhere: Elsewhere(
            [
                (
                    "retry retries", "write it in `defaults`, for every step: `defaults: {retry: 3}`, or at a step"
                ),
                (
                    "startdate starttime enddate endtime",
                    "write it at a trigger: `triggers: [{name: nightly, schedule: \"0 6 * * *\", start_date: 2030-01-01}]`"
                ),
                (
                    "input",
                    "write it at a trigger: `triggers: [{name: nightly, schedule: \"0 6 * * *\", input: {full: true}}]`"
                ),
                (FunctionSection.keysOfPackages, FunctionSection.placeOfPackages),
                (
                    TriggerSection.keysOfSchedules,
                    "write it at a trigger: `triggers: [{name: nightly, schedule: \"0 6 * * *\", timezone: Europe/London}]`"
                ),
                ("name id dagid", "remove it: a pipeline has the name of its folder"),
                ("catchup", "remove it: runs of the past are not started"),
            ],
            functionKey: { key in
                (key.isInDefaults
                    ? "write it in `defaults`, for every function, or at a function: " : "write it at a function: ")
                    + key.atFunction
            }),
        keys: [
            Key(
                "description", \.description, .variableText(expressions: .ignored(.description)),
                "What the pipeline does, in a sentence."),
            Key(
                "owner", \.owner, .variableText(expressions: .refused), otherNames: "owners maintainer",
                "Who answers for the pipeline; becomes the tag `owner`."),
            Key(
                "tags", \.tags, .variableTags, otherNames: "labels",
                "Tags of the pipeline's resources; they win over the environment's."),
        ] + PipelineSettings.keys.map { $0.key.at(\.settings) } + [
            Key(
                "permissions", \.permissions, .list(of: .section), otherNames: "policies policy iam",
                "What the state machine may do besides running functions and pipelines."),
            Key(
                "steps", \.steps, .list(of: .step, atLeast: 1),
                otherNames: "tasks jobs stages dag workflow states flow",
                "The workflow: names of functions, or mappings; each step runs after the one before it."),
            Key(
                "finally", \.finally, .list(of: .step, atLeast: 1), needs: .oneOf("steps"),
                otherNames: "always cleanup teardown onexit onend",
                "Steps that run once after all others, whether the run succeeded or failed."),
            Key(
                "definition", \.definition, .relativePath,
                "Instead of `steps`: a file with Amazon States Language next to pipeline.yaml, with `${function}` for a"
                    + " function's ARN."),
            Key(
                "schedule", \.schedule, .schedule, otherNames: "cron crontab scheduleinterval scheduleexpression",
                "Short for one schedule trigger, named `schedule`."),
            Key(
                "triggers", \.triggers, .list(of: .section), otherNames: "on trigger events sensors",
                "What starts the pipeline."),
            Key(
                "environments", \.environments,
                .map(
                    keys: "environment names", oneKey: "the name of an environment", .environment,
                    "an environment's name is `[a-z][a-z0-9]*`", of: .section),
                "Overrides for single environments."),
        ])

    /// One of pipeline.yaml's `environments`.
    @dynamicMemberLookup
    package struct OverridesSection: Section {
        package var origin = Origin()
        package var settings = PipelineSettings()
        package var triggersEnabled: Located<Bool>?

        package init() {}

        package subscript<Value>(dynamicMember path: WritableKeyPath<PipelineSettings, Value>) -> Value {
            get { settings[keyPath: path] }
            set { settings[keyPath: path] = newValue }
        }

        package static let type = ObjectType<Self>(
            "an override",
            elsewhere: Elsewhere(
                [
                    ("retry retries", "write it in the override's `defaults`"),
                    ("schedule cron triggers", "write `environments: [prod]` at the trigger"),
                ],
                functionKey: { key in
                    (key.isInDefaults
                        ? "write it in the override's `defaults`, or at a function of it: "
                        : "write it at a function of the override: ")
                        + key.atFunction
                }),
            keys: PipelineSettings.keys.map { $0.key.at(\.settings, default: "", $0.inEnvironment) } + [
                Key(
                    "triggers_enabled", \.triggersEnabled, .boolean, default: .value(true),
                    "`false` leaves the triggers in the template, disabled.")
            ])
    }
}

extension ValueType<LocatedMap<Located<VariableText>>> {
    fileprivate static var variableTags: ValueType {
        .map(
            keys: "tags", oneKey: "the key of a tag", .tagKey, TagRule.keyRule,
            of: .located(.variableText("a tag's value", expressions: .refused)))
    }
}

extension ValueType<LocatedMap<Located<JSONSource>>> {
    fileprivate static var parameters: ValueType {
        .map(
            keys: "parameters", oneKey: "the name of a parameter", .parameter,
            "it has letters, digits, `_` and `-`, starts with a letter, at most 64 characters",
            of: .located(.json(.evaluated)))
    }
}

extension Diagnostic {
    fileprivate static func noWorkflow(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .missingKey, at: range, "pipeline.yaml needs `steps`",
            help:
                "steps: the names of functions, each of which runs after the one before it, as in `steps: [extract, load]`"
        )
    }

    fileprivate static func twoWorkflows(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .twoWorkflows, at: range, "a pipeline has `steps` or a `definition`, not both",
            help: "write everything in Amazon States Language, or remove the `definition`")
    }
}
