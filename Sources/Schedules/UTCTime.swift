/// A date, or a date and time, of ISO 8601 in UTC: `2030-01-01` or `2030-01-01T06:00:00Z`.
package struct UTCTime: Sendable, Comparable {
    /// With its time of day: midnight where none was written.
    package let text: String
    package let hasTime: Bool

    /// Nil for anything else, and for days that the calendar does not have.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 || bytes.count == 20, let year = Self.number(bytes[0..<4]),
            bytes[4] == UInt8(ascii: "-"), let month = Self.number(bytes[5..<7]), bytes[7] == UInt8(ascii: "-"),
            let day = Self.number(bytes[8..<10]), (1970...2199).contains(year), (1...12).contains(month), day >= 1,
            day <= CronCalendar.days(inMonth: month, isLeapYear: CronCalendar.isLeapYear(year))
        else { return nil }
        hasTime = bytes.count == 20
        if hasTime {
            guard bytes[10] == UInt8(ascii: "T"), let hour = Self.number(bytes[11..<13]), hour < 24,
                bytes[13] == UInt8(ascii: ":"), let minute = Self.number(bytes[14..<16]), minute < 60,
                bytes[16] == UInt8(ascii: ":"), let second = Self.number(bytes[17..<19]), second < 60,
                bytes[19] == UInt8(ascii: "Z")
            else { return nil }
        }
        self.text = hasTime ? text : text + "T00:00:00Z"
    }

    /// Since 1 January 1970.
    package var seconds: Int {
        let numbers = text.utf8.split { !(0x30...0x39).contains($0) }.compactMap {
            Int(String(decoding: $0, as: UTF8.self))
        }
        guard numbers.count == 6 else { return 0 }
        let day = CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2]).number
        return day * 86400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    }

    package static func < (left: UTCTime, right: UTCTime) -> Bool { left.text < right.text }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
