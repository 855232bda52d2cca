import DorcConfig
import Schedules

/// Today's date and the machine's time zone data, for the commands that look at the calendar: what is written never depends on them.
enum SystemClock {
    /// Seconds since 1 January 1970, UTC. `DORC_TODAY` sets another date, for tests: `2031-03-21`, or `2031-03-21T06:00:00Z`.
    static var now: Int {
        Surroundings.variable("DORC_TODAY").flatMap { UTCTime($0) }?.seconds ?? Surroundings.seconds
    }

    static var calendarCheck: ScheduleCalendarCheck { ScheduleCalendarCheck(now: now, zones: zone) }

    /// Where systems keep the tz database, if `TZDIR` does not name another folder.
    private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]

    /// The largest file of the database has about 4 kB.
    private static let (usualSize, longestFile) = (1 << 12, 1 << 16)

    /// Nil for a name that AWS does not take.
    ///
    /// The system's file wins over what is built in: laws change more often than this program is updated, and its answer agrees with
    /// that of `date` and Python beside it. What is built in is for machines without such files, or with broken ones. A `TZDIR` that is
    /// not a folder leaves only that: the same answer on every machine with the same program.
    static func zone(_ name: String) -> ZoneRules? {
        guard TimeZones.isKnown(name) else { return nil }
        let given = Surroundings.variable("TZDIR").flatMap { $0.isEmpty ? nil : $0 }
        for folder in given.map({ [$0] }) ?? folders {
            // Links are followed, since many zones are links; a pipe is not waited for.
            guard let file = try? OpenFile("\(folder)/\(name)", [.reading, .withoutWaiting]),
                let bytes = try? file.bytes(size: usualSize, limit: longestFile), let rules = ZoneRules(file: bytes)
            else { continue }
            return rules
        }
        return TimeZones.builtIn(name)
    }
}

/// The rules of zones, each looked up once.
struct ZoneCache {
    private var rules: [String: ZoneRules] = [:]
    private let lookUp: (String) -> ZoneRules?

    init(_ lookUp: @escaping (String) -> ZoneRules? = SystemClock.zone) { self.lookUp = lookUp }

    subscript(name: String) -> ZoneRules? {
        mutating get {
            if let known = rules[name] { return known }
            let found = lookUp(name)
            rules[name] = found
            return found
        }
    }
}
