package import DorcText

extension ScheduleExpression {
    /// The shortest time between two starts, where it is below a bound; nil where it is not. Starts are looked for in
    /// four years, without the changes of daylight saving time.
    package func shortestInterval(below bound: Duration) -> Duration? {
        switch self {
        case .at: return nil
        case .rate(let rate):
            let interval = Duration(rate.seconds)
            return interval < bound ? interval : nil
        case .unixCron, .eventBridgeCron:
            return recurrence.flatMap { Self.shortestInterval($0, below: bound) }
        }
    }

    private static func shortestInterval(_ recurrence: CronRecurrence, below bound: Duration) -> Duration? {
        let times = recurrence.minutesOfDay
        guard let first = times.first, let last = times.last else { return nil }
        var shortest = zip(times.dropFirst(), times).map { $0 - $1 }.min() ?? .max
        var previous: Int?
        // Four years from a leap year on.
        var day = CalendarDay(year: 2028, month: 1, day: 1)
        let end = CalendarDay(year: 2032, month: 1, day: 1)
        while day < end {
            if recurrence.matches(day) {
                if let previous { shortest = min(shortest, (day.number - previous) * 1440 + first - last) }
                previous = day.number
            }
            day = day.next
        }
        guard previous != nil, shortest < .max / 60, Duration(shortest * 60) < bound else { return nil }
        return Duration(shortest * 60)
    }
}
