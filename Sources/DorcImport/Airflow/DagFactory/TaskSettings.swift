internal import DorcModel
internal import DorcText
internal import DorcYAML

/// What `default_args` and tasks have alike: how often a task is tried, how long it may take, who is told.
struct TaskSettings: Sendable {
    var retries: Int?
    var retryDelay: Int?
    var isExponential: Bool?
    var maxRetryDelay: Int?
    /// Seconds.
    var timeout: Int?
    var triggerRule: String?
    /// What says so, where it depends on others what becomes of it.
    var timeoutValue: WrittenValue?
    var triggerRuleValue: WrittenValue?
    var emails: [String] = []
    /// What says so, and whether all of it are addresses.
    var emailSources: [(value: WrittenValue, isSound: Bool)] = []
    var tellsFailures = true
    var owner: String?
    var startDates: [WrittenValue] = []
    /// Of the DAG, those of the DAG itself before those of `default_args`.
    var endDates: [(date: String, value: WrittenValue)] = []
    var timezone: String?

    /// `retry` of dorc's; nil where a task is not tried again.
    var retry: YAMLNode? {
        guard let retries, retries > 0 else { return nil }
        let delay = max(1, retryDelay ?? 300)
        var fields: PipelineDraft.Fields = [
            ("attempts", .literal("\(retries)")), ("interval", .literal(AirflowDuration.text(delay))),
            ("backoff_rate", .literal(isExponential == true ? "2" : "1")),
        ]
        if isExponential == true, let most = maxRetryDelay, most > delay {
            fields.append(("max_delay", .literal(AirflowDuration.text(min(most, 366 * 86400)))))
        }
        return .mapping(fields)
    }

    var hasRetry: Bool { retries != nil || retryDelay != nil || isExponential != nil || maxRetryDelay != nil }

    /// Where these say nothing, as others say.
    func over(_ other: TaskSettings) -> TaskSettings {
        var result = other
        result.retries = retries ?? other.retries
        result.retryDelay = retryDelay ?? other.retryDelay
        result.isExponential = isExponential ?? other.isExponential
        result.maxRetryDelay = maxRetryDelay ?? other.maxRetryDelay
        result.timeout = timeout ?? other.timeout
        result.triggerRule = triggerRule ?? other.triggerRule
        return result
    }
}

/// What reads such settings.
protocol SettingsState: KeyState, SendableMetatype {
    var settings: TaskSettings { get set }
    /// Where they are written: `defaults`, `steps[*]`.
    static var home: String { get }
    /// Why `retries` and its like have no effect.
    var retryProblem: String? { get }
}

/// The keys of every operator (airflow.models.BaseOperator) that are about how a task is run, in `default_args` and at tasks.
enum SettingsKeys {
    static func rules<State: SettingsState>() -> [KeyRule<State>] {
        retries() + times() + people() + callbacks() + noEquivalent()
    }

    private static let noRetries = "has no effect without `retries`, in Airflow either"

    private static func retries<State: SettingsState>() -> [KeyRule<State>] {
        func delay(_ name: String) -> KeyRule<State> {
            KeyRule(name, .takenOver, "`retry.interval`; 300 s where nothing is written") { value, state in
                guard let seconds = AirflowDuration.seconds(value), seconds <= 99_999_999 else {
                    return .wrong(value, expected: "a length of time")
                }
                state.settings.retryDelay = max(1, seconds)
                if let problem = state.retryProblem { return .none(problem) }
                return seconds == 0
                    ? .differs("\(State.home).retry.interval", "at least one second", else: noRetries)
                    : .takenOver("\(State.home).retry.interval", else: noRetries)
            }
        }
        return [
            KeyRule("retries", .takenOver, "`retry.attempts`") { value, state in
                guard let count = value.integer, count >= 0, count <= 99_999_999 else {
                    return .wrong(value, expected: "a whole number")
                }
                state.settings.retries = count
                if let problem = state.retryProblem {
                    return count == 0 ? .takenOver(nil, "as dorc does") : .none(problem)
                }
                if count == 0 {
                    return State.home == "defaults" ? .takenOver(nil, "as dorc does") : .takenOver("steps[*].retry")
                }
                return .takenOver("\(State.home).retry.attempts")
            },
            delay("retry_delay"), delay("retry_delay_sec"),
            KeyRule("retry_exponential_backoff", .takenOver, "`retry.backoff_rate: 2`, without Airflow's jitter") {
                value, state in
                guard let isExponential = value.boolean else { return .wrong(value, expected: "true or false") }
                state.settings.isExponential = isExponential
                if let problem = state.retryProblem { return .none(problem) }
                return .takenOver("\(State.home).retry.backoff_rate", else: noRetries)
            },
            KeyRule("max_retry_delay", .takenOver, "`retry.max_delay`, with `retry_exponential_backoff`") {
                value, state in
                guard let seconds = AirflowDuration.seconds(value) else {
                    return .wrong(value, expected: "a length of time")
                }
                state.settings.maxRetryDelay = seconds
                if let problem = state.retryProblem { return .none(problem) }
                return .takenOver(
                    "\(State.home).retry.max_delay",
                    else: "has an effect only with `retries`, `retry_exponential_backoff` and a shorter `retry_delay`")
            },
        ]
    }

