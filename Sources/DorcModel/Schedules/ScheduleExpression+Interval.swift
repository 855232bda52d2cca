extension ScheduleExpression {
    /// The shortest time between two starts, where it is below a bound; nil where it is not. Starts are looked for in
    /// four years, without the changes of daylight saving time.
    package func shortestInterval(below bound: Duration) -> Duration? {
        switch self {
        case .at: return nil
        case .rate(let rate):
            let unit =
                switch rate.unit {
                case .minute: 60
                case .hour: 3600
                case .day: 86400
                }
            // A value has at most six digits.
            let interval = Duration(rate.value * unit)
            return interval < bound ? interval : nil
        case .unixCron(let cron):
            return Self.shortestInterval(cron.minutes, cron.hours, below: bound) { $0.matches(cron) }
        case .eventBridgeCron(let cron):
            return Self.shortestInterval(cron.minutes, cron.hours, below: bound) { $0.matches(cron) }
        }
    }

    private static func shortestInterval(
        _ minutes: [Int], _ hours: [Int], below bound: Duration, matches: (CalendarDay) -> Bool
    ) -> Duration? {
        let times = hours.flatMap { hour in minutes.map { hour * 60 + $0 } }
        guard let first = times.first, let last = times.last else { return nil }
        var shortest = zip(times.dropFirst(), times).map { $0 - $1 }.min() ?? .max
        var previous: Int?
        var day = CalendarDay.start
        for number in 0..<1461 {
            if matches(day) {
                if let previous { shortest = min(shortest, (number - previous) * 1440 + first - last) }
                previous = number
            }
            day.advance()
        }
        guard previous != nil, shortest < .max / 60, Duration(shortest * 60) < bound else { return nil }
        return Duration(shortest * 60)
    }
}

/// A day of the Gregorian calendar.
private struct CalendarDay {
    var year: Int
    var month: Int
    var day: Int
    /// 0 is Sunday.
    var weekday: Int

    /// Saturday, 1 January 2028: a leap year.
    static let start = CalendarDay(year: 2028, month: 1, day: 1, weekday: 6)

    private var daysInMonth: Int {
        CronCalendar.days(inMonth: month, isLeapYear: CronCalendar.isLeapYear(year))
    }

    mutating func advance() {
        weekday = (weekday + 1) % 7
        day += 1
        guard day > daysInMonth else { return }
        day = 1
        month += 1
        guard month > 12 else { return }
        month = 1
        year += 1
    }

    func matches(_ cron: UnixCron) -> Bool {
        guard cron.months.contains(month) else { return false }
        return switch cron.days {
        case .every: true
        case .ofMonth(let days): days.contains(day)
        case .ofWeek(let days): contains(days)
        case .either(let daysOfMonth, let daysOfWeek): daysOfMonth.contains(day) || contains(daysOfWeek)
        }
    }

    func matches(_ cron: EventBridgeCron) -> Bool {
        guard cron.months.contains(month) else { return false }
        return switch cron.days {
        case .ofMonth(let days): days.contains(day)
        case .lastOfMonth, .lastWorkdayOfMonth: day == daysInMonth
        case .workdayNearest(let nearest): day == nearest
        case .ofWeek(let days): contains(days)
        case .lastOfWeekday(let last): contains([last]) && day > daysInMonth - 7
        case .occurrence(let number, let of): contains([of]) && (day - 1) / 7 + 1 == number
        }
    }

    private func contains(_ days: [Weekday]) -> Bool {
        Weekday.allCases.indices.contains(weekday) && days.contains(Weekday.allCases[weekday])
    }
}
