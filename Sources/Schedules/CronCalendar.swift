/// The lengths of the Gregorian months.
enum CronCalendar {
    /// Length of each month, with 29 for February in a leap year.
    static func days(inMonth month: Int, isLeapYear: Bool) -> Int {
        switch month {
        case 2: isLeapYear ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func isLeapYear(_ year: Int) -> Bool {
        (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400)
    }

    /// Refuses days of the month that no chosen month has, such as 30 February.
    static func requireExistingDay(
        earliest: Int, in months: [Int], at field: ScheduleToken
    ) throws(ScheduleProblem) {
        let longest = months.map { days(inMonth: $0, isLeapYear: true) }.max() ?? 31
        guard earliest > longest else { return }
        let names = months.compactMap { CronField.month.names.dropFirst($0 - 1).first.map { "`\($0)`" } }
        let list = (names.count > 1 ? [names.dropLast().joined(separator: ", ")] : []) + names.suffix(1)
        let chosen = months.map(String.init).joined(separator: ",")
        throw field.problem(
            "\(list.joined(separator: " and ")) \(names.count > 1 ? "have" : "has") no day \(earliest)",
            help: "for the last day of a month write AWS's form, for example `cron(0 6 L \(chosen) ? *)`")
    }
}
