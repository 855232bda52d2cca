extension ScheduleExpression {
    /// `MON#1` or `2L`, where Unix cron has a week of the month and one day of the week: "either" to cron, and almost surely
    /// meant as "both".
    package var weekdayOfMonth: String? {
        guard case .unixCron(let cron) = self, case .either(let daysOfMonth, let daysOfWeek) = cron.days,
            daysOfWeek.count == 1, let weekday = daysOfWeek.first, let first = daysOfMonth.first,
            let last = daysOfMonth.last,
            last - first == daysOfMonth.count - 1
        else { return nil }
        if last >= 30, last - first == 6 || first == 25 || first == 24 { return "\(weekday.rawValue + 1)L" }
        guard daysOfMonth.count == 7, (first - 1).isMultiple(of: 7) else { return nil }
        return "\(weekday.name)#\((first - 1) / 7 + 1)"
    }

    /// The earliest of the days of the month, where a chosen month does not have it.
    package var skippingDays: Int? {
        let days: [Int]
        let months: [Int]
        switch self {
        case .unixCron(let cron):
            guard case .ofMonth(let chosen) = cron.days else { return nil }
            (days, months) = (chosen, cron.months)
        case .eventBridgeCron(let cron):
            guard case .ofMonth(let chosen) = cron.days else { return nil }
            (days, months) = (chosen, cron.months)
        case .rate, .at: return nil
        }
        guard let earliest = days.first, months.count > 1,
            months.contains(where: { CalendarDay.days(inMonth: $0, isLeapYear: false) < earliest })
        else { return nil }
        return earliest
    }
}
