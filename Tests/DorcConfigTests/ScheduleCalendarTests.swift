import DorcConfig
import DorcTestSupport
import DorcText
import Schedules
import Testing

@Suite struct ScheduleCalendarTests {
    /// 26 November 2026, midnight UTC.
    private let today = 1_795_651_200
    private let zones: [String: String] = [
        "Europe/London": "GMT0BST,M3.5.0/1,M10.5.0", "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
        "Asia/Tokyo": "JST-9", "Pacific/Auckland": "NZST-12NZDT,M9.5.0,M4.1.0/3",
    ]

    private func findings(_ trigger: String) -> [Diagnostic] {
        let repository = Repository("steps: [extract]\ntriggers:\n  - {name: t, \(trigger)}\n", functions: ["extract"])
        var diagnostics = Diagnostics()
        let zones = zones
        if let project = repository.load(into: &diagnostics) {
            ScheduleCalendarCheck(now: today, zones: { zones[$0].flatMap { ZoneRules(rule: $0) } })
                .run(project, into: &diagnostics)
        }
        return diagnostics.sorted
    }

    @Test(arguments: [
        ("schedule: \"30 1 * * *\", timezone: Europe/London", "28 March 2027 and on 26 March 2028"),
        ("schedule: \"30 2 * * 0\", timezone: America/New_York", "14 March 2027 and on 12 March 2028"),
        ("schedule: \"0 1,13 * * *\", timezone: Europe/London", "28 March 2027"),
        ("schedule: \"30 2 * * *\", timezone: Pacific/Auckland", "26 September 2027 and on 24 September 2028"),
        ("schedule: every 1d, timezone: Europe/London", "28 March 2027"),
        ("schedule: every 48h, timezone: Europe/London", "28 March 2027"),
        ("schedule: every 1440m, timezone: Europe/London", "28 March 2027"),
        ("schedule: \"at(2027-03-28T01:30:00)\", timezone: Europe/London", "01:00 to 02:00"),
    ])
    func `daylight saving time is warned of with its days`(_ trigger: String, _ words: String) {
        let found = findings(trigger)
        #expect(found.map(\.id) == [.summerTime])
        #expect(found.first?.summary.contains(words) == true, "\(found)")
        #expect(found.first?.severity == .warning)
    }

    @Test(arguments: [
        "schedule: \"30 2 * * *\", timezone: Europe/London", "schedule: \"30 * * * *\", timezone: Europe/London",
        "schedule: \"*/15 * * * *\", timezone: Europe/London", "schedule: \"0 0-6 * * *\", timezone: Europe/London",
        "schedule: \"30 1 * * 1-5\", timezone: Europe/London", "schedule: every 1d, timezone: Asia/Tokyo",
        "schedule: every 1d", "schedule: every 2h, timezone: Europe/London", "schedule: \"30 1 * * *\"",
        "schedule: \"at(2027-03-28T02:00:00)\", timezone: Europe/London",
        "schedule: \"0 6 * * *\", start_date: 2026-11-26",
        "schedule: \"cron(0 6 * * ? 2025-2026)\"",
    ])
    func `what daylight saving time does not touch is let through`(_ trigger: String) {
        #expect(findings(trigger).map(\.summary) == [])
    }

    @Test(arguments: [
        "schedule: \"0 6 * * *\", start_date: 2026-11-25", "schedule: \"0 6 * * *\", end_date: 2026-11-26",
        "schedule: \"at(2026-11-25T23:59:59)\"", "schedule: \"cron(0 6 1 11 ? 2025-2026)\"",
        "schedule: \"at(2026-11-26T08:00:00)\", timezone: Asia/Tokyo",
    ])
    func `what has passed is warned of`(_ trigger: String) {
        #expect(findings(trigger).map(\.id) == [.pastSchedule])
    }

