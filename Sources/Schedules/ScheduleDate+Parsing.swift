extension ScheduleDate {
    /// Reads the inside of `at(...)`: `yyyy-mm-ddThh:mm:ss`, a date that exists.
    static func parse(inside: ScheduleToken) throws(ScheduleProblem) -> ScheduleDate {
        let token = inside.trimmed
        let scalars = Array(token.scalars)
        let pattern = Array("dddd-dd-ddTdd:dd:dd".unicodeScalars)
        let matches = zip(scalars, pattern).allSatisfy { scalar, expected in
            expected == "d" ? ("0"..."9").contains(scalar) : scalar == expected
        }
        guard scalars.count == pattern.count, matches else { throw wrongShape(of: token) }

        let year = try part(0..<4, of: token, name: "year", bounds: 1970...2199)
        let month = try part(5..<7, of: token, name: "month", bounds: 1...12)
        let dayBounds = 1...CronCalendar.days(inMonth: month, isLeapYear: CronCalendar.isLeapYear(year))
        let day = try part(8..<10, of: token, name: "day of this month", bounds: dayBounds)
        let hour = try part(11..<13, of: token, name: "hour", bounds: 0...23)
        let minute = try part(14..<16, of: token, name: "minute", bounds: 0...59)
        let second = try part(17..<19, of: token, name: "second", bounds: 0...59)
        return ScheduleDate(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    private static func part(
        _ positions: Range<Int>, of token: ScheduleToken, name: String, bounds: ClosedRange<Int>
    ) throws(ScheduleProblem) -> Int {
        let digits = ScheduleToken(token.scalars.dropFirst(positions.lowerBound).prefix(positions.count))
        guard let number = digits.number, bounds.contains(number) else {
            throw digits.problem(
                "`\(digits.text)` is out of range: the \(name) is \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return number
    }

    private static func wrongShape(of token: ScheduleToken) -> ScheduleProblem {
        let shape = "write `at(yyyy-mm-ddThh:mm:ss)`, for example `at(2027-01-31T06:00:00)`"
        let time = token.scalars.drop { $0 != "T" && $0 != "t" && $0 != " " }
        let hasZone = time.contains { $0 == "Z" || $0 == "z" || $0 == "+" || $0 == "-" }
        return token.problem(
            "`\(token.text)` is not a date and time",
            help: hasZone ? "\(shape); the time zone goes into the trigger's `timezone`" : shape)
    }
}
