/// The fields of either cron dialect -> an English clause: when on a day, on which days, in which years.
struct CronWords {
    /// Each ascending and not empty.
    let minutes: [Int]
    let hours: [Int]
    let months: [Int]
    let years: [Int]

    func words(on days: UnixCron.Days) -> String {
        switch days {
        case .every: words(on: everyDay)
        case .ofMonth(let days): words(ofMonth: days)
        case .ofWeek(let days): words(on: ofWeek(days))
        // Cron means "or" by it.
        case .either(let days, let weekdays):
            words(on: " on the \(ScheduleWords.ranges(days, ScheduleWords.ordinal))\(ofMonths) and\(ofWeek(weekdays))")
        }
    }

    func words(on days: EventBridgeCron.Days) -> String {
        switch days {
        case .ofMonth(let days) where days.count == CronField.dayOfMonth.cycle: words(on: everyDay)
        case .ofMonth(let days): words(ofMonth: days)
        case .ofWeek(let days) where days.count == Weekday.allCases.count: words(on: everyDay)
        case .ofWeek(let days): words(on: ofWeek(days))
        case .lastOfMonth: words(on: " on the last day\(ofMonths)")
        case .lastWorkdayOfMonth: words(on: " on the last weekday\(ofMonths)")
        case .workdayNearest(let day): words(on: " on the weekday nearest the \(ScheduleWords.ordinal(day))\(ofMonths)")
        case .lastOfWeekday(let day): words(on: " on the last \(day.words)\(ofMonths)")
        case .occurrence(let number, let day): words(on: " on the \(Self.ordinal(number)) \(day.words)\(ofMonths)")
        }
    }

    private static func ordinal(_ number: Int) -> String {
        ["first", "second", "third", "fourth", "fifth"].dropFirst(number - 1).first ?? ScheduleWords.ordinal(number)
    }

    private func words(on days: String) -> String {
        CronTimeWords(minutes: minutes, hours: hours).words + days + inYears
    }

    private var everyDay: String { CronTimeWords(minutes: minutes, hours: hours).everyDay + inMonths }

    private func words(ofMonth days: [Int]) -> String {
        guard months.count == 1, let month = months.first, days.count <= 2 else { return words(on: ofMonth(days)) }
        let date = " on \(ScheduleWords.list(days.map { String($0) })) \(ScheduleWords.month(month))"
        let year = hasAllYears ? " every year" : inYears.hasPrefix(" in ") ? String(inYears.dropFirst(3)) : inYears
        return CronTimeWords(minutes: minutes, hours: hours).words + date + year
    }

    private func ofMonth(_ days: [Int]) -> String {
        guard let step = days.commonStep, step > 1, days.count > 4, let first = days.first,
            let last = days.last
        else { return " on the \(ScheduleWords.ranges(days, ScheduleWords.ordinal))\(ofMonths)" }
        return " on every \(ScheduleWords.ordinal(step)) day\(ofMonths) from the \(ScheduleWords.ordinal(first))"
            + " to the \(ScheduleWords.ordinal(last))"
    }

    /// From Monday on; a range may go over the end of the week, as in "Friday to Monday".
    private func ofWeek(_ days: [Weekday]) -> String {
        let chosen = Set(days.map(\.rawValue))
        var start = Weekday.monday.rawValue
        if chosen.contains(start), chosen.count < 7 {
            while chosen.contains((start + 6) % 7) { start -= 1 }
        }
        func name(_ number: Int) -> String { Weekday(rawValue: (number + 7) % 7)?.words ?? "" }
        let numbers = (start..<start + 7).filter { chosen.contains(($0 + 7) % 7) }
        let ranges = ScheduleWords.ranges(numbers, name)
        return " on \(ranges.contains(" to ") ? ranges : ScheduleWords.list(numbers.map { name($0) + "s" }))\(inMonths)"
    }

    private var hasAllMonths: Bool { months.count == CronField.month.cycle }
    private var hasAllYears: Bool { years.count == CronField.year.cycle }
    private var monthNames: String { ScheduleWords.ranges(months, ScheduleWords.month) }
    private var ofMonths: String { hasAllMonths ? " of the month" : " of \(monthNames)" }
    private var inMonths: String { hasAllMonths ? "" : " in \(monthNames)" }

    private var inYears: String {
        guard !hasAllYears, let first = years.first, let last = years.last else { return "" }
        if let step = years.commonStep, step > 1, years.count > 4 {
            return ", every \(step) years from \(first) to \(last)"
        }
        return " in \(ScheduleWords.ranges(years) { String($0) })"
    }
}
