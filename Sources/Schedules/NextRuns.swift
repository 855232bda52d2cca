/// When a schedule starts its pipeline, from a moment on and in the order of time, as EventBridge Scheduler does it.
///
/// A local time that the clocks skip does not start anything, and one that comes twice starts once, at the first of the two (user
/// guide, "Daylight savings time on EventBridge Scheduler",
/// <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time>: "if a cron expression falls on a
/// non-existent date and time, your schedule invocation is skipped"; "your schedule runs only once and does not repeat its
/// invocation"). An interval is counted in seconds, whatever the clocks do.
///
/// Where cron's "or" takes two of EventBridge's schedules, a day that both mean has two runs at one time, as it will have there.
package struct NextRuns: Sequence, IteratorProtocol {
    package struct Run: Sendable, Hashable {
        /// Seconds since 1 January 1970, UTC.
        package var time: Int
        /// Seconds that the zone's clock is ahead of UTC.
        package var offset: Int

        package var utc: UTCTime { UTCTime(seconds: time) }
        package var local: CalendarTime { CalendarTime(seconds: time + offset) }
    }

    /// No schedule starts anything after it: EventBridge's years end in 2199.
    package static let end = CalendarDay(year: CronField.year.highest + 1, month: 1, day: 1).number * 86400

    private enum Source {
        case clock(ClockRuns)
        case interval(IntervalRuns)
        case one(Run?)
    }

    private var source: Source
    private let start: Int
    private let end: Int
    /// Whether both of EventBridge's schedules mean the run's day.
    private var isTwice: ((Run) -> Bool)?
    /// The run that comes once more.
    private var twin: Run?

    /// Starts from `now` on.
    ///
    /// Without a `start` an interval is counted from its deployment (guide: "your schedule starts invoking the target immediately"),
    /// which is taken to be now.
    package init(
        of expression: ScheduleExpression, in zone: ZoneRules, from now: Int, start: UTCTime? = nil, end: UTCTime? = nil
    ) {
        let from = Swift.min(Swift.max(now, 0, start?.seconds ?? 0), Self.end)
        self.start = from
        self.end = Swift.min(end?.seconds ?? Self.end, Self.end)
        switch expression {
        case .unixCron(let cron): source = .clock(ClockRuns(CronRecurrence(cron), zone, from: from))
        case .eventBridgeCron(let cron): source = .clock(ClockRuns(CronRecurrence(cron), zone, from: from))
        case .rate(let rate):
            source = .interval(IntervalRuns(rate, zone, from: from, origin: start?.seconds ?? from))
        case .at(let time):
            let run = ClockRuns.moment(ofLocal: time.seconds, zone)
            source = .one(run)
        }
        if case .unixCron(let cron) = expression, case .either(let days, let weekdays) = cron.days {
            isTwice = { run in
                let day = run.local.day
                return days.contains(day.day) && weekdays.contains { $0.rawValue == day.weekday }
            }
        }
    }

    package mutating func next() -> Run? {
        if let run = twin {
            twin = nil
            return run
        }
        while let run = take(), run.time < end {
            // An `at` may be over.
            guard run.time >= start else { continue }
            if isTwice?(run) == true { twin = run }
            return run
        }
        return nil
    }

    private mutating func take() -> Run? {
        switch source {
        case .clock(var runs):
            let run = runs.next(before: end)
            source = .clock(runs)
            return run
        case .interval(var runs):
            let run = runs.next()
            source = .interval(runs)
            return run
        case .one(let run):
            source = .one(nil)
            return run
        }
    }
}

/// The starts of a rate.
private struct IntervalRuns {
    private let interval: Int
    private var time: Int
    private var periods: ClockPeriods
    private var period: ClockPeriods.Period?

    /// The first one is at `origin`; those before `from` are over.
    init(_ rate: ScheduleRate, _ zone: ZoneRules, from: Int, origin: Int) {
        interval = rate.seconds
        let passed = Swift.max(0, from - origin)
        time = origin + (passed + interval - 1) / interval * interval
        periods = ClockPeriods(zone, from: from)
        period = periods.next()
    }

    mutating func next() -> NextRuns.Run? {
        guard time < NextRuns.end else { return nil }
        while let current = period, current.end <= time { period = periods.next() }
        guard let period else { return nil }
        defer { time += interval }
        return NextRuns.Run(time: time, offset: period.offset)
    }
}

/// The starts of a cron expression in the clock of a zone: its local times are looked for in one period after another in which the clock
/// keeps its distance to UTC. What the clock skips is in none; what it shows again is left out of the second.
private struct ClockRuns {
    private let recurrence: CronRecurrence
    private var periods: ClockPeriods
    private var period: ClockPeriods.Period?
    /// The first local minute that has not been looked at.
    private var minute: Int
    /// A day that matches.
    private var day: Int?

    /// The most that a clock was ever set back is a day (Manila, 1844), long past.
    private static let longestRepeat = 2 * 86400

    init(_ recurrence: CronRecurrence, _ zone: ZoneRules, from start: Int) {
        self.recurrence = recurrence
        // What the clock shows again at the start has had its turn shortly before.
        periods = ClockPeriods(zone, from: Swift.max(0, start - Self.longestRepeat))
        period = periods.next()
        minute = .min
        while let current = period, current.end <= start {
            minute = Swift.max(minute, Self.minutes(current.end + current.offset))
            period = periods.next()
        }
        if let period { minute = Swift.max(minute, Self.minutes(start + period.offset)) }
    }

    /// Of a second, rounded up.
    private static func minutes(_ second: Int) -> Int { (second + 59) / 60 }

    mutating func next(before end: Int) -> NextRuns.Run? {
        while let current = period, current.start < end {
            let last = Self.minutes(current.end + current.offset)
            if minute < last, let found = recurrence.start(from: minute, before: last, known: &day) {
                minute = found + 1
                return NextRuns.Run(time: found * 60 - current.offset, offset: current.offset)
            }
            minute = Swift.max(minute, last)
            period = periods.next()
            if let period { minute = Swift.max(minute, Self.minutes(period.start + period.offset)) }
        }
        return nil
    }

    /// Nil for a time that the clock skips; the first where it comes twice.
    static func moment(ofLocal second: Int, _ zone: ZoneRules) -> NextRuns.Run? {
        for period in ClockPeriods(zone, from: Swift.max(0, second - longestRepeat)) {
            if second < period.start + period.offset { return nil }
            if second < period.end + period.offset {
                return NextRuns.Run(time: second - period.offset, offset: period.offset)
            }
        }
        return nil
    }
}
