extension EventBridgeCron {
    /// Reads the inside of `cron(...)`: minute, hour, day of month, month, day of week, year.
    static func parse(inside: ScheduleToken) throws(ScheduleProblem) -> EventBridgeCron {
        let fields = inside.words
        guard fields.count == 6 else { throw wrongCount(of: fields, inside: inside) }
        let minutes = try values(of: fields[0], as: .minute)
        let hours = try values(of: fields[1], as: .hour)
        let months = try values(of: fields[3], as: .month)
        let days = try days(monthField: fields[2], months: months, weekField: fields[4], all: fields)
        let years = try values(of: fields[5], as: .year)
        let cron = EventBridgeCron(
            minutes: minutes, hours: hours, days: days, months: months, years: years,
            fields: fields.map { $0.text.uppercased() }.joined(separator: " "))
        try requireDay(of: cron, yearField: fields[5])
        return cron
    }

    /// Refuses years that have no matching day, such as 2031 for 29 February or for `MON#5` in February.
    private static func requireDay(of cron: EventBridgeCron, yearField: ScheduleToken) throws(ScheduleProblem) {
        let all = CalendarDay(year: 1970, month: 1, day: 1).number...CalendarDay(year: 2199, month: 12, day: 31).number
        guard CronRecurrence(cron).firstDay(in: all) == nil else { return }
        var anyYear = cron
        anyYear.years = CronField.year.all
        let from = CalendarDay(year: cron.years.first ?? 1970, month: 1, day: 1).number
        let next = CronRecurrence(anyYear).firstDay(in: from...all.upperBound)
        throw yearField.problem(
            "the schedule never starts: no day of \(cron.years.count == 1 ? yearField.text : "these years") matches the"
                + " other fields",
            help: next.map { "the first year from then on that has such a day is \($0.year)" })
    }

    /// `*`, `0/15`, `1-5`, `9-17/2`, names and lists of these.
    static func values(of field: ScheduleToken, as kind: CronField) throws(ScheduleProblem) -> [Int] {
        if field.isOnly("*") { return kind.all }
        guard !field.contains("?") else {
            throw field.problem(
                "`?` is allowed only as the day of the month or the day of the week",
                help: "write `*` for every \(kind.name)")
        }
        var found: Set<Int> = []
        for item in field.pieces(between: ",") {
            guard !item.isEmpty else { throw field.problem("`\(field.text)` has an empty item in its list") }
            guard !item.isOnly("*") else {
                throw item.problem("`*` cannot be in a list", help: "write `*` alone for every \(kind.name)")
            }
            found.formUnion(try values(ofItem: item, as: kind))
        }
        return found.sorted()
    }

    private static func values(ofItem item: ScheduleToken, as kind: CronField) throws(ScheduleProblem) -> [Int] {
        let parts = item.pieces(between: "/")
        guard let base = parts.first, parts.count <= 2 else {
            throw item.problem("`\(item.text)` has more than one step")
        }
        let step = parts.count == 2 ? try kind.step(of: parts[1]) : nil
        if base.isOnly("*") { return Array(stride(from: kind.lowest, through: kind.highest, by: step ?? 1)) }

        let ends = base.pieces(between: "-")
        guard ends.count <= 2, ends.allSatisfy({ !$0.isEmpty }), let startToken = ends.first, let endToken = ends.last
        else {
            throw item.problem(
                "`\(item.text)` is not a \(kind.name)", help: "a range is `first-last`, a list `first,second`")
        }
        let start = try kind.value(of: startToken)
        guard ends.count == 2 else {
            return step.map { Array(stride(from: start, through: kind.highest, by: $0)) } ?? [start]
        }
        let end = try kind.value(of: endToken)
        guard start <= end else {
            throw base.problem(
                "the range `\(base.text)` ends before it starts",
                help: "AWS does not say what a range that wraps around means; "
                    + (step == nil
                        ? "write `\(kind.unwrapped(startToken, start, endToken, end))`" : "list the values"))
        }
        return Array(stride(from: start, through: end, by: step ?? 1))
    }

    private static func wrongCount(of fields: [ScheduleToken], inside: ScheduleToken) -> ScheduleProblem {
        let order = "minute, hour, day of month, month, day of week, year"
        let summary =
            "`cron(...)` has six fields (\(order)); \(fields.count == 1 ? "here is" : "here are") \(fields.count)"
        return inside.trimmed.problem(summary, help: fields.count == 5 ? sixFieldForm(of: fields) : nil)
    }

    /// What five fields inside `cron(...)` probably meant: AWS's without the year if there is a `?`, Unix's otherwise.
    private static func sixFieldForm(of fields: [ScheduleToken]) -> String? {
        let written = fields.map(\.text)
        if written.contains("?") { return "add the year: `cron(\(written.joined(separator: " ")) *)`" }
        guard let unix = try? UnixCron.parse(fields: fields) else {
            return "add the year: a sixth field, `*` for every year"
        }
        let unixForm = "`\(written.joined(separator: " "))` without `cron(...)`"
        var sixFields = written + ["*"]
        switch unix.days {
        case .every:
            sixFields.replaceSubrange(2...4, with: ["*", written[3], "?"])
        case .ofMonth:
            sixFields.replaceSubrange(4...4, with: ["?"])
        case .ofWeek(let days):
            sixFields.replaceSubrange(2...4, with: ["?", written[3], names(of: days)])
        case .either:
            return "if this is Unix cron, write \(unixForm)"
        }
        return "write `cron(\(sixFields.joined(separator: " ")))`, or, as Unix cron, \(unixForm)"
    }

    private static func names(of days: [Weekday]) -> String {
        if let first = days.first, let last = days.last, days.count > 2,
            last.rawValue - first.rawValue == days.count - 1
        {
            return "\(first.name)-\(last.name)"
        }
        return days.map(\.name).joined(separator: ",")
    }
}

extension CronField {
    /// A range that wraps around as two, in numbers or names as the author wrote it.
    fileprivate func unwrapped(_ startToken: ScheduleToken, _ start: Int, _ endToken: ScheduleToken, _ end: Int)
        -> String
    {
        let upper = start == highest ? startToken.text : "\(startToken.text)-\(label(highest, like: startToken))"
        let lower = end == lowest ? endToken.text : "\(label(lowest, like: endToken))-\(endToken.text)"
        return upper + "," + lower
    }

    private func label(_ value: Int, like neighbour: ScheduleToken) -> String {
        let name = neighbour.isDigits ? nil : names.dropFirst(value - lowest).first
        return name ?? String(value)
    }
}
