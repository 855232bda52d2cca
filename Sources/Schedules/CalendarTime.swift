/// A day of the Gregorian calendar and a time of day, on a clock that is told elsewhere: UTC's, or that of a schedule's time
/// zone.
package struct CalendarTime: Sendable, Hashable {
    package let day: CalendarDay
    /// Since midnight.
    package let secondOfDay: Int

    /// Since the beginning of 1970 on the same clock.
    package var seconds: Int { day.number * 86400 + secondOfDay }

    /// - Parameter seconds: since the beginning of 1970 on the same clock.
    package init(seconds: Int) {
        let second = (seconds % 86400 + 86400) % 86400
        day = CalendarDay(number: (seconds - second) / 86400)
        secondOfDay = second
    }

    /// `06:00`, or `06:00:30` where it is not a whole minute.
    package var timeOfDay: String {
        let seconds = secondOfDay % 60
        return ScheduleWords.time(secondOfDay / 60)
            + (seconds == 0 ? "" : seconds < 10 ? ":0\(seconds)" : ":\(seconds)")
    }

    /// A part of a text, counted in scalars, that is not what it has to be.
    struct InvalidPart: Error {
        var name: String
        var positions: Range<Int>
        var bounds: ClosedRange<Int>
    }

    /// Reads `yyyy-mm-ddThh:mm:ss`, a date from 1970 to 2199; nil for a text of another form.
    init?(_ text: some RandomAccessCollection<Unicode.Scalar>) throws(InvalidPart) {
        guard text.count == Self.form.count,
            zip(text, Self.form).allSatisfy({ $1 == "d" ? ("0"..."9").contains($0) : $0 == $1 })
        else { return nil }
        func part(
            _ name: String, _ positions: Range<Int>, _ bounds: ClosedRange<Int>
        ) throws(InvalidPart) -> Int {
            let digits = text.dropFirst(positions.lowerBound).prefix(positions.count)
            let number = digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
            guard bounds.contains(number) else {
                throw InvalidPart(name: name, positions: positions, bounds: bounds)
            }
            return number
        }
        let year = try part("year", 0..<4, 1970...2199)
        let month = try part("month", 5..<7, 1...12)
        let last = CalendarDay.days(inMonth: month, isLeapYear: CalendarDay.isLeapYear(year))
        let number = try part("day of this month", 8..<10, 1...last)
        let hour = try part("hour", 11..<13, 0...23)
        let minute = try part("minute", 14..<16, 0...59)
        secondOfDay = hour * 3600 + minute * 60 + (try part("second", 17..<19, 0...59))
        day = CalendarDay(year: year, month: month, day: number)
    }

    private static let form = Array("dddd-dd-ddTdd:dd:dd".unicodeScalars)

    /// `2030-01-31T06:00:00`
    package var text: String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let time = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map(padded).joined(separator: ":")
        return "\(day.year)-\(padded(day.month))-\(padded(day.day))T\(time)"
    }
}

extension CalendarTime {
    /// Reads the inside of `at(...)`.
    init(inside: ScheduleToken) throws(ScheduleProblem) {
        let token = inside.trimmed
        let time: CalendarTime?
        do {
            time = try CalendarTime(token.scalars)
        } catch {
            let digits = ScheduleToken(
                token.scalars.dropFirst(error.positions.lowerBound).prefix(error.positions.count))
            let bounds = "\(error.bounds.lowerBound) to \(error.bounds.upperBound)"
            throw digits.problem("`\(digits.text)` is out of range: the \(error.name) is \(bounds)")
        }
        guard let time else { throw Self.wrongForm(of: token) }
        self = time
    }

    private static func wrongForm(of token: ScheduleToken) -> ScheduleProblem {
        let form = "write `at(yyyy-mm-ddThh:mm:ss)`, for example `at(2027-01-31T06:00:00)`"
        let time = token.scalars.drop { $0 != "T" && $0 != "t" && $0 != " " }
        let hasZone = time.contains { $0 == "Z" || $0 == "z" || $0 == "+" || $0 == "-" }
        return token.problem(
            "`\(token.text)` is not a date and time",
            help: hasZone ? "\(form); the time zone goes into the trigger's `timezone`" : form)
    }
}

/// A date, or a date and time, of ISO 8601 in UTC: `2030-01-01` or `2030-01-01T06:00:00Z`.
package struct UTCTime: Sendable, Comparable {
    private let time: CalendarTime
    package let hasTime: Bool

    /// Nil for anything else, and for days that the calendar does not have.
    package init?(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        hasTime = scalars.count != 10
        guard !hasTime || scalars.last == "Z",
            let time = try? CalendarTime(hasTime ? scalars.dropLast() : scalars + "T00:00:00".unicodeScalars)
        else { return nil }
        self.time = time
    }

    /// With its time of day: midnight where none was written.
    package var text: String { time.text + "Z" }

    /// With its time of day.
    package init(seconds: Int) {
        time = CalendarTime(seconds: seconds)
        hasTime = true
    }

    /// Since 1 January 1970.
    package var seconds: Int { time.seconds }

    /// As in "1 January 2030", or "06:00 UTC on 1 January 2030".
    package var words: String {
        time.secondOfDay == 0 ? time.day.words : "\(time.timeOfDay) UTC on \(time.day.words)"
    }

    package static func < (left: UTCTime, right: UTCTime) -> Bool { left.seconds < right.seconds }
}
