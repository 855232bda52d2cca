import Schedules
import Testing

@Suite struct NextRunsTests {
    private static let rules = [
        "UTC": "UTC0", "Europe/London": "GMT0BST,M3.5.0/1,M10.5.0",
        "Australia/Lord_Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "Asia/Kathmandu": "<+0545>-5:45", "Pacific/Kiritimati": "<+14>-14", "Etc/GMT+12": "<-12>12",
    ]

    private func runs(
        _ schedule: String, in zone: String = "UTC", from: String, to: String, start: String? = nil, end: String? = nil
    ) throws -> [String] {
        let rules = try #require(Self.rules[zone].flatMap { ZoneRules(rule: $0) })
        let last = try #require(UTCTime(to)).seconds
        let runs = NextRuns(
            of: try ScheduleExpression.parse(schedule), in: rules, from: try #require(UTCTime(from)).seconds,
            start: start.flatMap { UTCTime($0) }, end: end.flatMap { UTCTime($0) })
        return runs.prefix { $0.time < last }.map { "\($0.utc.text) \($0.local.timeOfDay)" }
    }

    @Test func `a time that the clocks skip does not start anything`() throws {
        #expect(
            try runs("30 1 * * *", in: "Europe/London", from: "2027-03-27", to: "2027-03-30") == [
                "2027-03-27T01:30:00Z 01:30", "2027-03-29T00:30:00Z 01:30",
            ])
        #expect(
            try runs("*/30 0-2 * * *", in: "Europe/London", from: "2027-03-28", to: "2027-03-29T01:00:00Z").prefix(5)
                == [
                    "2027-03-28T00:00:00Z 00:00", "2027-03-28T00:30:00Z 00:30", "2027-03-28T01:00:00Z 02:00",
                    "2027-03-28T01:30:00Z 02:30", "2027-03-28T23:00:00Z 00:00",
                ])
        // Half an hour is skipped.
        #expect(
            try runs("15 2 * * *", in: "Australia/Lord_Howe", from: "2027-10-01", to: "2027-10-04T00:00:00Z") == [
                "2027-10-01T15:45:00Z 02:15", "2027-10-03T15:15:00Z 02:15",
            ])
    }

    @Test func `a time that comes twice starts once, at the first of the two`() throws {
        let expected = [
            "2027-10-30T23:30:00Z 00:30", "2027-10-31T00:30:00Z 01:30", "2027-10-31T02:30:00Z 02:30",
        ]
        #expect(
            try runs("30 0-2 * * *", in: "Europe/London", from: "2027-10-30T23:00:00Z", to: "2027-10-31T12:00:00Z")
                == expected)
        // From between the two, the second does not start either.
        #expect(
            try runs("30 0-2 * * *", in: "Europe/London", from: "2027-10-31T01:00:00Z", to: "2027-10-31T12:00:00Z")
                == Array(expected.suffix(1)))
        #expect(
            try runs("30 0-2 * * *", in: "Europe/London", from: "2027-10-31T01:29:00Z", to: "2027-10-31T12:00:00Z")
                == Array(expected.suffix(1)))
        #expect(
            try runs("30 0-2 * * *", in: "Europe/London", from: "2027-10-31T00:30:00Z", to: "2027-10-31T12:00:00Z")
                == Array(expected.suffix(2)))
    }

    @Test func `the moment itself is in the answer, and no second before it`() throws {
        #expect(try runs("0 6 * * *", from: "2027-01-01T06:00:00Z", to: "2027-01-02") == ["2027-01-01T06:00:00Z 06:00"])
        #expect(try runs("0 6 * * *", from: "2027-01-01T06:00:01Z", to: "2027-01-02") == [])
        #expect(
            try runs("0 0 * * *", in: "Asia/Kathmandu", from: "2027-01-01", to: "2027-01-02") == [
                "2027-01-01T18:15:00Z 00:00"
            ])
        #expect(
            try runs("0 0 1 1 *", in: "Pacific/Kiritimati", from: "2026-12-31T09:00:00Z", to: "2027-01-02")
                == ["2026-12-31T10:00:00Z 00:00"])
        #expect(
            try runs("0 0 1 1 *", in: "Etc/GMT+12", from: "2027-01-01", to: "2027-01-02") == [
                "2027-01-01T12:00:00Z 00:00"
            ])
    }

    @Test func `a rate is counted from its start date, else from now`() throws {
        #expect(
            try runs(
                "every 36h", in: "Europe/London", from: "2027-03-27", to: "2027-03-31", start: "2027-03-20T06:00:00Z")
                == [
                    "2027-03-27T18:00:00Z 18:00", "2027-03-29T06:00:00Z 07:00", "2027-03-30T18:00:00Z 19:00",
                ])
        #expect(
            try runs("every 2d", from: "2027-01-01T00:00:10Z", to: "2027-01-05") == [
                "2027-01-01T00:00:10Z 00:00:10", "2027-01-03T00:00:10Z 00:00:10",
            ])
        #expect(
            try runs("every 1d", from: "2027-01-01", to: "2027-02-01", start: "2027-01-10", end: "2027-01-12")
                == ["2027-01-10T00:00:00Z 00:00", "2027-01-11T00:00:00Z 00:00"])
        #expect(try runs("every 999999d", from: "2027-01-01", to: "2199-12-31").count == 1)
    }

    @Test func `an at runs once, and not at all where it is over or the clocks skip it`() throws {
        #expect(
            try runs("at(2027-07-01T06:00:05)", in: "Europe/London", from: "2027-01-01", to: "2028-01-01")
                == ["2027-07-01T05:00:05Z 06:00:05"])
        #expect(try runs("at(2027-07-01T06:00:00)", from: "2027-07-01T06:00:01Z", to: "2028-01-01") == [])
        #expect(try runs("at(2027-03-28T01:30:00)", in: "Europe/London", from: "2027-01-01", to: "2028-01-01") == [])
        #expect(
            try runs("at(2027-10-31T01:30:00)", in: "Europe/London", from: "2027-01-01", to: "2028-01-01")
                == ["2027-10-31T00:30:00Z 01:30"])
    }

    @Test func `start and end dates bound a cron expression`() throws {
        #expect(
            try runs(
                "0 6 * * *", from: "2027-01-01", to: "2028-01-01", start: "2027-03-01T06:00:00Z",
                end: "2027-03-03T06:00:00Z")
                == ["2027-03-01T06:00:00Z 06:00", "2027-03-02T06:00:00Z 06:00"])
    }

    @Test func `every sequence ends`() throws {
        #expect(try runs("0 6 29 2 *", from: "2096-03-01", to: "2108-01-01") == ["2104-02-29T06:00:00Z 06:00"])
        #expect(try runs("0 6 31 12 *", from: "2198-01-01", to: "2199-12-31T23:59:59Z").count == 2)
        let utc = try #require(ZoneRules(rule: "UTC0"))
        for schedule in ["cron(0 6 * * ? 2020)", "cron(0 6 31 12 ? 2199)", "0 6 1 1 *", "every 99999d"] {
            let runs = NextRuns(of: try ScheduleExpression.parse(schedule), in: utc, from: 1_800_000_000)
            #expect(Array(runs).count <= 173, "\(schedule)")
        }
        #expect(NextRuns(of: try ScheduleExpression.parse("* * * * *"), in: utc, from: .max).first { _ in true } == nil)
        #expect(
            NextRuns(of: try ScheduleExpression.parse("* * * * *"), in: utc, from: .min).first { _ in true }?.time == 0)
    }

    @Test func `where cron's or takes two schedules, a day of both has two runs`() throws {
        // 1 February 2027 is a Monday.
        #expect(
            try runs("0 6 1 * 1", from: "2027-01-30", to: "2027-02-09") == [
                "2027-02-01T06:00:00Z 06:00", "2027-02-01T06:00:00Z 06:00", "2027-02-08T06:00:00Z 06:00",
            ])
    }
}
