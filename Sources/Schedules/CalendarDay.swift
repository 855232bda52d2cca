/// A day of the Gregorian calendar.
package struct CalendarDay: Sendable, Comparable, Hashable {
    /// Days since 1 January 1970.
    package let number: Int
    let year: Int
    let month: Int
    let day: Int

    /// 0 is Sunday.
    var weekday: Int { ((number + 4) % 7 + 7) % 7 }

    var daysInMonth: Int { Self.days(inMonth: month, isLeapYear: Self.isLeapYear(year)) }

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

    /// A day that exists.
    package init(year: Int, month: Int, day: Int) {
        let number =
            Self.daysToYear(year)
            + (1..<max(month, 1)).reduce(0) {
                $0 + Self.days(inMonth: $1, isLeapYear: Self.isLeapYear(year))
            }
        self.init(number: number + day - 1, year: year, month: month, day: day)
    }

    package init(number: Int) {
        var year = 1970 + number / 366
        while Self.daysToYear(year + 1) <= number { year += 1 }
        while Self.daysToYear(year) > number { year -= 1 }
        var rest = number - Self.daysToYear(year)
        var month = 1
        while month < 12 {
            let length = Self.days(inMonth: month, isLeapYear: Self.isLeapYear(year))
            if rest < length { break }
            rest -= length
            month += 1
        }
        self.init(number: number, year: year, month: month, day: rest + 1)
    }

    private init(number: Int, year: Int, month: Int, day: Int) {
        self.number = number
        self.year = year
        self.month = month
        self.day = day
    }

    var next: CalendarDay {
        if day < daysInMonth { return CalendarDay(number: number + 1, year: year, month: month, day: day + 1) }
        if month < 12 { return CalendarDay(number: number + 1, year: year, month: month + 1, day: 1) }
        return CalendarDay(number: number + 1, year: year + 1, month: 1, day: 1)
    }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
    package static func == (left: CalendarDay, right: CalendarDay) -> Bool { left.number == right.number }

    /// As in "28 March 2027".
    package var words: String { "\(day) \(Self.monthNames[month - 1]) \(year)" }

    /// As in "Mon 28 Mar".
    package var shortWords: String { "\(weekdayName.prefix(3)) \(day) \(Self.monthNames[month - 1].prefix(3))" }

    private var weekdayName: String { Weekday(rawValue: weekday)?.words ?? "" }

    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// From 1 January 1970 to that of the year.
    private static func daysToYear(_ year: Int) -> Int {
        let before = year - 1
        func leaps(_ year: Int) -> Int { year / 4 - year / 100 + year / 400 }
        return (year - 1970) * 365 + leaps(before) - leaps(1969)
    }
}

/// A day of the week, numbered as Unix cron does. EventBridge's number is one more.
package enum Weekday: Int, Sendable, CaseIterable {
    case sunday = 0
    case monday, tuesday, wednesday, thursday, friday, saturday

    /// The name that both cron dialects use.
    package var name: String {
        switch self {
        case .sunday: "SUN"
        case .monday: "MON"
        case .tuesday: "TUE"
        case .wednesday: "WED"
        case .thursday: "THU"
        case .friday: "FRI"
        case .saturday: "SAT"
        }
    }

    /// As in a sentence.
    package var words: String {
        switch self {
        case .sunday: "Sunday"
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        }
    }
}
