internal import DorcModel
internal import DorcText
internal import DorcYAML

/// The keys of a DAG of dag-factory's (dagfactory/parameters.py and dagbuilder.py of astronomer/dag-factory).
enum DagKeys {
    typealias Rule = KeyRule<DagState>

    static let dag: [Rule] =
        texts + [
            Rule("default_args", .takenOver, "`defaults` of the pipeline, below") { value, state in
                state.take(value, by: defaultArgs)
                return nil
            },
            Rule(
                "schedule", .takenOver,
                "`schedule`: cron, `@daily` and its kin, `every 6h` of a timedelta; `after_pipeline` of datasets and assets",
                take: schedule),
            Rule("schedule_interval", .takenOver, "as `schedule`", take: schedule),
            Rule("timetable", .takenOver, "`schedule` and `timezone`, of a timetable of cron", take: schedule),
            Rule("catchup", .differs, "`run.sh ENVIRONMENT backfill`, by hand") { value, _ in
                switch value.boolean {
                case false?: .takenOver(nil, "as dorc does: what was missed is not started later")
                case true?: .differs(nil, "dorc starts what was missed by hand: `run.sh ENVIRONMENT backfill`")
                case nil: .wrong(value, expected: "true or false")
                }
            },
            Rule("max_active_runs", .takenOver, "`max_active_runs`") { value, state in
                guard let count = value.integer, count > 0 else { return .wrong(value, expected: "a whole number") }
                state.draft.maxActiveRuns = count > 100 ? nil : .literal("\(count)")
                return count > 100
                    ? .differs(nil, "no limit in dorc, which has at most 100") : .takenOver("max_active_runs")
            },
            Rule("dagrun_timeout", .takenOver, "`timeout` of the pipeline", take: timeout),
            Rule("dagrun_timeout_sec", .takenOver, "`timeout` of the pipeline", take: timeout),
            Rule("is_paused_upon_creation", .takenOver, "`environments.ENVIRONMENT.triggers_enabled: false`") {
                value, state in
                guard let isPaused = value.boolean else { return .wrong(value, expected: "true or false") }
                state.draft.isPaused = isPaused
                return isPaused
                    ? .takenOver("environments.*.triggers_enabled", "until the line is removed")
                    : .takenOver(nil, "as dorc does")
            },
            Rule("params", .takenOver, "`parameters`") { value, state in
                ParameterReader.take(value, &state, makesStrings: false)
            },
            Rule("tags", .differs, "the tag `airflow-tags`: tags of AWS have keys and values") { value, state in
                guard let names = value.texts else { return .wrong(value, expected: "a list of tags") }
                let text = names.joined(separator: " ")
                guard TagRule.isValue(text) else { return .none("no value of a tag of AWS") }
                state.draft.tags.append(("airflow-tags", .string(text)))
                return .differs("tags.airflow-tags", "tags of AWS have keys and values")
            },
            // Read by DagFactoryReader, which knows what is in them.
            Rule("tasks", .takenOver, "`steps`, below") { _, _ in nil },
            Rule("task_groups", .differs, "the order of their tasks; steps have no groups") { _, _ in nil },
            Rule("start_date", .differs, "as in `default_args`") { value, state in
                state.settings.startDates.insert(value, at: 0)
                return nil
            },
            Rule("end_date", .takenOver, "`end_date` of the trigger") { value, state in
                guard let text = value.text, WorkflowKeys.isDate(text) else {
                    return .none(
                        "`\(value.source.shortened(to: 60))` is not a date that dorc can have: one like 2031-03-21")
                }
                state.settings.endDates.insert((String(text.prefix(10)), value), at: 0)
                return nil
            },
            Rule("timezone", .differs, "dates are in UTC in dorc") { value, _ in
                value.text?.lowercased() == "utc"
                    ? .takenOver(nil, "dates are in UTC")
                    : .differs(nil, "is for dates alone, which are in UTC in dorc")
            },
            Rule("on_success_callback", .differs, "as in `default_args`") { value, state in
                CallbackReader.take(value, event: "success", &state)
            },
            Rule("on_failure_callback", .differs, "as in `default_args`") { value, state in
                CallbackReader.take(value, event: "failure", &state)
            },
        ] + callbackFiles + none

    /// `default_args`. What is a DAG's own has no effect there, in Airflow either.
    static let defaultArgs: [Rule] =
        SettingsKeys.rules() + [
            Rule("params", none: "write them in `params` of the DAG"),
            Rule("outlets", none: "write them at the task that makes the dataset"),
            Rule("doc_md", none: "write a comment"),
            Rule("catchup", none: "has no effect in `default_args`, in Airflow either"),
        ]

