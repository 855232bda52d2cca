import DorcTestSupport
import Testing
@testable import Schedules

@Suite struct ScheduleExpressionTests {
    @Test(
        arguments: [
            ("30 6 * * 1-5", [30], [6], .ofWeek([.monday, .tuesday, .wednesday, .thursday, .friday])),
            ("*/20 9-17/4 * * *", [0, 20, 40], [9, 13, 17], .every),
            ("0 22-2 * * *", [0], [0, 1, 2, 22, 23], .every),
            ("0 22-3/2 * * *", [0], [0, 2, 22], .every),
            ("5/25 0 * * *", [5, 30, 55], [0], .every),
            ("0 0 1,15 * *", [0], [0], .ofMonth([1, 15])),
            ("0 0 * * 7", [0], [0], .ofWeek([.sunday])),
            ("0 0 * * 0,7", [0], [0], .ofWeek([.sunday])),
            ("0 0 * * 5-7", [0], [0], .ofWeek([.sunday, .friday, .saturday])),
            ("0 0 * * fri-Mon", [0], [0], .ofWeek([.sunday, .monday, .friday, .saturday])),
            ("0 0 * * FRI-TUE/2", [0], [0], .ofWeek([.sunday, .tuesday, .friday])),
            ("0 0 * * 7-7", [0], [0], .ofWeek([.sunday])),
            ("0 0 * * 0-7", [0], [0], .every),
            ("0 0 1 * MON", [0], [0], .either(ofMonth: [1], ofWeek: [.monday])),
            ("0 0 1-31 * MON", [0], [0], .every),
            ("0 0 */1 * MON", [0], [0], .ofWeek([.monday])),
            ("0 0 */10 * *", [0], [0], .ofMonth([1, 11, 21, 31])),
            ("  0\t0  *   * *\n", [0], [0], .every),
        ] as [(String, [Int], [Int], UnixCron.Days)])
    func `Unix cron resolves lists, ranges, steps and names`(
        text: String, minutes: [Int], hours: [Int], days: UnixCron.Days
    ) throws {
        let expected = UnixCron(minutes: minutes, hours: hours, days: days, months: Array(1...12))
        #expect(try ScheduleExpression.parse(text) == .unixCron(expected))
    }

    @Test func `months may be named and may wrap around the year`() throws {
        let expected = UnixCron(minutes: [0], hours: [0], days: .ofMonth([1]), months: [1, 2, 7, 11, 12])
        #expect(try ScheduleExpression.parse("0 0 1 nov-FEB,Jul *") == .unixCron(expected))
    }

