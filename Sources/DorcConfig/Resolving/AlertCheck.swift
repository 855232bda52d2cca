internal import DorcModel
internal import DorcText
internal import Schedules

/// An alarm without success that goes off between two starts, though nothing is wrong: as on each weekend, where a schedule is one
/// of working days.
struct AlertCheck {
    let project: Project

    func run(into diagnostics: inout Diagnostics) {
        for (index, environment) in project.environments.enumerated()
        where project.pipelines.contains(where: { $0.environments[index].alertWithoutSuccess != nil }) {
            let steps = steps(in: index)
            for pipeline in project.pipelines {
                let definition = pipeline.environments[index]
                guard let alert = definition.alertWithoutSuccess, !steps.contains(pipeline.id),
                    let gap = Self.longestGap(of: definition.triggers, from: alert.value)
                else { continue }
                diagnostics.report(.alertTooSoon(alert, gap, environment))
            }
        }
    }

    /// The pipelines that others run: nobody knows when.
    private func steps(in environment: Int) -> Set<PipelineID> {
        var started: Set<PipelineID> = []
        for pipeline in project.pipelines {
            for step in pipeline.environments[environment].workflow.steps {
                if case .pipeline(let id, _) = step.action { started.insert(id) }
            }
        }
        return started
    }

    /// A year with a 29 February, that began on a Monday: the days of all schedules come in it. In UTC: an hour more or less on the
    /// days of the clocks is no matter.
    private static let beginning = CalendarDay(year: 2024, month: 1, day: 1).number * 86400
    private static let end = beginning + 400 * 86400
    /// Of one schedule that are looked at: a week of one that starts every five minutes.
    private static let mostStarts = 2100

    /// The first time of at least that length in which no schedule starts a run; nil where there is none, or where something else
    /// than schedules may start one.
    private static func longestGap(of triggers: [Trigger], from limit: Duration) -> Duration? {
        var starts: [Int] = []
        var end = Self.end
        guard let zone = ZoneRules(rule: "UTC0") else { return nil }
        for trigger in triggers {
            guard case .schedule(let schedule) = trigger.source else { return nil }
            if case .at = schedule.expression { continue }
            let runs = NextRuns(of: schedule.expression, in: zone, from: beginning).prefix(mostStarts).map(\.time)
            if runs.count == mostStarts, let last = runs.last { end = min(end, last) }
            starts += runs
        }
        starts = starts.filter { $0 <= end }.sorted()
        var longest = 0
        for (start, next) in zip(starts, starts.dropFirst()) { longest = max(longest, next - start) }
        return longest >= limit.seconds ? Duration(longest) : nil
    }
}

extension Duration {
    /// Whole hours, where it is long.
    fileprivate var inHours: Duration { seconds < 7200 ? self : Duration((seconds + 3599) / 3600 * 3600) }
}

extension Diagnostic {
    fileprivate static func alertTooSoon(
        _ alert: Located<Duration>, _ gap: Duration, _ environment: Environment
    ) -> Diagnostic {
        let enough = (gap.seconds + max(gap.seconds / 10, 3600) + 3599) / 3600
        return Diagnostic(
            .alertTooSoon, at: alert.range,
            "in environment `\(environment.name)` the schedules start nothing for up to \(gap.inHours), so that the alarm goes off after"
                + " \(alert.value) though nothing is wrong",
            help: enough * 3600 <= 604_800
                ? "write more than that and the time that a run takes, such as `\(enough)h`"
                : "remove it: an alarm looks back 7d at most")
    }
}
