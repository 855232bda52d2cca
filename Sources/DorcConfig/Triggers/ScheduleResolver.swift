internal import DorcModel
internal import DorcText
internal import Schedules

/// The keys of a schedule -> ScheduleTrigger, for one environment.
struct ScheduleResolver {
    let context: ResolutionContext

    /// `section` is nil for the pipeline's `schedule`.
    func schedule(
        _ text: Located<VariableText>, _ section: PipelineFile.TriggerSection?, into diagnostics: inout Diagnostics
    ) -> ScheduleTrigger? {
        let zone = section?.timezone.flatMap { context.literal($0, "the time zone", &diagnostics) }
        if let zone, let place = section?.timezone?.range, !TimeZones.isKnown(zone) {
            let hint = TimeZones.hint(for: zone)
            diagnostics.report(
                Diagnostic(
                    .unknownTimezone, at: place.firstLine, "`\(zone)` is not an IANA time zone", help: hint.help,
                    replacement: hint.zone))
        }
        let input = section?.input.map { context.expand($0.value, &diagnostics) }
        let start = section?.startDate.flatMap { time($0, &diagnostics) }
        let end = section?.endDate.flatMap { time($0, &diagnostics) }
        if let start, let end, end <= start, let place = section?.endDate?.range {
            diagnostics.report(
                .outOfRange(end.text, allowed: "`end_date` is later than `start_date`, \(start.text)", at: place))
        }
        guard let expression = expression(text, &diagnostics) else { return nil }
        if case .at = expression {
            for (key, date) in [("start_date", section?.startDate), ("end_date", section?.endDate)] {
                if let date { diagnostics.report(.misplaced(key, "schedules that recur", at: date.range)) }
            }
        }
        let places = ScheduleTrigger.Places(
            expression: text.range.firstLine, timezone: section?.timezone?.range, start: section?.startDate?.range,
            end: section?.endDate?.range)
        let literal = context.literal(text, "the schedule", &diagnostics)
        var schedule = ScheduleTrigger(expression, text: literal ?? text.value.source, at: places)
        schedule.timezone = zone
        schedule.input = input
        schedule.start = start
        schedule.end = end
        schedule.flexibleMinutes = section?.flexibleWindow.map { $0.value.seconds / 60 }
        checkWindow(schedule, &diagnostics)
        if let literal {
            UnlikelySchedule.check(expression, literal, at: text.range, &diagnostics)
        }
        return schedule
    }

    /// A cron expression needs a start between `start_date` and `end_date`.
    private func checkWindow(_ schedule: ScheduleTrigger, _ diagnostics: inout Diagnostics) {
        guard schedule.start != nil || schedule.end != nil, let recurrence = schedule.expression.recurrence else {
            return
        }
        let (start, end) = (schedule.start.map { $0.seconds / 60 }, schedule.end.map { $0.seconds / 60 })
        if let start, let end, end <= start { return }
        // The dates are in UTC, which a clock is at most 14 hours away from.
        let slack = ["UTC", nil].contains(schedule.timezone) ? 0 : 14 * 60
        guard !recurrence.starts(from: start, before: end, slack: slack) else { return }
        let isAfterLast = start.map { !recurrence.starts(from: $0, before: nil, slack: slack) } ?? false
        // All years that a schedule may name are within 84,000 days.
        let nearest =
            isAfterLast
            ? recurrence.start(before: start ?? 0, days: 84_000) : recurrence.start(from: start ?? 0, days: 84_000)
        diagnostics.report(
            .outsideWindow(
                isAfterLast: isAfterLast, nearest: nearest.map { CalendarDay(number: $0 / 1440) },
                at: (isAfterLast ? schedule.places.start : schedule.places.end) ?? schedule.places.expression))
    }

    private func time(_ text: Located<VariableText>, _ diagnostics: inout Diagnostics) -> UTCTime? {
        guard let literal = context.literal(text, "the date", &diagnostics) else { return nil }
        if let time = UTCTime(literal) { return time }
        diagnostics.report(
            .invalidValue(
                literal, expected: "a date in UTC", at: text.range.firstLine,
                help: "as in `2030-01-01` or `2030-01-01T06:00:00Z`"))
        return nil
    }

    private func expression(
        _ text: Located<VariableText>, _ diagnostics: inout Diagnostics
    ) -> ScheduleExpression? {
        guard let literal = context.literal(text, "the schedule", &diagnostics) else { return nil }
        do {
            return try ScheduleExpression.parse(literal)
        } catch {
            let hasVariables = literal != text.value.source
            diagnostics.report(
                Diagnostic(
                    .invalidSchedule,
                    at: hasVariables
                        ? text.range.firstLine : text.range.place(of: error.offset, inScalar: literal).firstLine,
                    (hasVariables ? "`\(literal)` in environment `\(context.environment.name)`: " : "") + error.summary,
                    help: error.help))
            return nil
        }
    }
}

extension Diagnostic {
    fileprivate static func outsideWindow(isAfterLast: Bool, nearest: CalendarDay?, at range: SourceRange) -> Diagnostic
    {
        Diagnostic(
            .invalidSchedule, at: range.firstLine,
            "the schedule never starts: "
                + (isAfterLast ? "it has no start after its `start_date`" : "it has no start before its `end_date`"),
            help: nearest.map { "its \(isAfterLast ? "last" : "first") start is on \($0.words)" })
    }
}
