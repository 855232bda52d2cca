internal import DorcText
internal import DorcYAML

/// What a DAG says of its runs as a whole.
extension DagBuilder {
    /// A run has more time than its waits take.
    private mutating func setTimeout() {
        let year = 365 * 86400
        let waits = dag.tasks.reduce(0) { sum, task in
            guard task.kind == .timeDelta, let value = task.value["delta"] ?? task.value["time_to_wait"] else {
                return sum
            }
            return min(year, sum + (AirflowDuration.seconds(value) ?? 0))
        }
        guard let (seconds, value) = dag.timeout else {
            if waits >= 86400 { dag.draft.timeout = .literal(AirflowDuration.text(min(year, waits + 86400))) }
            return
        }
        let isEnough = seconds > waits
        dag.draft.timeout = .literal(AirflowDuration.text(isEnough ? seconds : min(year, waits + seconds)))
        dag.settle(
            value,
            isEnough ? .takenOver("timeout") : .differs("timeout", "longer than there: the waits alone take as long"))
    }

    private static func verdict(ofEmail isSound: Bool, tellsFailures: Bool) -> Verdict {
        if !tellsFailures { return .differs(nil, "nobody is told: `email_on_failure` is false") }
        return isSound
            ? .takenOver("notifications.email", "of failed runs; each address confirms its subscription once")
            : .differs("notifications.email", "some are not addresses")
    }

    mutating func finish() {
        setTimeout()
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
