/// A rule of POSIX's `TZ` (RFC 9636, section 3.3.1): `GMT0BST,M3.5.0/1,M10.5.0`. Offsets are seconds east of UTC.
struct PosixZone: Sendable, Equatable {
    let standard: Int
    private let summer: Summer?

    private struct Summer: Sendable, Equatable {
        var offset: Int
        var start: Date
        var end: Date
    }

    /// A day of the year and a time of day in seconds, of the clock before the change.
    private struct Date: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// `M3.5.0`: the last Sunday of March.
            case weekday(month: Int, week: Int, weekday: Int)
            /// `J60`: 1 to 365, 29 February not counted.
            case julian(Int)
            /// `59`: 0 to 365.
            case ofYear(Int)
        }

        var day: Day
        var seconds: Int

        /// Days since 1970.
        func day(in year: Int) -> Int {
            let start = CalendarDay(year: year, month: 1, day: 1).number
            switch day {
            case .ofYear(let day): return start + day
            case .julian(let day): return start + day - 1 + (CalendarDay.isLeapYear(year) && day >= 60 ? 1 : 0)
            case .weekday(let month, let week, let weekday):
                let first = CalendarDay(year: year, month: month, day: 1)
                var day = 1 + (weekday - first.weekday + 7) % 7 + (week - 1) * 7
                if day > first.daysInMonth { day -= 7 }
                return first.number + day - 1
            }
        }
    }

    init?(_ text: String) {
        var parser = Parser(text)
        guard text.utf8.count < 200, parser.name(), let standard = parser.time(most: 24) else { return nil }
        self.standard = -standard
        guard !parser.isAtEnd else {
            summer = nil
            return
        }
        guard parser.name() else { return nil }
        var offset = self.standard + 3600
        if !parser.isAt(",") {
            guard let written = parser.time(most: 24) else { return nil }
            offset = -written
        }
        guard let start = parser.date(), let end = parser.date(), parser.isAtEnd else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// In the order of time.
    func changes(in years: ClosedRange<Int>) -> [ZoneRules.Change] {
        guard let summer else { return [] }
        return years.flatMap { year in
            [
                ZoneRules.Change(
                    time: summer.start.day(in: year) * 86400 + summer.start.seconds - standard, offsetBefore: standard,
                    offsetAfter: summer.offset),
                ZoneRules.Change(
                    time: summer.end.day(in: year) * 86400 + summer.end.seconds - summer.offset,
                    offsetBefore: summer.offset, offsetAfter: standard),
            ]
        }.sorted { $0.time < $1.time }
    }

    private struct Parser {
        private var rest: Substring.UTF8View

        init(_ text: String) { rest = text[...].utf8 }

        var isAtEnd: Bool { rest.isEmpty }
        func isAt(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: character) }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard isAt(character) else { return false }
            rest.removeFirst()
            return true
        }

        /// `GMT`, `<+0330>`
        mutating func name() -> Bool {
            if take("<") {
                guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
                rest = rest[rest.index(after: end)...]
                return true
            }
            let letters = rest.prefix { (0x61...0x7A).contains($0 | 0x20) }
            rest = rest.dropFirst(letters.count)
            return letters.count >= 3
        }

        private mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard digits.count <= 3, let value = Int(String(decoding: digits, as: UTF8.self)), range.contains(value)
            else {
                return nil
            }
            rest = rest.dropFirst(digits.count)
            return value
        }

        /// `[+-]hh[:mm[:ss]]`, in seconds.
        mutating func time(most hours: Int) -> Int? {
            let sign = take("-") ? -1 : 1
            if sign == 1 { _ = take("+") }
            guard var seconds = number(0...hours).map({ $0 * 3600 }) else { return nil }
            for unit in [60, 1] where isAt(":") {
                _ = take(":")
                guard let part = number(0...59) else { return nil }
                seconds += part * unit
            }
            return sign * seconds
        }

        /// `,M3.5.0/1`
        mutating func date() -> Date? {
            guard take(",") else { return nil }
            let day: Date.Day
            if take("M") {
                guard let month = number(1...12), take("."), let week = number(1...5), take("."),
                    let weekday = number(0...6)
                else { return nil }
                day = .weekday(month: month, week: week, weekday: weekday)
            } else if take("J") {
                guard let number = number(1...365) else { return nil }
                day = .julian(number)
            } else {
                guard let number = number(0...365) else { return nil }
                day = .ofYear(number)
            }
            guard take("/") else { return Date(day: day, seconds: 7200) }
            return time(most: 167).map { Date(day: day, seconds: $0) }
        }
    }
}