    @Test(arguments: [
        ("cron(0 6 29 2 ? ⟦2031⟧)", "2032"), ("cron(0 6 ? 2 MON#5 ⟦2031⟧)", "2044"),
        ("cron(0 6 29 2 ? ⟦2097-2103⟧)", "2104"),
    ])
    func `years without a matching day are refused at their field`(_ written: String, _ next: String) {
        let marked = Marked(written)
        let problem = #expect(throws: ScheduleProblem.self) { _ = try ScheduleExpression.parse(marked.text) }
        #expect(problem?.offset == marked.offset)
        #expect(problem?.help?.contains(next) == true)
    }

    @Test(arguments: [
        ("schedule: \"0 6 1 1 *\", start_date: 2031-02-01, end_date: 2031-12-01", "1 January 2032"),
        ("schedule: \"cron(0 6 1 1 ? 2031)\", start_date: 2031-02-01", "1 January 2031"),
        (
            "schedule: \"0 6 * * *\", start_date: 2031-02-01T07:00:00Z, end_date: 2031-02-02T06:00:00Z",
            "2 February 2031"
        ),
    ])
    func `a window without a start is refused`(_ trigger: String, _ day: String) {
        let found = findings(trigger)
        #expect(found.map(\.id) == [.invalidSchedule])
        #expect(found.first?.help?.contains(day) == true, "\(found)")
    }

    @Test(arguments: [
        "schedule: \"0 6 1 1 *\", start_date: 2031-01-01, end_date: 2031-01-02",
        "schedule: \"0 6 * * *\", start_date: 2031-02-01T06:00:00Z, end_date: 2031-02-01T06:01:00Z",
        "schedule: \"0 6 * * *\", timezone: Asia/Tokyo, start_date: 2031-01-31T21:00:00Z, end_date: 2031-01-31T21:01:00Z",
    ])
    func `a window with a start is let through`(_ trigger: String) {
        #expect(findings(trigger).map(\.summary) == [])
    }

    @Test(arguments: [
        ("BST", "Europe/London"), ("PST", "America/Los_Angeles"), ("Z", "UTC"), ("UTC+0", "UTC"), ("GMT+00:00", "UTC"),
        ("+00:00", "UTC"), ("CST", nil), ("IST", nil), ("UTC+1", "Etc/GMT-1"), ("-05:00", "Etc/GMT+5"),
        ("UTC+05:30", nil), ("london", "Europe/London"), ("Europe/Lodnon", "Europe/London"), ("XQZ", nil),
        ("Pacific Standard Time", "America/Los_Angeles"), ("utc", "UTC"),
    ])
    func `a zone is suggested by what it means`(_ written: String, _ zone: String?) {
        let found = findings("schedule: \"@daily\", timezone: \"\(written)\"")
        #expect(found.map(\.id) == [.unknownTimezone])
        #expect(found.first?.replacement == zone)
    }

    @Test(arguments: [
        ("0 6 31 * *", "skipped-months", "cron(0 6 L * ? *)"), ("0 6 30 * *", "skipped-months", "cron(0 6 L * ? *)"),
        ("cron(0 6 29 * ? *)", "skipped-months", "cron(0 6 L * ? *)"),
        ("0 8 1-7 * 1", "either-day", "cron(0 8 ? * MON#1 *)"),
        ("0 8 15-21 * FRI", "either-day", "cron(0 8 ? * FRI#3 *)"),
        ("0 8 25-31 * 5", "either-day", "cron(0 8 ? * 6L *)"),
    ])
    func `for a schedule that was hardly meant another is offered`(_ schedule: String, _ id: String, _ offer: String) {
        let found = findings("schedule: \"\(schedule)\"")
        #expect(found.map(\.id.rawValue) == [id])
        #expect(found.first?.help?.contains(offer) == true)
    }

    @Test(arguments: ["0 6 31 1,3,5 *", "0 6 28 * *", "0 6 31 12 *", "0 6 1 * *"])
    func `days that every chosen month has are let through`(_ schedule: String) {
        #expect(findings("schedule: \"\(schedule)\"").map(\.summary) == [])
    }
}
