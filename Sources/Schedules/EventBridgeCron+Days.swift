extension EventBridgeCron {
    /// Reads the two day fields, of which exactly one is `?`.
    static func days(
        monthField: ScheduleToken, months: [Int], weekField: ScheduleToken, all fields: [ScheduleToken]
    ) throws(ScheduleProblem) -> Days {
        switch (monthField.text, weekField.text) {
        case ("?", "?"):
            throw weekField.problem(
                "both day fields are `?`: exactly one of them is",
                help: "for every day write `\(written(fields, monthDay: "*", weekDay: "?"))`")
        case (_, "?"):
            return try days(ofMonth: monthField, months: months)
        case ("?", _):
            return try days(ofWeek: weekField)
        default:
            throw bothSet(monthField: monthField, weekField: weekField, fields: fields)
        }
    }

    /// `L`, `LW`, `15W`, or values. The letters stand alone, not in a list or a range.
    private static func days(ofMonth field: ScheduleToken, months: [Int]) throws(ScheduleProblem) -> Days {
        let text = field.text.uppercased()
        switch text {
        case "L": return .lastOfMonth
        case "LW", "WL":
            guard text == "LW" else { throw field.problem("`WL` is not a day of the month", help: "write `LW`") }
            return .lastWorkdayOfMonth
        default: break
        }
        if text.hasSuffix("W"), field.dropLast(1).isDigits {
            let day = try CronField.dayOfMonth.value(of: field.dropLast(1))
            try CronField.requireExistingDay(earliest: day, in: months, at: field)
            return .workdayNearest(day)
        }
        guard !text.contains("L"), !text.contains("W"), !text.contains("#") else {
            throw field.problem(
                "`\(field.text)` is not a day of the month",
                help:
                    "`L` (the last day), `LW` (the last workday) and `15W` (the workday nearest to the 15th) are written "
                    + "alone in the field; `#` belongs to the day of the week")
        }
        let values = try values(of: field, as: .dayOfMonth)
        try CronField.requireExistingDay(earliest: values.first ?? 1, in: months, at: field)
        return .ofMonth(values)
    }

    /// `L`, `6L`, `6#3`, or values. `L` after a day and `#` stand alone, and AWS knows no steps here.
    private static func days(ofWeek field: ScheduleToken) throws(ScheduleProblem) -> Days {
        let kind = CronField.eventBridgeDayOfWeek
        let text = field.text.uppercased()
        if text == "L" { return .ofWeek([.saturday]) }
        guard !field.contains(",") || !(field.contains("#") || text.contains("L")) else {
            throw field.problem(
                "`#` and `L` cannot be in a list", help: "write one trigger for each of `\(field.text)`'s items")
        }
        if field.contains("#") { return try occurrence(in: field) }
        if text.hasSuffix("L"), !field.contains("-") {
            return .lastOfWeekday(try weekday(of: field.dropLast(1)))
        }
        guard !text.contains("W") || text.contains("WED") else {
            throw field.problem(
                "`W` belongs to the day of the month", help: "for Monday to Friday write `MON-FRI`")
        }
        guard !field.contains("/") else {
            throw field.problem(
                "the day of the week takes no step", help: "list the days, for example `MON,WED,FRI`")
        }
        return .ofWeek(try values(of: field, as: kind).compactMap { Weekday(rawValue: $0 - 1) })
    }

    private static func occurrence(in field: ScheduleToken) throws(ScheduleProblem) -> Days {
        let parts = field.pieces(between: "#")
        guard parts.count == 2, let day = parts.first, let count = parts.last else {
            throw field.problem("`\(field.text)` is not a day of the week", help: "the third Friday is `6#3`")
        }
        let weekday = try weekday(of: day)
        guard let number = count.number, (1...5).contains(number) else {
            throw (count.isEmpty ? field : count).problem(
                "a weekday comes 1 to 5 times in a month", help: "the third Friday is `6#3`, the last one `6L`")
        }
        return .occurrence(number, of: weekday)
    }

    private static func weekday(of token: ScheduleToken) throws(ScheduleProblem) -> Weekday {
        let value = try CronField.eventBridgeDayOfWeek.value(of: token)
        guard let weekday = Weekday(rawValue: value - 1) else {
            throw token.problem("`\(token.text)` is not a day of the week")
        }
        return weekday
    }

    private static func bothSet(
        monthField: ScheduleToken, weekField: ScheduleToken, fields: [ScheduleToken]
    ) -> ScheduleProblem {
        let summary = "both day fields are set: exactly one of them is `?`"
        if weekField.text == "*" {
            return weekField.problem(
                summary, help: "write `\(written(fields, monthDay: monthField.text, weekDay: "?"))`")
        }
        if monthField.text == "*" {
            return monthField.problem(
                summary, help: "write `\(written(fields, monthDay: "?", weekDay: weekField.text))`")
        }
        return weekField.problem(
            summary,
            help:
                "for days that match either, write two triggers, one with `?` as the day of the month "
                + "and one with `?` as the day of the week")
    }

    private static func written(_ fields: [ScheduleToken], monthDay: String, weekDay: String) -> String {
        var texts = fields.map(\.text)
        guard texts.count == 6 else { return "cron(0 6 \(monthDay) * \(weekDay) *)" }
        texts[2] = monthDay
        texts[4] = weekDay
        return "cron(\(texts.joined(separator: " ")))"
    }
}
