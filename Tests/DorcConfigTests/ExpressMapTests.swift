import DorcTestSupport
import Testing
@testable import DorcText

/// Items of a Distributed Map that have five minutes each.
@Suite struct ExpressMapTests {
    private func findings(function timeout: String, step: String) -> [Diagnostic] {
        Repository(
            """
            functions: {extract: {timeout: \(timeout)}}
            steps: [{name: extract, for_each: {items: [1]}, mode: express, \(step)}, load]
            """
        ).load().findings.filter { $0.id == .expressMap }
    }

    @Test(
        arguments: [
            // The waits are 10s and 20s, the calls three.
            ("90s", "retry: {attempts: 2, interval: 10s, backoff_rate: 2}", nil),
            ("91s", "retry: {attempts: 2, interval: 10s, backoff_rate: 2}", "a `timeout` of 90s or less"),
            // 10s and twice 15s, the calls four.
            ("65s", "retry: {attempts: 3, interval: 10s, backoff_rate: 2, max_delay: 15s}", nil),
            ("66s", "retry: {attempts: 3, interval: 10s, backoff_rate: 2, max_delay: 15s}", "of 65s or less"),
            // What the step waits for, not what the function may take.
            ("4m", "timeout: 30s, retry: {attempts: 2, interval: 10s, backoff_rate: 2}", nil),
            ("4m", "retry: {attempts: 5, interval: 2m}", "a shorter `interval`"),
            ("1s", "retry: {attempts: 99999, interval: 1s, backoff_rate: 1}", "a shorter `interval`"),
            ("5m", "retry: 0", nil),
        ] as [(String, String, String?)])
    func `tries that do not fit into five minutes are warned of`(function: String, step: String, help: String?) {
        let found = findings(function: function, step: step)
        #expect(found.map(\.severity) == (help == nil ? [] : [.warning]))
        if let help { #expect(found.first?.help?.contains(help) == true, "\(found)") }
    }

    @Test func `one call that is too long is the error alone`() {
        #expect(findings(function: "6m", step: "retry: 2").map(\.severity) == [.error])
    }

    @Test func `a task without a timeout has its waits counted`() {
        func findings(_ interval: String) -> [Diagnostic] {
            Repository(
                """
                steps:
                  - extract
                  - {name: load, function: load}
                  - name: tell
                    task: "arn:aws:states:::sns:publish"
                    arguments: {TopicArn: "arn:aws:sns:eu-west-2:111122223333:t", Message: a}
                    permissions: []
                    for_each: {items: [1]}
                    mode: express
                    retry: {attempts: 2, interval: \(interval), backoff_rate: 1}
                """
            ).load().findings.filter { $0.id == .expressMap }
        }
        #expect(findings("150s").isEmpty)
        #expect(findings("151s").map(\.severity) == [.warning])
    }
}