    @Test(arguments: [
        ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), ("@monthly", "0 0 1 * *"), ("@weekly", "0 0 * * 0"),
        ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@hourly", "0 * * * *"), ("@Daily", "0 0 * * *"),
    ])
    func `a nickname means its five fields`(nickname: String, fields: String) throws {
        #expect(try ScheduleExpression.parse(nickname) == ScheduleExpression.parse(fields))
    }

    @Test(
        arguments: [
            ("every 15m", 15, .minute), ("every 2h", 2, .hour), ("every 1d", 1, .day), ("every  90M ", 90, .minute),
            ("every 24h", 24, .hour), ("rate(1 minute)", 1, .minute), ("rate( 5  hours )", 5, .hour),
            ("rate(7 days)", 7, .day),
            ("every 999999d", 999_999, .day),
        ] as [(String, Int, ScheduleRate.Unit)])
    func `intervals keep the unit in which they are written`(text: String, value: Int, unit: ScheduleRate.Unit) throws {
        #expect(try ScheduleExpression.parse(text) == .rate(ScheduleRate(value: value, unit: unit)))
    }

    @Test(
        arguments: [
            ("cron(0 6 L * ? *)", .lastOfMonth), ("cron(0 6 LW * ? *)", .lastWorkdayOfMonth),
            ("cron(0 6 15W * ? *)", .workdayNearest(15)), ("cron(0 6 ? * L *)", .ofWeek([.saturday])),
            ("cron(0 6 ? * 3L *)", .lastOfWeekday(.tuesday)), ("cron(0 6 ? * FRIL *)", .lastOfWeekday(.friday)),
            ("cron(0 6 ? * 6#3 *)", .occurrence(3, of: .friday)),
            ("cron(0 6 ? * mon#1 *)", .occurrence(1, of: .monday)),
            ("cron(0 6 ? * 1-2,SAT *)", .ofWeek([.sunday, .monday, .saturday])),
            ("cron(0 6 1/10 * ? *)", .ofMonth([1, 11, 21, 31])),
            ("cron(0 6 28-31 FEB ? *)", .ofMonth([28, 29, 30, 31])),
            ("cron(0 6 ? * * *)", .ofWeek(Weekday.allCases)), ("cron(0 6 * * ? *)", .ofMonth(Array(1...31))),
        ] as [(String, EventBridgeCron.Days)])
    func `AWS's cron knows its own day fields`(text: String, days: EventBridgeCron.Days) throws {
        guard case .eventBridgeCron(let cron) = try ScheduleExpression.parse(text) else {
            Issue.record("\(text) is not AWS's cron")
            return
        }
        #expect(cron.days == days)
    }

    @Test func `AWS's cron resolves all fields and keeps them as written, in upper case`() throws {
        let expected = EventBridgeCron(
            minutes: [0, 20, 40], hours: [9, 12, 15], days: .ofWeek([.monday, .tuesday]), months: [1, 6],
            years: [2026, 2027], fields: "*/20 9-17/3 ? JAN,6 MON-TUE 2026-2027")
        #expect(
            try ScheduleExpression.parse("cron( */20 9-17/3   ? jan,6 mon-tue 2026-2027 )")
                == .eventBridgeCron(expected))
    }

    @Test(arguments: ["at(2028-02-29T06:30:00)", " at( 2028-02-29T06:30:00 ) "])
    func `a single run has a date of the calendar`(text: String) throws {
        let expected = try #require(try CalendarTime("2028-02-29T06:30:00".unicodeScalars.map { $0 }))
        #expect(try ScheduleExpression.parse(text) == .at(expected))
    }

    /// Each example is marked where the mistake is; the second text occurs in the summary or the help.
    @Test(arguments: [
        ("⟦61⟧ 6 * * *", "the minute is 0 to 59"), ("⟦60⟧ 6 * * *", "write `0`"), ("0 ⟦24⟧ * * *", "write `0`"),
        ("0,15,⟦75⟧ 6 * * *", "out of range"), ("0 6 ⟦0⟧ * *", "the first day of the month is 1"),
        ("0 6 ⟦32⟧ * *", "1 to 31"),
        ("0 6 * ⟦13⟧ *", "the month is 1 to 12"), ("0 6 * * ⟦8⟧", "0 to 7"), ("0 6 * * MON-⟦9⟧", "0 to 7"),
        ("0 6 * * ⟦MONDAY⟧", "write `MON`"), ("0 6 * * ⟦blue⟧", "a name from SUN to SAT"),
        ("0 6 * ⟦janv⟧ *", "write `JAN`"),
        ("⟦x⟧ 6 * * *", "not a minute"), ("⟦-5⟧ 6 * * *", "not a minute"), ("⟦1-2-3⟧ 6 * * *", "not a minute"),
        ("⟦1,,2⟧ 6 * * *", "empty item"), ("*/⟦60⟧ * * * *", "1 to 59"), ("*/⟦0⟧ * * * *", "remove the `/0`"),
        ("*/⟦x⟧ * * * *", "not a step"), ("⟦*/2/3⟧ * * * *", "more than one step"), ("0 */⟦24⟧ * * *", "1 to 23"),
        ("⟦99999999999999999999999⟧ 6 * * *", "out of range"),
        ("*/⟦99999999999999999999999⟧ 6 * * *", "out of range"),
        ("0 6 ⟦?⟧ * 1", "write `*`"), ("0 6 ⟦L⟧ * *", "cron(0 6 L * ? *)"), ("0 6 * * ⟦5L⟧", "AWS's `cron(...)`"),
        ("0 6 ⟦30⟧ 2 *", "`FEB` has no day 30"), ("0 6 ⟦31⟧ 4,6 *", "cron(0 6 L 4,6 ? *)"),
        ("0 6 ⟦31⟧ 4,6 *", "`APR` and `JUN` have no day 31"),
        ("0 6 ⟦*/2⟧ * 1", "both have to match"), ("0 6 1 * ⟦*/2⟧", "both have to match"),
        ("0 6 ⟦*/2⟧ * */2", "both have to match"),
        ("⟦@reboot⟧", "nothing here is booted"), ("⟦@dayly⟧", "`@daily`"), ("⟦@daily 5⟧", "is written alone"),
        ("⟦⟧", "the schedule is empty"), ("⟦   ⟧", "the schedule is empty"),
        ("⟦daily⟧", "write `@daily`"), ("⟦15m⟧", "write `every 15m`"), ("⟦every15m⟧", "every 15m"),
        ("⟦whenever you like⟧", "write Unix cron such as"), ("⟦every⟧", "needs an interval"),
        ("every ⟦15 minutes⟧", "write `every 15m`"), ("every ⟦hour⟧", "write `every 1h`"),
        ("every ⟦1.5h⟧", "whole number"),
        ("every ⟦15 m⟧", "without a blank"), ("every 30⟦s⟧", "at most once a minute"),
        ("every ⟦0⟧m", "at least 1 minute"),
        ("every ⟦1h30m⟧", "whole number of minutes"), ("every ⟦99999999999999999999⟧d", "too long"),
        ("every ⟦1000000⟧m", "too long"), ("every ⟦-5m⟧", "not an interval"),
        ("⟦0 6 * *⟧", "here are 4"), ("⟦0 0 6 * * 1⟧", "remove the seconds: `0 6 * * 1`"),
        ("⟦30 6 * * 1 *⟧", "remove the year: `30 6 * * 1`"),
        ("⟦0 0 6 * * ?⟧", "write `0 6 * * *`"), ("⟦0 0 6 ? * MON-FRI⟧", "write `0 6 * * MON-FRI`"),
        ("⟦0 0 6 ? * 2-6⟧", "write `0 6 * * MON-FRI`"), ("⟦30 0/15 6 * * ? *⟧", "write `0/15 6 * * *`"),
        ("⟦0 0 6 L * ?⟧", "write `cron(0 6 L * ? *)`"), ("⟦0 0 6 ? * 6#3⟧", "write `cron(0 6 ? * 6#3 *)`"),
        ("⟦0 0 6 1 1 ? 2027⟧", "write `cron(0 6 1 1 ? 2027)`"),
        ("⟦0 6 ? * MON *⟧", "write `cron(0 6 ? * MON *)`"),
        ("⟦0 0 6 * * 1 *⟧", "here are 7"),
        ("cron(⟦0 6 * * *⟧)", "write `cron(0 6 * * ? *)`"),
        ("cron(⟦30 6 * * 1-5⟧)", "write `cron(30 6 ? * MON-FRI *)`"),
        ("cron( ⟦0 6 1 * *⟧ )", "write `cron(0 6 1 * ? *)`"), ("cron(⟦0 6 1 * 1⟧)", "write `0 6 1 * 1` without"),
        ("cron(⟦0 6 ? * MON⟧)", "`cron(0 6 ? * MON *)`"), ("cron(⟦⟧)", "six fields"), ("cron(⟦*⟧)", "here is 1"),
        ("cron(0 6 * * ⟦*⟧ *)", "write `cron(0 6 * * ? *)`"),
        ("cron(0 6 ⟦*⟧ * MON *)", "write `cron(0 6 ? * MON *)`"),
        ("cron(0 6 1 * ⟦MON⟧ *)", "two triggers"), ("cron(0 6 ? * ⟦?⟧ *)", "every day write `cron(0 6 * * ? *)`"),
        ("cron(⟦60⟧ 6 * * ? *)", "0 to 59"), ("cron(⟦?⟧ 6 * * ? *)", "write `*`"),
        ("cron(0 6 ? * ⟦0⟧ *)", "1 for Sunday"),
        ("cron(0 6 ? * ⟦8⟧ *)", "1 to 7"), ("cron(0 6 ? * ⟦FRI-MON⟧ *)", "`FRI-SAT,SUN-MON`"),
        ("cron(0 ⟦22-2⟧ * * ? *)", "`22-23,0-2`"), ("cron(0 6 ? * ⟦sat-SUN⟧ *)", "`sat,SUN`"),
        ("cron(0 ⟦22-2⟧/2 * * ? *)", "list the values"), ("0 6 * * ⟦MON#1⟧", "AWS's `cron(...)`"),
        ("cron(0 6 ? * ⟦*/2⟧ *)", "takes no step"),
        ("cron(0 6 ? * ⟦3#1,6#3⟧ *)", "one trigger for each"), ("cron(0 6 ? * 6#⟦6⟧ *)", "1 to 5"),
        ("cron(0 6 ? * ⟦6#⟧ *)", "1 to 5"), ("cron(0 6 ? * ⟦15W⟧ *)", "MON-FRI"),
        ("cron(0 6 ⟦1,15W⟧ * ? *)", "written alone"),
        ("cron(0 6 ⟦WL⟧ * ? *)", "write `LW`"), ("cron(0 6 ⟦32⟧W * ? *)", "1 to 31"),
        ("cron(0 6 ⟦30W⟧ 2 ? *)", "no day 30"),
        ("cron(0 6 ⟦L-3⟧ * ? *)", "written alone"), ("cron(0 6 ⟦31⟧ FEB ? *)", "no day 31"),
        ("cron(0 6 * * ? ⟦1969⟧)", "1970 to 2199"), ("cron(0 6 * * ? 2026-⟦2200⟧)", "1970 to 2199"),
        ("cron(0 ⟦*⟧,5 * * ? *)", "cannot be in a list"),
        ("cron(0 6 * * ? *⟦⟧", "closing `)`"), ("cron(0 6 * * ? *) ⟦UTC⟧", "`timezone`"),
        ("⟦corn⟧(0 6 * * ? *)", "not a form"),
        ("⟦(⟧0 6 * * ? *)", "not a form"), ("0 6 * * *⟦)⟧", "no `(`"), ("⟦cron 0 6 * * ? *⟧", "needs parentheses"),
        ("⟦rate 5 minutes⟧", "write `rate(5 minutes)`"),
        ("rate(1 ⟦hours⟧)", "write `rate(1 hour)`"), ("rate(5 ⟦minute⟧)", "write `rate(5 minutes)`"),
        ("rate(⟦0⟧ minutes)", "at least 1 minute"), ("rate(⟦-1⟧ minutes)", "whole number"),
        ("rate(⟦1.5⟧ hours)", "whole number"),
        ("rate(⟦5minutes⟧)", "a number and a unit"), ("rate(⟦⟧)", "a number and a unit"),
        ("rate(2 ⟦weeks⟧)", "`rate(14 days)`"), ("rate(30 ⟦seconds⟧)", "rate(1 minute)"),
        ("rate(1 ⟦month⟧)", "cron("),
        ("rate(⟦999999999999999999999⟧ days)", "too long"),
        ("at(2027-02-⟦29⟧T06:00:00)", "1 to 28"), ("at(2100-02-⟦29⟧T06:00:00)", "1 to 28"),
        ("at(2027-⟦13⟧-01T06:00:00)", "1 to 12"), ("at(2027-04-⟦31⟧T06:00:00)", "1 to 30"),
        ("at(2027-01-01T⟦24⟧:00:00)", "0 to 23"), ("at(2027-01-01T06:00:⟦60⟧)", "0 to 59"),
        ("at(⟦1969⟧-01-01T06:00:00)", "1970 to 2199"), ("at(⟦2027-01-01T06:00:00Z⟧)", "`timezone`"),
        ("at(⟦2027-01-01T06:00:00+02:00⟧)", "`timezone`"), ("at(⟦2027-01-01 06:00:00⟧)", "yyyy-mm-ddThh:mm:ss"),
        ("at(⟦2027-01-01⟧)", "yyyy-mm-ddThh:mm:ss"), ("at(⟦⟧)", "yyyy-mm-ddThh:mm:ss"),
        ("0 6 * * 1⟦\u{2013}⟧5", "plain hyphen"), ("0\u{20}6 * * ⟦\u{FF0A}⟧", "plain asterisk"),
        ("0⟦\u{A0}⟧6 * * *", "plain blank"),
        ("⟦é⟧very 15m", "U+00E9"), ("0 6 * * e⟦\u{301}⟧", "U+0301"), ("0 6 * * *⟦\u{0}⟧", "U+0000"),
        ("⟦😀⟧", "U+1F600"),
    ])
    func `a mistake is pointed at and explained`(source: String, explanation: String) throws {
        let marked = Marked(source)
        let problem = try #require(throws: ScheduleProblem.self) { try ScheduleExpression.parse(marked.text) }
        #expect(problem.offset == marked.offset)
        let words = "\(problem.summary) \(problem.help ?? "")"
        #expect(words.contains(explanation), "\(words)")
    }

    @Test func `a form that is offered instead is itself accepted`() throws {
        for text in [
            "cron(30 6 * * 1-5)", "0 0 6 * * 1", "0 6 ? * MON *", "cron(0 22-2 * * ? *)", "cron(0 6 * * * *)",
            "rate(1 hours)",
        ] {
            let problem = #expect(throws: ScheduleProblem.self) { try ScheduleExpression.parse(text) }
            let offered = (problem?.help ?? "").split(separator: "`", omittingEmptySubsequences: false).dropFirst()
                .first
            let form = offered.map(String.init) ?? ""
            let whole = form.hasPrefix("22") ? "cron(0 \(form) * * ? *)" : form
            #expect(throws: Never.self) { try ScheduleExpression.parse(whole) }
        }
    }

    @Test func `a text over AWS's limit is refused, one at the limit is read`() {
        let atLimit = "10" + String(repeating: ",0", count: 123) + " 0 * * *"
        #expect(atLimit.count == ScheduleExpression.longestText)
        #expect(throws: Never.self) { try ScheduleExpression.parse(atLimit) }
        let long = "0 6 * * *" + String(repeating: " ", count: 300)
        let problem = #expect(throws: ScheduleProblem.self) { try ScheduleExpression.parse(long) }
        #expect(problem?.offset == 256..<309)
    }

    @Test func `no text makes the parser trap, and every mistake lies within the text`() {
        let pieces = [
            "0", "7", "59", "99999999999999999999", "*", "?", "-", ",", "/", "#", "L", "W", "MON", "feb", " ", "  ",
            "(", ")", "cron(",
            "rate(", "at(", "every ", "@", "daily", "m", "h", "minutes", "\n", "\u{301}", "é", "T", ":",
            "2027-02-30T25:61:00",
            "\u{0}", "🇬🇧",
        ]
        var random = SeededNumbers(seed: 42)
        for _ in 0..<5000 {
            let start = ["", "cron(", "rate(", "at(", "every ", "0 6 * * "].randomElement(using: &random) ?? ""
            let text = (0..<Int.random(in: 0..<12, using: &random)).reduce(start) { text, _ in
                text + (pieces.randomElement(using: &random) ?? "")
            }
            do throws(ScheduleProblem) {
                _ = try ScheduleExpression.parse(text)
            } catch {
                #expect(error.offset.lowerBound >= 0 && error.offset.upperBound <= text.unicodeScalars.count, "\(text)")
            }
        }
    }
}

@Suite struct TimeZonesTests {
    @Test(arguments: ["Europe/London", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+12"])
    func `names of the database are known`(name: String) {
        #expect(TimeZones.isKnown(name))
        #expect(TimeZones.suggestion(for: name) == nil)
    }

    @Test(arguments: ["", "london", "europe/london", "Factory", "Europe/London ", "Europe", "CEST"])
    func `other names are unknown`(name: String) {
        #expect(!TimeZones.isKnown(name))
    }

    @Test(
        arguments: [
            ("london", "Europe/London"), ("europe/london", "Europe/London"), ("new York", "America/New_York"),
            ("utc", "UTC"),
            ("buenos_aires", "America/Buenos_Aires"), ("Istanbul", "Asia/Istanbul"), ("Nowhere", nil), ("", nil),
            ("Europe", nil),
        ] as [(String, String?)])
    func `what was probably meant is suggested`(name: String, expected: String?) {
        #expect(TimeZones.suggestion(for: name) == expected)
    }
}
