import DorcTestSupport
import Testing
@testable import DorcText
@testable import Schedules

@Suite struct TriggerTests {
    private func findings(_ source: String) -> [Diagnostic] {
        Repository("steps: [extract, load]\n" + source).load().findings
    }

    @Test(arguments: [
        ("2030-01-01", "2030-01-01T00:00:00Z"), ("2030-01-01T06:00:00Z", "2030-01-01T06:00:00Z"),
        ("2028-02-29", "2028-02-29T00:00:00Z"),
    ])
    func `a time of UTC is a day or a moment`(text: String, expected: String) {
        #expect(UTCTime(text)?.text == expected)
    }

    @Test(arguments: [
        "", "2030", "2030-02-29", "2030-13-01", "2030-1-1", "2030-01-01T24:00:00Z", "2030-01-01T06:00:00",
        "2030-01-01 06:00:00Z", "2030-01-01T06:00:00+01:00", "2030-01-01T06:60:00Z", "1969-01-01", "é030-01-01",
    ])
    func `other text is not a time of UTC`(text: String) { #expect(UTCTime(text) == nil) }

    @Test(arguments: [
        ("*/10 * * * *", "30m", true), ("every 30m", "30m", false), ("every 29m", "30m", true),
        ("0 6 * * *", "23h", false), ("0 6 * * *", "25h", true), ("0 6 * * 1-5", "1d", false),
        ("cron(0/5 * * * ? *)", "6m", true), ("rate(1 hour)", "1h", false), ("at(2030-01-01T00:00:00)", "1h", false),
    ])
    func `a schedule faster than the timeout is warned of`(schedule: String, timeout: String, isFaster: Bool) {
        let source = "timeout: \(timeout)\nmax_active_runs: 1\ntriggers: [{name: t, schedule: \"\(schedule)\"}]"
        #expect(findings(source).map(\.id) == (isFaster ? [.scheduleOverlap] : []))
    }

    @Test func `runs may overlap where several may be active`() {
        #expect(findings("timeout: 1h\nmax_active_runs: 2\nschedule: every 5m") == [])
    }

    @Test(arguments: [
        ("{name: t, schedule: every 1h, start_date: ⟦soon⟧}", "invalid-value"),
        ("{name: t, schedule: every 1h, start_date: 2030-01-02, end_date: ⟦2030-01-01⟧}", "out-of-range"),
        ("{name: t, schedule: every 1h, flexible_window: ⟦90s⟧}", "out-of-range"),
        ("{name: t, schedule: 'at(2030-01-01T00:00:00)', end_date: ⟦2030-01-03⟧}", "misplaced-key"),
        ("{name: t, s3: {bucket: landing}, timezone: ⟦UTC⟧}", "misplaced-key"),
        ("{name: t, schedule: every 1h, on: ⟦any⟧}", "misplaced-key"),
        ("{name: t, after_pipeline: ⟦raw/census⟧}", "pipeline-cycle"),
        ("{name: t, after_pipeline: ⟦raw/other⟧}", "unknown-pipeline"),
        ("{name: ⟦t⟧, schedule: every 1h, s3: {bucket: landing}}", "two-sources"),
        ("{name: ⟦t⟧}", "missing-key"),
        ("{name: t, schedule: every 1h, timezone: ⟦Europe/Lodnon⟧}", "unknown-timezone"),
    ])
    func `a mistake in a trigger is told at its place`(source: String, id: String) throws {
        let marked = Marked("steps: [extract, load]\ntriggers: [\(source)]")
        let findings = Repository(marked.text).load().findings.filter { $0.id != .unreadBucket }
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.id.rawValue == id)
        #expect(finding.place == marked.place)
    }
}
