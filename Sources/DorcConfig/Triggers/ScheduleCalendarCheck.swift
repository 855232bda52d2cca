package import DorcModel
package import DorcText
package import Schedules

/// What today's date says about the schedules: dates that have passed, and days of summer time that a schedule does not
/// expect. It is the only part of dorc that looks at a date, gives warnings alone, and changes nothing that is written.
package struct ScheduleCalendarCheck: Sendable {
    /// Seconds since 1 January 1970, UTC.
    let now: Int
    /// The rules of a time zone of the tz database.
    let zoneRules: @Sendable (String) -> ZoneRules?

    /// How far ahead changes of the clock are looked for.
    private static let horizon = 2 * 366 * 86400
    /// EventBridge Scheduler takes a start date that is at most five minutes old (its API, CreateSchedule: "The StartDate you
    /// specify cannot be earlier than 5 minutes ago").
    private static let grace = 300

    package init(now: Int, zones: @escaping @Sendable (String) -> ZoneRules?) {
        self.now = now
        zoneRules = zones
    }

    package func run(_ project: Project, into diagnostics: inout Diagnostics) {
        var zones: [String: ZoneRules?] = [:]
        for pipeline in project.pipelines {
            for definition in pipeline.environments {
                for trigger in definition.triggers {
                    guard case .schedule(let schedule) = trigger.source else { continue }
                    let name = schedule.timezone ?? "UTC"
                    if zones[name] == nil { zones[name] = .some(Self.isFixed(name) ? nil : zoneRules(name)) }
                    check(schedule, zones[name] ?? nil, &diagnostics)
                }
            }
        }
    }

    private static func isFixed(_ zone: String) -> Bool { ["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu"].contains(zone) }

    private func check(_ schedule: ScheduleTrigger, _ zone: ZoneRules?, _ diagnostics: inout Diagnostics) {
        let isFixed = Self.isFixed(schedule.timezone ?? "UTC")
        guard !checkPassed(schedule, offset: isFixed ? 0 : zone?.offset(at: now), &diagnostics), let zone,
            let name = schedule.timezone
        else { return }
        let changes = zone.changes(after: now, before: now + Self.horizon)
        switch schedule.expression {
        case .rate(let rate) where rate.isWholeDays:
            guard let first = changes.first else { return }
            diagnostics.report(
                .rateInZone(rate, name, from: Self.day(first.time + first.offsetAfter), at: schedule.places.expression))
        case .rate: break
        case .at(let date):
            let time = date.seconds
            guard let gap = changes.map(Gap.init).first(where: { $0.contains(time) }) else { return }
            diagnostics.report(.atInGap(gap, name, at: schedule.places.expression))
        case .unixCron, .eventBridgeCron:
            guard let recurrence = schedule.expression.recurrence else { return }
            let gaps = changes.map(Gap.init).filter { $0.skipsStart(of: recurrence) }
            if let first = gaps.first {
                diagnostics.report(.skippedStarts(gaps, first, name, at: schedule.places.expression))
            }
        }
    }

    /// `offset` is the clock's distance to UTC, nil where it is not known: then no more than a day's doubt is left. True where
    /// the schedule starts nothing any more.
    private func checkPassed(_ schedule: ScheduleTrigger, offset: Int?, _ diagnostics: inout Diagnostics) -> Bool {
        if let end = schedule.end, end.seconds <= now, let place = schedule.places.end {
            diagnostics.report(.passed("the `end_date` \(end.text)", at: place))
            return true
        }
        if let start = schedule.start, start.seconds < now - Self.grace, let place = schedule.places.start {
            diagnostics.report(.startPassed(start, at: place))
        }
        let latest = now + (offset ?? -14 * 3600)
        let hasStarts: Bool =
            switch schedule.expression {
            case .rate: true
            case .at(let date): date.seconds >= latest
            case .unixCron, .eventBridgeCron:
                schedule.expression.recurrence?.starts(from: latest / 60, before: nil, slack: 0) ?? true
            }
        if !hasStarts { diagnostics.report(.passed("the last start of this schedule", at: schedule.places.expression)) }
        return !hasStarts
    }

    private static func day(_ seconds: Int) -> CalendarDay { CalendarDay(number: seconds / 86400) }
}

/// Times of day that a clock leaves out when summer time begins.
private struct Gap {
    /// Seconds since 1970 on the zone's clock. Empty where the clock is set back.
    let start: Int
    let end: Int

    init(_ change: ZoneRules.Change) {
        start = change.time + change.offsetBefore
        end = max(start, change.time + change.offsetAfter)
    }

    var day: CalendarDay { CalendarDay(number: start / 86400) }

    func contains(_ time: Int) -> Bool { time >= start && time < end }

    /// Whether a start falls into it that is missed: the pause around the gap is longer than those that the schedule has
    /// anyway. An hourly schedule misses nothing.
    func skipsStart(of recurrence: CronRecurrence) -> Bool {
        let (first, last) = (start / 60, end / 60)
        guard first < last, let skipped = recurrence.start(from: first, days: 1), skipped < last else { return false }
        guard let before = recurrence.start(before: first, days: 3), let after = recurrence.start(from: last, days: 3)
        else { return true }
        let lastSkipped = recurrence.start(before: last, days: 1) ?? skipped
        return after - before - (last - first) > max(skipped - before, after - lastSkipped)
    }

    /// As in "the clock goes from 01:00 to 02:00".
    var words: String { "\(Self.time(start)) to \(Self.time(end))" }

    private static func time(_ seconds: Int) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let minutes = seconds % 86400 / 60
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}

extension Diagnostic {
    fileprivate static func startPassed(_ start: UTCTime, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .pastSchedule, at: range.firstLine, "the `start_date` \(start.text) has passed",
            help:
                "remove it, or write a later one: EventBridge Scheduler refuses to create or change a schedule whose start"
                + " has passed")
    }

    fileprivate static func passed(_ what: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .pastSchedule, at: range.firstLine, "\(what) has passed: it no longer starts anything",
            help: "remove the trigger, or write a later date")
    }

    fileprivate static func rateInZone(
        _ rate: ScheduleRate, _ zone: String, from day: CalendarDay, at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .summerTime, at: range.firstLine,
            "`rate(\(rate.value) \(rate.unitName))` does not follow the clock of \(zone): from \(day.words) on it starts at another"
                + " time of day",
            help: "a day of `rate` is 24 hours; write cron, such as `0 6 * * *`, for a time of day")
    }

    fileprivate static func atInGap(_ gap: Gap, _ zone: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .summerTime, at: range.firstLine,
            "this time does not exist in \(zone): on \(gap.day.words) the clock goes from \(gap.words)",
            help: "write a time before or after it")
    }

    fileprivate static func skippedStarts(_ gaps: [Gap], _ first: Gap, _ zone: String, at range: SourceRange)
        -> Diagnostic
    {
        let days = gaps.prefix(4).map(\.day.words)
        return Diagnostic(
            .summerTime, at: range.firstLine,
            "the schedule skips a start on \(days.joined(separator: " and on "))",
            help:
                "the clock of \(zone) then goes from \(first.words), and EventBridge Scheduler leaves out a time that"
                + " does not exist: choose a time of day before or after it, or UTC")
    }
}
