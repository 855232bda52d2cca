import DorcTestSupport
import Testing
@testable import DorcModel
@testable import DorcText

@Suite struct NotificationTests {
    private static let told = "notifications: {email: data@example.gov.uk}"

    private func load(_ pipeline: String, dev: String = "", prod: String? = nil) -> (Project?, [Diagnostic]) {
        let environments = "  dev: {\(dev)}\n" + (prod.map { "  prod: {\($0)}\n" } ?? "")
        let file = "project: demo\nregion: eu-west-2\nenvironments:\n\(environments)"
        let (project, findings) = Repository(pipeline + "\nsteps: [extract, load]\n", ["dorc.yaml": file]).load()
        return (project, findings)
    }

    @Test(
        arguments: [
            ("schedule: \"@daily\"", "", true), ("schedule: \"@daily\"", told, false),
            ("schedule: \"@daily\"", "notifications: {}", false),
            ("schedule: \"@daily\"", "notifications: {slack: {workspace: T0123ABCD, channel: C0123ABCD}}", false),
            ("schedule: \"@daily\"", "notifications: {topic: \"arn:aws:sns:eu-west-2:111122223333:alerts\"}", false),
            // Who starts a run by hand looks at it.
            ("description: By hand", "", false),
            ("schedule: \"@daily\"\nenvironments: {dev: {triggers_enabled: false}}", "", false),
            ("schedule: \"@daily\"\n\(told)", "", false),
            ("schedule: \"@daily\"\nnotifications: {email: a@example.gov.uk, on: success}", "", true),
            ("schedule: \"@daily\"\n\(told)\nenvironments: {dev: {notifications: {}}}", "", true),
        ] as [(String, String, Bool)])
    func `an environment in which nobody hears of failed runs is noted`(
        pipeline: String, environment: String, isNoted: Bool
    ) {
        let (_, findings) = load(pipeline, dev: environment)
        #expect(findings.map(\.id) == (isNoted ? [.nobodyTold] : []))
        #expect(findings.allSatisfy { $0.severity == .note && $0.place == "4:3" })
    }

    @Test func `an override takes the place of the pipeline's notifications as a whole`() throws {
        let (project, findings) = load(
            """
            notifications: {email: [a@example.gov.uk, b@example.gov.uk], on: [success, failure]}
            alert_without_success: 26h
            environments:
              prod:
                notifications: {slack: {workspace: T0123ABCD, channel: C0456EFGH}}
                alert_without_success: 2d
            """, prod: "")
        #expect(findings.isEmpty)
        let definitions = try #require(project?.pipelines.first?.environments)
        #expect(definitions.map(\.alertWithoutSuccess?.value) == [Duration(26 * 3600), Duration(2 * 86400)])
        let notices = definitions.compactMap(\.notices)
        #expect(notices.map(\.emails) == [["a@example.gov.uk", "b@example.gov.uk"], []])
        #expect(notices.map(\.kinds) == [[.failure, .success], [.failure]])
        #expect(notices.map(\.slack) == [nil, SlackChannel(workspace: "T0123ABCD", channel: "C0456EFGH")])
    }

    @Test(
        arguments: [
            ("notifications: {email: data@example.gov.uk}", true),
            ("notifications: {email: [b@example.gov.uk, data@example.gov.uk]}", true),
            ("notifications: {email: data@example.gov.uk, on: success}", false),
            ("notifications: {email: b@example.gov.uk}", false),
            ("notifications: {slack: {channel: C0123ABCD}}", true),
            ("notifications: {slack: {channel: C0456EFGH}}", false),
        ])
    func `who is told by the environment too is noted`(pipeline: String, isNoted: Bool) {
        let slack = "slack: {workspace: T0123ABCD, channel: C0123ABCD}"
        let (_, findings) = load(pipeline, dev: "notifications: {email: data@example.gov.uk, \(slack)}")
        #expect(findings.map(\.id) == (isNoted ? [.toldTwice] : []))
    }

