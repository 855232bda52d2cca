import DorcText
import DorcTestSupport
import Testing

@testable import DorcText
@testable import Schedules

/// When a cron expression starts, by crontab(5) and the "Cron-based schedules" of EventBridge Scheduler's guide.
@Suite struct CronRecurrenceTests {
    private func recurrence(_ text: String) throws -> CronRecurrence {
        try #require(try ScheduleExpression.parse(text).recurrence)
    }

    /// The first days from 2028 on.
    @Test(arguments: [
        // Leap days, and months of every length.
        ("cron(0 6 L * ? *)", "31 Jan, 29 Feb, 31 Mar, 30 Apr, 31 May, 30 Jun, 31 Jul, 31 Aug"),
        // The last of April is a Sunday.
        ("cron(0 6 LW * ? *)", "31 Jan, 29 Feb, 31 Mar, 28 Apr, 31 May, 30 Jun, 31 Jul, 31 Aug, 29 Sep"),
        // The 15th is a Saturday in January, April and July, and a Sunday in October.
        ("cron(0 6 15W * ? *)", "14 Jan, 15 Feb, 15 Mar, 14 Apr, 15 May, 15 Jun, 14 Jul, 15 Aug, 15 Sep, 16 Oct"),
        // The 1st is a Saturday in January, April and July: the workday before would be in another month.
        ("cron(0 6 1W * ? *)", "3 Jan, 1 Feb, 1 Mar, 3 Apr, 1 May, 1 Jun, 3 Jul, 1 Aug, 1 Sep, 2 Oct"),
        // The 31st of December is a Sunday; other months have none.
        ("cron(0 6 31W * ? *)", "31 Jan, 31 Mar, 31 May, 31 Jul, 31 Aug, 31 Oct, 29 Dec"),
        ("cron(0 6 ? * 6L *)", "28 Jan, 25 Feb, 31 Mar, 28 Apr, 26 May, 30 Jun, 28 Jul, 25 Aug, 29 Sep"),
        ("cron(0 6 ? * L *)", "1 Jan, 8 Jan, 15 Jan, 22 Jan, 29 Jan, 5 Feb"),
        ("cron(0 6 ? * 6#3 *)", "21 Jan, 18 Feb, 17 Mar, 21 Apr, 19 May, 16 Jun, 21 Jul, 18 Aug, 15 Sep"),
        ("cron(0 6 ? * 6#5 *)", "31 Mar, 30 Jun, 29 Sep, 29 Dec"),
        ("cron(0 6 ? 2,3 TUE#5 *)", "29 Feb"),
        ("0 6 1 * 1", "1 Jan, 3 Jan, 10 Jan, 17 Jan, 24 Jan, 31 Jan, 1 Feb, 7 Feb"),
    ])
    func `the days of a cron expression are those of its calendar`(text: String, expected: String) throws {
        let recurrence = try recurrence(text)
        let days = expected.split(separator: ", ").map(String.init)
        var found: [String] = []
        var from = CalendarDay(year: 2028, month: 1, day: 1).number
        let end = CalendarDay(year: 2028, month: 12, day: 31).number
        while found.count < days.count, let day = recurrence.firstDay(in: from...end) {
            let words = day.words.split(separator: " ")
            found.append("\(words[0]) \(words[1].prefix(3))")
            from = day.number + 1
        }
        #expect(found == days)
    }

    /// The last day of a month, at 06:00: 31 January and 29 February 2028.
    @Test func `the start before a minute and the one from it on are found`() throws {
        let recurrence = try recurrence("cron(0 6 L * ? *)")
        let january = CalendarDay(year: 2028, month: 1, day: 31).number * 1440 + 360
        let february = CalendarDay(year: 2028, month: 2, day: 29).number * 1440 + 360
        #expect(recurrence.start(before: february, days: 40) == january)
        #expect(recurrence.start(before: february + 1, days: 40) == february)
        #expect(recurrence.start(before: february, days: 28) == nil)
        #expect(recurrence.start(from: january, days: 40) == january)
        #expect(recurrence.start(from: january + 1, days: 40) == february)
        #expect(recurrence.start(from: january + 1, days: 28) == nil)
        #expect(recurrence.starts(from: january, before: january + 1, slack: 0))
        #expect(!recurrence.starts(from: january + 1, before: february, slack: 0))
        #expect(recurrence.starts(from: january + 1, before: february, slack: 1))
    }

    @Test(arguments: [
        ("cron(0 6 L * ? *)", "28d"), ("cron(0 6 LW * ? *)", "28d"), ("cron(0 6 15W * ? *)", "28d"),
        ("cron(0 6 ? * 6L *)", "28d"), ("cron(0 6 ? * 6#3 *)", "28d"),
        ("cron(0 6 31W * ? *)", "29d"), ("cron(0 6 ? * 6#5 *)", "63d"), ("cron(0 6 ? * L *)", "7d"),
        ("cron(0 6 L 1,2 ? *)", "28d"), ("cron(0 6 L 7,8 ? *)", "31d"), ("cron(0 6 1W 3,4 ? *)", "29d"),
        ("cron(0 6 LW 4,5 ? *)", "30d"), ("cron(0 6 15W 9,10 ? *)", "29d"), ("cron(0 6,20 L * ? *)", "14h"),
        ("cron(0/20 6 LW * ? *)", "20m"), ("cron(0 6 L 2 ? *)", "365d"), ("0 6 * * 1-5", "1d"), ("0 6 1,15 * *", "14d"),
        ("0 6,20 * * *", "10h"),
        ("rate(3 hours)", "3h"), ("every 90m", "90m"),
    ])
    func `the shortest interval between two starts is found where it is below a bound`(
        text: String, interval: String
    ) throws {
        let schedule = try ScheduleExpression.parse(text)
        let interval = try #require(Duration(interval))
        #expect(schedule.shortestInterval(below: Duration(interval.seconds + 1))?.seconds == interval.seconds)
        #expect(schedule.shortestInterval(below: interval) == nil)
    }

    @Test(arguments: ["at(2028-02-29T06:30:00)", "cron(0 6 L 2 ? 2029)"])
    func `what starts once has no interval`(text: String) throws {
        #expect(try ScheduleExpression.parse(text).shortestInterval(below: Duration(.max)) == nil)
    }
}
