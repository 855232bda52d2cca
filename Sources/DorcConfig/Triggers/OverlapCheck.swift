internal import DorcModel
internal import DorcText
internal import Schedules

/// A schedule that starts the next run before the last one has to have ended, where only one may be active.
enum OverlapCheck {
    static func run(_ triggers: [Trigger], _ timeout: Duration, into diagnostics: inout Diagnostics) {
        for trigger in triggers {
            guard case .schedule(let schedule) = trigger.source,
                let interval = schedule.expression.shortestInterval(below: timeout)
            else { continue }
            diagnostics.report(
                Diagnostic(
                    .scheduleOverlap, at: trigger.range,
                    "the schedule starts a run every \(interval) at times, and a run may take \(timeout)",
                    help:
                        "with `max_active_runs: 1` a start is skipped while a run is active: schedule it less often, or"
                        + " shorten the pipeline's `timeout`"))
        }
    }
}