    private static let texts: [Rule] = [
        Rule("dag_id", .takenOver, "the name of the pipeline") { value, state in
            guard let text = value.text else { return .wrong(value, expected: "a name") }
            state.dagID = text
            state.draft.name = text
            return .takenOver("/pipeline.yaml")
        },
        Rule("dag_display_name", .differs, "`description`, where there is none") { value, state in
            guard value.text != nil else { return .wrong(value, expected: "a string") }
            state.displayName = value
            return nil
        },
        Rule("description", .takenOver, "`description`") { value, state in
            guard let text = value.text else {
                return value.isNull ? .takenOver(nil, "nothing") : .wrong(value, expected: "a string")
            }
            state.draft.description = text.withoutHoles
            return .takenOver("description")
        },
        Rule("doc_md", .takenOver, "`README.md` beside pipeline.yaml") { value, state in
            guard let text = value.text else { return .wrong(value, expected: "a string") }
            state.draft.files.append(ImportedFile(path: "README.md", .text(text.hasSuffix("\n") ? text : text + "\n")))
            return .takenOver("/README.md")
        },
        Rule("doc_md_file_path", none: "put the file beside pipeline.yaml, as README.md"),
        Rule("doc_md_python_callable_file", none: "put a README.md beside pipeline.yaml"),
        Rule("doc_md_python_callable_name", none: "put a README.md beside pipeline.yaml"),
        Rule("doc_md_python_arguments", none: "put a README.md beside pipeline.yaml"),
    ]

    private static let callbackFiles: [Rule] = ["success", "failure", "execute"].flatMap { event in
        ["on_\(event)_callback_name", "on_\(event)_callback_file"].map { name in
            Rule(
                name,
                none: event == "execute"
                    ? "dorc calls nothing on a start"
                    : "a function in Python: write a step in `finally`, with `when` on `$states.input.status`")
        }
    }

    private static let none: [Rule] = [
        Rule("max_active_tasks", none: "`max_concurrency` of a `for_each`, and `reserved_concurrency` of a function"),
        Rule("concurrency", none: "`max_concurrency` of a `for_each`, and `reserved_concurrency` of a function"),
        Rule("default_view", none: "`dorc-synth graph` draws the pipeline"),
        Rule("orientation", none: "`dorc-synth graph` draws the pipeline"),
        Rule("template_searchpath", none: "there are no templates of Jinja's"),
        Rule("template_undefined", none: "there are no templates of Jinja's"),
        Rule("render_template_as_native_obj", none: "JSONata gives values of any type"),
        Rule("jinja_environment_kwargs", none: "there are no templates of Jinja's"),
        Rule("user_defined_macros", none: "there are no templates of Jinja's: JSONata has functions"),
        Rule("user_defined_filters", none: "there are no templates of Jinja's: JSONata has functions"),
        Rule("sla_miss_callback", none: "`alert_without_success` is the nearest"),
        Rule("on_execute_callback", none: "dorc calls nothing on a start"),
        Rule("access_control", none: "who may start a pipeline is IAM's to say"),
        Rule("owner_links", none: "`owner` is a tag"),
        Rule("max_consecutive_failed_dag_runs", none: "switch triggers off with `triggers_enabled: false`"),
        Rule("auto_register", none: "`dorc-synth` finds every pipeline"),
        Rule("fail_fast", none: "a step that fails ends the run already"),
        Rule("fail_stop", none: "a step that fails ends the run already"),
        Rule("allowed_run_types", none: "who may start a pipeline is IAM's to say"),
        Rule("deadline", none: "`timeout` ends a run; `alert_without_success` tells of one that never came"),
        Rule("disable_bundle_versioning", none: "a run keeps the version that it began with"),
        Rule("__extends__", none: "what it gives is not read: write it into the file and import again"),
    ]

    private static let timeout: @Sendable (WrittenValue, inout DagState) -> Verdict? = { value, state in
        guard let seconds = AirflowDuration.seconds(value), seconds > 0, seconds <= 365 * 86400 else {
            return value.isNull
                ? .takenOver(nil, "no limit but dorc's usual day")
                : .wrong(value, expected: "a length of time of at most a year")
        }
        guard state.timeout == nil else { return .none("the DAG has another timeout already") }
        state.timeout = (seconds, value)
        return nil
    }

    private static let schedule: @Sendable (WrittenValue, inout DagState) -> Verdict? = { value, state in
        let read = AirflowSchedule(value)
        if read.isEmpty { return .takenOver(nil, "started by hand") }
        guard state.schedule == nil else { return .none("the DAG has another schedule already") }
        state.schedule = (value, read)
        return nil
    }
}

extension WrittenValue {
    /// Whether a template of Jinja's is anywhere in it.
    var hasJinja: Bool {
        switch content {
        case .scalar(let text, _): JinjaText.isTemplate(text)
        case .list(let items): items.contains { $0.hasJinja }
        case .mapping(let entries): entries.contains { $0.value.hasJinja }
        }
    }
}

extension YAMLNode {
    /// Strings as literals of pipeline.yaml.
    var withoutHoles: YAMLNode {
        switch content {
        case .scalar(let text, .plain): .literal(text)
        case .scalar(let text, _): .string(text.withoutHoles)
        case .sequence(let items): .list(items.map(\.withoutHoles))
        case .mapping(let entries): .mapping(entries.map { ($0.key, $0.value.withoutHoles) })
        }
    }
}
