internal import DorcModel
internal import DorcText
internal import Schedules

/// Schedules that AWS takes, and that were hardly meant: those with a day that most months do not have, and the first Monday
/// as other systems' cron cannot say it.
enum UnlikelySchedule {
    static func check(
        _ expression: ScheduleExpression, _ text: String, at range: SourceRange, _ diagnostics: inout Diagnostics
    ) {
        if let day = expression.weekdayOfMonth {
            diagnostics.report(.eitherDay(text, day, at: range.firstLine))
        } else if let days = expression.skippingDays {
            diagnostics.report(.skippedMonths(text, earliest: days, at: range.firstLine))
        }
    }

    /// The schedule with other day fields, in AWS's form.
    fileprivate static func aws(_ text: String, dayOfMonth: String, dayOfWeek: String) -> String? {
        var fields = text.split(whereSeparator: { $0.isWhitespace || "()".contains($0) }).map(String.init)
        if fields.first?.lowercased() == "cron" { fields.removeFirst() }
        guard fields.count >= 5 else { return nil }
        return
            "cron(\(fields[0]) \(fields[1]) \(dayOfMonth) \(fields[3]) \(dayOfWeek) \(fields.count > 5 ? fields[5] : "*"))"
    }
}

/// A schedule that starts the next run before the last one has to have ended, where only one may be active.
enum OverlapCheck {
    static func run(
        _ triggers: [Trigger], _ timeout: Duration, _ whenBusy: WhenBusy, into diagnostics: inout Diagnostics
    ) {
        for trigger in triggers {
            guard case .schedule(let schedule) = trigger.source,
                let interval = schedule.expression.shortestInterval(below: timeout)
            else { continue }
            diagnostics.report(
                Diagnostic(
                    .scheduleOverlap, at: trigger.range,
                    "the schedule starts a run as often as every \(interval), and a run may take \(timeout)",
                    help:
                        "with `max_active_runs: 1` a run "
                        + (whenBusy == .skip
                            ? "is skipped while another is active"
                            : "waits while another is active, and runs that are too slow queue up")
                        + ": schedule it less often, or shorten the pipeline's `timeout`"))
        }
    }
}

extension Diagnostic {
    fileprivate static func skippedMonths(_ text: String, earliest: Int, at range: SourceRange) -> Diagnostic {
        let meant = UnlikelySchedule.aws(text, dayOfMonth: "L", dayOfWeek: "?")
        return Diagnostic(
            .skippedMonths, at: range,
            "the schedule skips the months that have no day \(earliest)",
            help: meant.map { "write `\($0)` for the last day of each month, or a day up to 28" }
                ?? "write a day up to 28")
    }

    fileprivate static func eitherDay(_ text: String, _ day: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .eitherDay, at: range,
            "cron starts on days that match either day field: on all of these days of the month, and also every week",
            help: UnlikelySchedule.aws(text, dayOfMonth: "?", dayOfWeek: day).map {
                "write `\($0)` for that weekday once in a month"
            })
    }
}
