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

    /// Since 1 January 1970.
    package var seconds: Int { time.seconds }

    package static func < (left: UTCTime, right: UTCTime) -> Bool { left.seconds < right.seconds }
}
