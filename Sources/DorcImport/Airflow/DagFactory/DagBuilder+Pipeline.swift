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
        for task in dag.tasks {
            dag.outlets += task.outlets
            for (value, verdict) in task.verdicts { dag.settle(value, verdict) }
        }
        guard let (value, read) = dag.schedule else { return }
        dag.draft.triggers = read.triggers(
            endDate: settings.endDate,
            startDate: settings.startDate.map { WorkflowState.startDate($0, $0.source) })
        guard read.datasets.isEmpty else { return }
        let words = (read.differences + read.problems).joined(separator: "; ")
        if read.times.isEmpty {
            dag.draft.note(
                WorkflowState.todo("schedule", value, "\(value.source.shortened(to: 120)): \(words)"), at: "schedule")
            dag.settle(value, Verdict(outcome: .noEquivalent, target: nil, words: words, isDecision: true))
        } else {
            dag.settle(value, words.isEmpty ? .takenOver("schedule") : .differs("schedule", words))
        }
    }
}
