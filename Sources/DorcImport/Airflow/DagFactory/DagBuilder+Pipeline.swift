internal import DorcText
internal import DorcYAML

/// What a DAG says of its runs as a whole.
extension DagBuilder {
    /// A run has more time than its waits take.
    private mutating func setTimeout() {
        let year = Self.year
        let waits = dag.tasks.reduce(0) { sum, task in
            guard task.kind == .timeDelta, let value = task.value["delta"] ?? task.value["time_to_wait"] else {
                return sum
            }
            return min(year, sum + (AirflowDuration.seconds(value) ?? 0))
        }
        guard let (seconds, value) = dag.timeout else { return makeTimeout() }
        let isEnough = seconds > waits
        dag.draft.timeout = .literal(AirflowDuration.text(isEnough ? seconds : min(year, waits + seconds)))
        dag.settle(
            value,
            isEnough ? .takenOver("timeout") : .differs("timeout", "longer than there: the waits alone take as long"))
    }

    /// Airflow has no limit of a run by itself, dorc one of a day.
    private mutating func makeTimeout() {
        let (longest, task) = longestWay()
        guard longest >= 86400, let task else { return }
        let text = AirflowDuration.text(min(Self.year, longest + 86400))
        dag.draft.timeout = .literal(text)
        let state = dag.tasks[task]
        let keys = ["timeout", "execution_timeout", "execution_timeout_secs", "delta", "time_to_wait", "operator"]
        guard let value = keys.lazy.compactMap({ state.value[$0] }).first ?? state.value["decorator"] else { return }
        let words =
            "a run may take \(text), a day more than its tasks may on their longest way; Airflow has no limit, and dorc's"
            + " usual one is a day"
        var verdict = Verdict.differs("timeout", words)
        verdict.todo = Todo("timeout", value, "\(words): is it long enough?", at: "timeout")
        dag.tasks[task].settle(value, verdict)
    }

    static let year = 365 * 86400

    /// In seconds, and the task on it that takes longest.
    private func longestWay() -> (seconds: Int, task: Int?) {
        var ends: [Int: (seconds: Int, task: Int)] = [:]
        for index in order(downstream) {
            let own = time(of: dag.tasks[index])
            let before = (upstream[index] ?? []).compactMap { ends[$0] }.max { $0.seconds < $1.seconds }
            let longest = before.map { own > time(of: dag.tasks[$0.task]) ? index : $0.task } ?? index
            ends[index] = (min(Self.year, own + (before?.seconds ?? 0)), longest)
        }
        let last = ends.sorted { $0.key < $1.key }.max { $0.value.seconds < $1.value.seconds }
        return (last?.value.seconds ?? 0, last?.value.task)
    }

    /// The longest that a task may take, with its tries; of one without a limit, nothing, or what a Lambda may.
    private func time(of task: TaskState) -> Int {
        let settings = task.settings.over(dag.settings)
        func seconds(_ key: String) -> Int? { task.value[key].flatMap(AirflowDuration.seconds) }
        if task.problem == nil {
            switch task.kind {
            case .empty, .dagSensor, .dateTime: return 1
            case .timeDelta: return min(Self.year, seconds("delta") ?? seconds("time_to_wait") ?? 0)
            case .s3Sensor, .pythonSensor, .bashSensor: return min(Self.year, seconds("timeout") ?? 7 * 86400)
            default: break
            }
        }
        var sum =
            settings.timeout ?? (task.function == nil || task.kind == .container || task.kind == .docker ? 0 : 900)
        let one = sum
        var delay = settings.retryDelay ?? 300
        for _ in 0..<min(settings.retries ?? 0, 1000) where sum < Self.year {
            sum = min(Self.year, sum + one + delay)
            if settings.isExponential == true { delay = min(delay * 2, settings.maxRetryDelay ?? Self.year, Self.year) }
        }
        return sum
    }

    /// `retry` of a sensor is for its wait.
    private mutating func settleRetries() {
        guard let value = dag.settings.retriesValue, (dag.settings.retries ?? 0) > 0 else { return }
        let sensors = dag.tasks.filter {
            [.s3Sensor, .pythonSensor, .bashSensor].contains($0.kind) && $0.problem == nil && $0.settings.retries == nil
        }
        guard let first = sensors.first else { return }
        let names = sensors.map { "`\($0.step.name)`" }.joined(separator: ", ").shortened(to: 200)
        dag.settle(
            value,
            Verdict.differs(
                "defaults.retry.attempts",
                "not of \(names): `retry` of these is for the wait, any other error ends the run"
            ).of(step: first.step.name, function: nil))
    }

