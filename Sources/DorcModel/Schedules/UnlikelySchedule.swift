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
    fileprivate var skippingDays: Int? {
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
            months.contains(where: { CronCalendar.days(inMonth: $0, isLeapYear: false) < earliest })
        else { return nil }
        return earliest
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