    @Test(
        arguments: [
            ("111122223333", "111122223333", [.slackChannelTwice]), ("111122223333", "444455556666", []),
        ] as [(String, String, [DiagnosticID])])
    func `an account has a channel once`(first: String, second: String, ids: [DiagnosticID]) {
        let channel = "notifications: {slack: {workspace: T0123ABCD, channel: C0123ABCD}}"
        let (_, findings) = load(channel, dev: "account: \"\(first)\"", prod: "account: \"\(second)\"")
        #expect(findings.map(\.id) == ids)
        // Several pipelines of one environment share it.
        let file = "project: demo\nregion: eu-west-2\nenvironments: {dev: {account: \"\(first)\", \(channel)}}\n"
        let other = "steps: [load]\n\(channel.replacing("}}", with: "}, on: success}"))\n"
        var repository = Repository("steps: [extract, load]", ["dorc.yaml": file])
        for name in ["a", "b"] {
            repository.files["src/raw/\(name)/pipeline.yaml"] = other
            repository.files["src/raw/\(name)/load/lambda.py"] = Repository.code
        }
        #expect(repository.load().findings.isEmpty)
    }

    @Test(arguments: [
        ("max_active_runs: 1\nwhen_busy: skip", true), ("max_active_runs: 1\nwhen_busy: wait", false),
        ("max_active_runs: 1", false),
        ("max_active_runs: 1\nwhen_busy: skip\nenvironments: {dev: {triggers_enabled: false}}", false),
        ("max_active_runs: 1\nenvironments: {dev: {when_busy: skip}}", true),
    ])
    func `skipped runs that count as successes of an alarm are warned of`(limit: String, isWarned: Bool) {
        let (_, findings) = load("alert_without_success: 26h\n\(limit)", dev: "notifications: {}")
        #expect(findings.map(\.id) == (isWarned ? [.skippedSuccess] : []))
        #expect(findings.allSatisfy { $0.severity == .warning && $0.place == "1:24" })
    }

    @Test func `where triggers are off there is no alarm`() throws {
        let (project, _) = load(
            "alert_without_success: 26h\nenvironments: {dev: {triggers_enabled: false}}", prod: "")
        let definitions = try #require(project?.pipelines.first?.environments)
        #expect(definitions.map(\.alertWithoutSuccess?.value) == [nil, Duration(26 * 3600)])
    }

    @Test(
        arguments: [
            ("schedule: \"0 6 * * *\"", "24h", "1d"), ("schedule: \"0 6 * * *\"", "25h", nil),
            ("schedule: \"0 6 * * 1-5\"", "3d", "3d"), ("schedule: \"0 6 * * 1-5\"", "73h", nil),
            ("schedule: every 2h", "90m", "2h"), ("schedule: every 2h", "3h", nil),
            ("schedule: \"*/5 8-18 * * 1-5\"", "26h", "62h"), ("schedule: \"@monthly\"", "7d", "31d"),
            ("schedule: \"*/5 8-18 * * 1-5\"", "62h", nil),
            // Both together leave no more than a day.
            (
                "triggers: [{name: days, schedule: \"0 6 * * 1-5\"}, {name: ends, schedule: \"0 6 * * 0,6\"}]", "25h",
                nil
            ),
            // Nobody knows when these start a run.
            (
                "triggers: [{name: days, schedule: \"0 6 * * 1-5\"}, {name: ready, event: {source: [my.app]}}]", "10m",
                nil
            ), ("schedule: at(2030-01-01T06:00:00)", "10m", nil), ("description: By hand", "10m", nil),
        ] as [(String, String, String?)])
    func `an alarm that goes off between two starts is warned of`(triggers: String, alert: String, gap: String?) {
        let (_, findings) = load("\(triggers)\nalert_without_success: \(alert)", dev: "notifications: {}")
        #expect(findings.map(\.id) == (gap == nil ? [] : [.alertTooSoon]))
        if let gap { #expect(findings.first?.summary.contains("for up to \(gap), ") == true) }
    }

    @Test func `what another pipeline runs as a step may start at any time`() {
        let file = "project: demo\nregion: eu-west-2\nenvironments: {dev: {notifications: {}}}\n"
        let census = "schedule: \"0 6 * * 1-5\"\nalert_without_success: 26h\nsteps: [extract, load]\n"
        var repository = Repository(census, ["dorc.yaml": file])
        #expect(repository.load().findings.map(\.id) == [.alertTooSoon])
        repository.files["src/raw/all/pipeline.yaml"] = "steps: [{name: census, pipeline: raw/census}]\n"
        #expect(repository.load().findings.filter { $0.id == .alertTooSoon }.isEmpty)
    }
}