    /// The nearest to a run that asks how the one before has ended: no two at once.
    private mutating func settlePast() {
        let values = ([dag.settings.pastValue] + dag.tasks.map(\.settings.pastValue)).compactMap { $0 }
        guard !values.isEmpty else { return }
        if dag.draft.maxActiveRuns == nil { dag.draft.maxActiveRuns = .literal("1") }
        let isOne = dag.draft.maxActiveRuns.map(YAMLText.line) == "1"
        let words =
            "a run starts after a failed one too, where in Airflow the task waits until the one before succeeded"
        for value in values {
            dag.settle(
                value,
                isOne
                    ? .differs("max_active_runs", "runs come one after the other, but \(words)")
                    : .decide(
                        "max_active_runs", words,
                        Todo("max_active_runs", value, "\(words): is 1 meant?", at: "max_active_runs")))
        }
    }

    private static func verdict(ofEmail isSound: Bool, tellsFailures: Bool) -> Verdict {
        if !tellsFailures { return .differs(nil, "nobody is told: `email_on_failure` is false") }
        return isSound
            ? .takenOver("notifications.email", "of failed runs; each address confirms its subscription once")
            : .differs("notifications.email", "some are not addresses")
    }

    mutating func finish() {
        setTimeout()
        settleRetries()
        settlePast()
        let settings = dag.settings
        dag.draft.owner = settings.owner
        dag.draft.retry = settings.retry
        var emails = settings.emails
        for task in dag.tasks { emails += task.settings.emails.filter { !emails.contains($0) } }
        for (value, isSound) in settings.emailSources + dag.tasks.flatMap(\.settings.emailSources) {
            dag.settle(value, Self.verdict(ofEmail: isSound, tellsFailures: settings.tellsFailures))
        }
        if !emails.isEmpty, settings.tellsFailures {
            dag.draft.notifications = .mapping([
                ("email", emails.count == 1 ? .string(emails[0]) : .list(emails.map { .string($0) }))
            ])
        }
        settleName()
        settleTimeouts()
        for task in dag.tasks {
            dag.outlets += task.outlets
            for (value, verdict) in task.verdicts {
                dag.settle(
                    value,
                    verdict.owner == nil ? verdict.of(step: task.step.name, function: task.functionName) : verdict)
            }
        }
        let hasTimes = !(dag.schedule?.read.times.isEmpty ?? true)
        for value in settings.startDates { dag.settle(value, WorkflowState.startDate(isWritten: hasTimes)) }
        for (date, value) in settings.endDates {
            dag.settle(
                value, date == settings.endDates[0].date ? WorkflowState.endDate : .none("another `end_date` holds"))
        }
        guard let (value, read) = dag.schedule else { return }
        dag.draft.triggers = read.triggers(
            endDate: settings.endDates.first?.date,
            startDate: settings.startDates.first.map { WorkflowState.startDate($0) })
        if let verdict = read.verdict(value) { dag.settle(value, verdict) }
    }

    private mutating func settleName() {
        guard let value = dag.displayName, let text = value.text else { return }
        if dag.draft.description == nil {
            dag.draft.description = text.withoutHoles
            dag.settle(value, .differs("description", "the name of a pipeline is its folder's"))
        } else {
            dag.settle(value, .none("`description` holds, and the name of a pipeline is its folder's"))
        }
    }

    private static let noLimit = "the step is a wait, which has no limit of its own"

    /// At the function, or at a step that has none.
    private mutating func settleTimeouts() {
        let targets = [Target("functions.*.timeout"), Target("steps[*].timeout")]
        for index in dag.tasks.indices {
            guard let value = dag.tasks[index].settings.timeoutValue else { continue }
            dag.tasks[index].settle(value, .takenOver(targets, else: Self.noLimit))
        }
        guard let value = dag.settings.timeoutValue else { return }
        let heir = dag.tasks.first { $0.settings.timeout == nil && !Self.isWait($0) }
        guard let heir else {
            return dag.settle(value, .takenOver(nil, "no task takes it: each has its own, or waits"))
        }
        dag.settle(
            value, Verdict.takenOver(targets, else: Self.noLimit).of(step: heir.step.name, function: heir.functionName))
    }
}