    private static func times<State: SettingsState>() -> [KeyRule<State>] {
        func timeout(_ name: String) -> KeyRule<State> {
            KeyRule(name, .takenOver, "`timeout` of the function or step; above 15 minutes the function becomes a job")
            { value, state in
                guard let seconds = AirflowDuration.seconds(value), seconds > 0, seconds <= BatchLimit.longestTimeout
                else {
                    return .wrong(value, expected: "a length of time of at most 14 days")
                }
                guard state.settings.timeoutValue == nil else { return .none("another limit of the same holds") }
                state.settings.timeout = seconds
                state.settings.timeoutValue = value
                return nil
            }
        }
        return [
            timeout("execution_timeout"), timeout("execution_timeout_secs"),
            KeyRule("start_date", .differs, "a comment: `start_date` of the trigger only while it is ahead") {
                value, state in
                if State.home != "defaults" { return .none("of a task: a trigger of the pipeline has one") }
                state.settings.startDates.append(value)
                return nil
            },
            KeyRule("end_date", .takenOver, "`end_date` of the trigger") { value, state in
                guard let text = value.text, WorkflowKeys.isDate(text) else {
                    return .none(
                        "`\(value.source.shortened(to: 60))` is not a date that dorc can have: one like 2031-03-21")
                }
                if State.home != "defaults" { return .none("of a task: a trigger of the pipeline has one") }
                state.settings.endDates.append((String(text.prefix(10)), value))
                return nil
            },
            KeyRule("timezone", .differs, "dates are in UTC in dorc; a schedule has `timezone` by a timetable") {
                value, state in
                guard let text = value.text else { return .wrong(value, expected: "a time zone") }
                state.settings.timezone = text
                return text.lowercased() == "utc"
                    ? .takenOver(nil, "dates are in UTC")
                    : .differs(nil, "is for dates alone, which are in UTC in dorc")
            },
            KeyRule(
                "sla",
                none:
                    "`alert_without_success` of the pipeline is the nearest: an alarm where no run has succeeded for so long"
            ),
            KeyRule(
                "sla_secs",
                none:
                    "`alert_without_success` of the pipeline is the nearest: an alarm where no run has succeeded for so long"
            ),
            KeyRule("trigger_rule", .differs, "see [trigger rules](../coming-from-airflow.md#trigger-rules)") {
                value, state in
                guard let rule = value.text else { return .wrong(value, expected: "a trigger rule") }
                state.settings.triggerRule = rule.lowercased()
                state.settings.triggerRuleValue = value
                return nil
            },
        ]
    }

