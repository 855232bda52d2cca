/// One field of a cron expression: its bounds, its names, and the numbers that people write by mistake.
struct CronField: Sendable {
    /// Singular, as in a sentence.
    var name: String
    /// What all the values together make up, such as the hour for minutes.
    var span: String
    var lowest: Int
    var highest: Int
    /// How many different values there are: less than the bounds suggest where Sunday is both 0 and 7.
    var cycle: Int
    /// Names in upper case for `lowest` and the values after it.
    var names: [String] = []
    /// What to write instead of a number that is out of bounds, by that number.
    var corrections: [Int: String] = [:]

    var all: [Int] { Array(lowest..<lowest + cycle) }

    static let minute = CronField(
        name: "minute", span: "hour", lowest: 0, highest: 59, cycle: 60,
        corrections: [60: "minute 60 is minute 0 of the next hour: write `0`, or `*` for every minute"])
    static let hour = CronField(
        name: "hour", span: "day", lowest: 0, highest: 23, cycle: 24,
        corrections: [24: "midnight is hour 0: write `0`, and mind that the day begins with it"])
    static let dayOfMonth = CronField(
        name: "day of the month", span: "month", lowest: 1, highest: 31, cycle: 31,
        corrections: [0: "the first day of the month is 1; `*` means every day"])
    static let month = CronField(
        name: "month", span: "year", lowest: 1, highest: 12, cycle: 12,
        names: UnixCron.monthNames,
        corrections: [0: "write `1` for January, or `*` for every month"])
    static let unixDayOfWeek = CronField(
        name: "day of the week", span: "week", lowest: 0, highest: 7, cycle: 7, names: Weekday.allCases.map(\.name))
    static let eventBridgeDayOfWeek = CronField(
        name: "day of the week", span: "week", lowest: 1, highest: 7, cycle: 7, names: Weekday.allCases.map(\.name),
        corrections: [0: "EventBridge counts from 1 for Sunday to 7 for Saturday; names such as `SUN` are safer"])
    static let year = CronField(name: "year", span: "calendar", lowest: 1970, highest: 2199, cycle: 230)

    /// The value of a number or a name, in any case.
    func value(of token: ScheduleToken) throws(ScheduleProblem) -> Int {
        if token.isDigits {
            guard let number = token.number, (lowest...highest).contains(number) else {
                throw token.problem(
                    "`\(token.text)` is out of range: the \(name) is \(lowest) to \(highest)",
                    help: token.number.flatMap { corrections[$0] })
            }
            return number
        }
        let written = token.text.uppercased()
        if let position = names.firstIndex(of: written) { return lowest + position }
        throw token.problem("`\(token.text)` is not a \(name)", help: help(for: written))
    }

    /// The step after a `/`: 1 to the field's highest value, or to the number of years.
    func step(of token: ScheduleToken) throws(ScheduleProblem) -> Int {
        guard token.isDigits else {
            throw token.problem("`\(token.text)` is not a step: a whole number follows the `/`")
        }
        let largest = min(highest, cycle)
        guard let number = token.number, (1...largest).contains(number) else {
            let help =
                token.number == 0
                ? "remove the `/0`"
                : "a step counts within one \(span) and starts again in the next; "
                    + "for longer intervals write `every 90m` or `every 36h`; for once in each \(span), a single value"
            throw token.problem(
                "the step `\(token.text)` is out of range: it is 1 to \(largest) for the \(name)", help: help)
        }
        return number
    }

    private func help(for written: String) -> String {
        let range = "\(lowest) to \(highest)"
        guard let first = names.first, let last = names.last else { return "write a number from \(range), or `*`" }
        if let name = names.first(where: { written.hasPrefix($0) }), written.allSatisfy(\.isLetter) {
            return "write `\(name)`"
        }
        return "write a number from \(range), a name from \(first) to \(last), or `*`"
    }
}

extension CronField {
    /// Refuses days of the month that no chosen month has, such as 30 February.
    static func requireExistingDay(
        earliest: Int, in months: [Int], at field: ScheduleToken
    ) throws(ScheduleProblem) {
        let longest = months.map { CalendarDay.days(inMonth: $0, isLeapYear: true) }.max() ?? 31
        guard earliest > longest else { return }
        let names = months.compactMap { month.names.dropFirst($0 - 1).first.map { "`\($0)`" } }
        let list = (names.count > 1 ? [names.dropLast().joined(separator: ", ")] : []) + names.suffix(1)
        let chosen = months.map(String.init).joined(separator: ",")
        throw field.problem(
            "\(list.joined(separator: " and ")) \(names.count > 1 ? "have" : "has") no day \(earliest)",
            help: "for the last day of a month write AWS's form, for example `cron(0 6 L \(chosen) ? *)`")
    }
}
