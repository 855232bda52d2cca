extension ScheduleExpression {
    /// What it says in English, as in "at 06:00 on Monday to Friday": a clause without a full stop, and without the time zone.
    ///
    /// It is made of the values, not of the spelling: `0-59/15 * * * *` and `*/15 * * * *` are both "every 15 minutes".
    package var words: String {
        switch self {
        case .unixCron(let cron):
            CronWords(minutes: cron.minutes, hours: cron.hours, months: cron.months, years: CronField.year.all)
                .words(on: cron.days)
        case .eventBridgeCron(let cron):
            CronWords(minutes: cron.minutes, hours: cron.hours, months: cron.months, years: cron.years)
                .words(on: cron.days)
        case .rate(let rate): rate.words
        case .at(let date): "once, at \(date.timeOfDay) on \(date.day.words)"
        }
    }

    /// Whether a time zone says anything about it: not of an interval, which no clock shows.
    package var followsClock: Bool {
        if case .rate = self { false } else { true }
    }
}

extension ScheduleRate {
    /// As in "every 15 minutes". A day is said in hours, since it is no day of the calendar where summer time begins or ends.
    var words: String {
        switch (unit, value) {
        case (.day, 1): "every 24 hours"
        case (_, 1): "every \(unit.rawValue)"
        default: "every \(value) \(unitName)"
        }
    }
}

/// The small change of words of both cron dialects.
enum ScheduleWords {
    /// As in "a, b and c".
    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// A list in which three or more neighbouring values are a range, as in "1, 3 to 7 and 9".
    static func ranges(_ values: [Int], _ name: (Int) -> String) -> String {
        list(
            values.runs.flatMap { run in
                run.count > 2 ? ["\(name(run.lowerBound)) to \(name(run.upperBound))"] : run.map(name)
            })
    }

    /// `06:05`
    static func time(_ minuteOfDay: Int) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(padded(minuteOfDay / 60)):\(padded(minuteOfDay % 60))"
    }

    /// As in "21st".
    static func ordinal(_ number: Int) -> String {
        let ending =
            switch (number % 100, number % 10) {
            case (11...13, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return "\(number)\(ending)"
    }

    static func month(_ number: Int) -> String { CalendarDay.monthNames.dropFirst(number - 1).first ?? String(number) }
}