    private static func people<State: SettingsState>() -> [KeyRule<State>] {
        [
            KeyRule("owner", .takenOver, "`owner` of the pipeline") { value, state in
                guard let text = value.text, TagRule.isValue(text) else { return .none("not a tag's value") }
                state.settings.owner = text
                return State.home == "defaults" ? .takenOver("owner") : .none("a pipeline has one owner")
            },
            KeyRule("email", .takenOver, "`notifications.email` of the pipeline: of failed runs, not of failed tasks") {
                value, state in
                let texts =
                    value.text.map { $0.split { $0 == "," || $0 == ";" || $0 == " " }.map(String.init) } ?? value.texts
                    ?? []
                let sound = texts.filter(Identifiers.isEmailAddress)
                guard !sound.isEmpty else {
                    return value.isNull ? .takenOver(nil, "nobody") : .wrong(value, expected: "an e-mail address")
                }
                state.settings.emails += sound.filter { !state.settings.emails.contains($0) }
                state.settings.emailSources.append((value, sound.count == texts.count))
                return nil
            },
            KeyRule("email_on_failure", .takenOver, "`notifications` of the pipeline") { value, state in
                guard let isTold = value.boolean else { return .wrong(value, expected: "true or false") }
                state.settings.tellsFailures = isTold
                if isTold { return .takenOver("notifications.email", else: "no address is given") }
                return State.home == "defaults"
                    ? .takenOver(nil, "nobody is told") : .none("notices are of runs, not of tasks")
            },
            KeyRule("email_on_retry", .noEquivalent, "there is no notice of retries") { value, _ in
                value.boolean == false ? .takenOver(nil, "as dorc does") : .none("there is no notice of retries")
            },
            KeyRule("depends_on_past", .differs, "`max_active_runs: 1`: a run does not ask how the one before ended") {
                value, _ in
                value.boolean == false
                    ? .takenOver(nil, "as dorc does")
                    : .none("a run does not ask how the one before ended: see `max_active_runs`")
            },
            KeyRule("wait_for_downstream", .noEquivalent, "a run does not ask how the one before ended") { value, _ in
                value.boolean == false
                    ? .takenOver(nil, "as dorc does") : .none("a run does not ask how the one before ended")
            },
        ]
    }

    /// `callback: ...send_slack_notification` with a channel, and others.
    private static func callbacks<State: SettingsState>() -> [KeyRule<State>] {
        let events = ["execute", "success", "failure", "retry", "skipped"]
        return events.flatMap { event in
            ["on_\(event)_callback", "on_\(event)_callback_name", "on_\(event)_callback_file"].map { name in
                KeyRule(
                    name, event == "execute" || event == "retry" || event == "skipped" ? .noEquivalent : .differs,
                    event == "failure" || event == "success"
                        ? "a notice of Slack: `notifications.slack`; else a step in `finally`"
                        : "dorc calls nothing at that moment"
                ) { value, state in CallbackReader.take(value, event: event, &state) }
            }
        }
    }

    private static func noEquivalent<State: SettingsState>() -> [KeyRule<State>] {
        [
            ("queue", "each function has its own size: `memory`, `compute`"),
            ("pool", "`max_concurrency`, `reserved_concurrency` or `max_active_runs` limit what runs at once"),
            ("pool_slots", "`max_concurrency`, `reserved_concurrency` or `max_active_runs` limit what runs at once"),
            ("priority_weight", "nothing waits for a worker"), ("weight_rule", "nothing waits for a worker"),
            ("task_concurrency", "`reserved_concurrency` of the function"),
            ("max_active_tis_per_dag", "`reserved_concurrency` of the function"),
            ("max_active_tis_per_dagrun", "`max_concurrency` of the step's `for_each`"),
            ("run_as_user", "a function runs as the user of its image"),
            ("executor", "Lambda or AWS Batch run functions"),
            ("executor_config", "`memory` or `compute` of the function"),
            ("resources", "`memory` or `compute` of the function"),
            ("do_xcom_push", "what a function returns is the next step's event"),
            ("multiple_outputs", "what a function returns is the next step's event"),
            ("doc", "write a comment"), ("doc_rst", "write a comment"), ("doc_json", "write a comment"),
            ("doc_yaml", "write a comment"),
            ("task_display_name", "the name of the step"), ("inlets", "dorc does not record where data comes from"),
            ("ignore_first_depends_on_past", "a run does not ask how the one before ended"),
            ("wait_for_past_depends_before_skipping", "a run does not ask how the one before ended"),
            ("map_index_template", "an item of `for_each` has its number"), ("logger_name", "logs are in CloudWatch"),
            ("allow_nested_operators", "there are no operators"),
            ("start_from_trigger", "there are no triggers of tasks"),
            ("render_template_as_native_obj", "JSONata gives values of any type"),
        ].map { KeyRule($0.0, none: $0.1) }
    }
}
