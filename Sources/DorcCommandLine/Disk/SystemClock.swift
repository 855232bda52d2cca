import DorcConfig
import Glibc
import Schedules

/// Today's date and the machine's time zone data, for `check` alone: what is written never depends on them.
enum SystemClock {
    /// `DORC_TODAY` sets another date, for tests: `2031-03-21`, or `2031-03-21T06:00:00Z`.
    static var calendarCheck: ScheduleCalendarCheck {
        let given = getenv("DORC_TODAY").flatMap { UTCTime(String(cString: $0)) }
        return ScheduleCalendarCheck(now: given?.seconds ?? Int(time(nil)), zones: zone)
    }

    /// Where systems keep the tz database.
    private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]

    /// The largest file of the database has about 4 kB.
    private static let longestFile = 1 << 16

    /// Nil where there is no file that can be read. Links are followed: many zones are links.
    private static func zone(_ name: String) -> ZoneRules? {
        guard TimeZones.isKnown(name) else { return nil }
        for folder in folders {
            guard let handle = fopen("\(folder)/\(name)", "re") else { continue }
            defer { fclose(handle) }
            var bytes = [UInt8](repeating: 0, count: longestFile)
            let count = fread(&bytes, 1, bytes.count, handle)
            if let rules = ZoneRules(file: Array(bytes[..<count])) { return rules }
        }
        return nil
    }
}
