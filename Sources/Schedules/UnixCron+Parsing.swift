extension UnixCron {
    /// Nicknames of crontab(5), in lower case without the `@`, with the fields that they stand for.
    static let nicknames: [(name: String, fields: String)] = [
        ("yearly", "0 0 1 1 *"), ("annually", "0 0 1 1 *"), ("monthly", "0 0 1 * *"), ("weekly", "0 0 * * 0"),
        ("daily", "0 0 * * *"), ("midnight", "0 0 * * *"), ("hourly", "0 * * * *"),
    ]

    static func parse(nickname token: ScheduleToken) throws(ScheduleProblem) -> UnixCron {
        let written = token.text.lowercased()
        if let nickname = nicknames.first(where: { "@" + $0.name == written }) {
            return try parse(fields: ScheduleToken(nickname.fields).words)
        }
        if written == "@reboot" {
            throw token.problem(
                "`@reboot` has no meaning here: nothing here is booted",
                help: "for a single run write `at(yyyy-mm-ddThh:mm:ss)`; for an interval, for example `every 1h`")
        }
        let names = nicknames.map { "`@\($0.name)`" }.joined(separator: ", ")
        throw token.problem("`\(token.text)` is not a known nickname", help: "the nicknames are \(names)")
    }

    /// Reads exactly five fields: minute, hour, day of month, month, day of week.
    static func parse(fields: [ScheduleToken]) throws(ScheduleProblem) -> UnixCron {
        guard fields.count == 5 else {
            let offset = (fields.first?.offset.lowerBound ?? 0)..<(fields.last?.offset.upperBound ?? 0)
            throw ScheduleProblem(offset: offset, summary: "Unix cron has five fields; here are \(fields.count)")
        }
        let minutes = try values(of: fields[0], as: .minute)
        let hours = try values(of: fields[1], as: .hour)
        if let problem = awsDay(monthField: fields[2], weekField: fields[4]) { throw problem }
        let daysOfMonth = try values(of: fields[2], as: .dayOfMonth)
        let months = try values(of: fields[3], as: .month)
        let daysOfWeek = try values(of: fields[4], as: .unixDayOfWeek).compactMap(Weekday.init(rawValue:))
        try CronField.requireExistingDay(earliest: daysOfMonth.first ?? 1, in: months, at: fields[2])
        let days = try days(
            ofMonth: daysOfMonth, monthField: fields[2], ofWeek: daysOfWeek, weekField: fields[4])
        return UnixCron(minutes: minutes, hours: hours, days: days, months: months)
    }

    /// Joins the two day fields as Vixie cron does: a field that begins with `*` must match besides the other one, two
    /// other fields are alternatives. EventBridge cannot say "a Monday with an odd number", so the first kind is
    /// accepted only where one of the two fields covers all days.
    private static func days(
        ofMonth daysOfMonth: [Int], monthField: ScheduleToken, ofWeek daysOfWeek: [Weekday], weekField: ScheduleToken
    ) throws(ScheduleProblem) -> Days {
        let coversMonth = daysOfMonth.count == CronField.dayOfMonth.cycle
        let coversWeek = daysOfWeek.count == CronField.unixDayOfWeek.cycle
        let starField = [monthField, weekField].first { $0.scalars.first == "*" }

        guard let starField else {
            return coversMonth || coversWeek ? .every : .either(ofMonth: daysOfMonth, ofWeek: daysOfWeek)
        }
        switch (coversMonth, coversWeek) {
        case (true, true): return .every
        case (false, true): return .ofMonth(daysOfMonth)
        case (true, false): return .ofWeek(daysOfWeek)
        case (false, false):
            throw starField.problem(
                "`\(monthField.text)` and `\(weekField.text)` would both have to match: EventBridge cannot express it",
                help:
                    "in cron, a day field that begins with `*` restricts the other one; leave one of the two `*`, or "
                    + "write the days out (`1-31/2` for `*/2`) to run on the days that match either field")
        }
    }

    private static func values(of field: ScheduleToken, as kind: CronField) throws(ScheduleProblem) -> [Int] {
        guard !field.contains("?") else {
            throw field.problem(
                "`?` belongs to AWS's `cron(...)`, not to Unix cron", help: "write `*` for every \(kind.name)")
        }
        var found: Set<Int> = []
        for item in field.pieces(between: ",") {
            guard !item.isEmpty else { throw field.problem("`\(field.text)` has an empty item in its list") }
            found.formUnion(try values(ofItem: item, as: kind))
        }
        return found.sorted()
    }

    /// `*`, `5`, `MON`, `1-5`, `22-2`, each perhaps with a step. A range whose end lies before its start wraps around.
    private static func values(ofItem item: ScheduleToken, as kind: CronField) throws(ScheduleProblem) -> [Int] {
        let parts = item.pieces(between: "/")
        guard let base = parts.first, parts.count <= 2 else {
            throw item.problem("`\(item.text)` has more than one step")
        }
        let step = parts.count == 2 ? try kind.step(of: parts[1]) : nil
        if base.text == "*" { return walk(from: kind.lowest, distance: kind.cycle - 1, step: step ?? 1, in: kind) }

        let ends = base.pieces(between: "-")
        guard ends.count <= 2, ends.allSatisfy({ !$0.isEmpty }), let startToken = ends.first, let endToken = ends.last
        else {
            throw item.problem(
                "`\(item.text)` is not a \(kind.name)", help: "a range is `first-last`, a list `first,second`")
        }
        let start = try kind.value(of: startToken)
        let end = try kind.value(of: endToken)
        let first = kind.lowest + (start - kind.lowest) % kind.cycle
        let distance: Int
        if ends.count == 1 {
            distance = step == nil ? 0 : kind.lowest + kind.cycle - 1 - first
        } else if start == end {
            distance = 0
        } else {
            distance = end >= first ? end - first : end + kind.cycle - first
        }
        return walk(from: first, distance: distance, step: step ?? 1, in: kind)
    }

    private static func walk(from first: Int, distance: Int, step: Int, in kind: CronField) -> [Int] {
        stride(from: 0, through: distance, by: step).map { kind.lowest + (first - kind.lowest + $0) % kind.cycle }
    }

    /// `L`, `15W`, `6L` and `6#3`, which only AWS's form knows.
    private static func awsDay(monthField: ScheduleToken, weekField: ScheduleToken) -> ScheduleProblem? {
        let monthDay = monthField.text.uppercased()
        let weekDay = weekField.text.uppercased()
        let isAWSMonthDay = monthDay.hasPrefix("L") || monthDay.hasSuffix("W")
        let isAWSWeekDay = weekDay.contains("#") || weekDay.hasSuffix("L")
        guard isAWSMonthDay || isAWSWeekDay else { return nil }
        let field = isAWSMonthDay ? monthField : weekField
        return field.problem(
            "`\(field.text)` is known only to AWS's `cron(...)`, not to Unix cron",
            help: "write six fields, for example `cron(0 6 L * ? *)` for the last day of each month "
                + "or `cron(0 6 ? * MON#1 *)` for the first Monday")
    }
}
