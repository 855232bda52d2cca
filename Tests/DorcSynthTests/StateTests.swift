import DorcText
import CloudFormation
import Testing

@testable import DorcModel
@testable import DorcSynth

@Suite struct StateTests {
    /// Step Functions API, "HistoryEvent".
    @Test(arguments: [
        ("sns:publish", 5), ("states:startExecution.sync:2", 6), ("batch:submitJob.sync", 6),
        ("lambda:invoke.waitForTaskToken", 6),
    ])
    func `what is waited for has an event more`(integration: String, events: Int) {
        #expect(TaskState.Action.integration(integration).historyEvents == events)
    }

    private func retriers(_ retry: Retry?) -> [[String]] {
        let builtIn = [
            Retry(errors: ["A", "B"], interval: Duration(1), attempts: 2, backoffRate: 2, hasJitter: true)
        ]
        return Retry.ofFunction(retry, builtIn: builtIn).map(\.errors)
    }

    private func retry(_ errors: [String], attempts: Int = 3) throws -> Retry {
        let interval = try #require(Duration("1s"))
        return Retry(errors: errors, interval: interval, attempts: attempts, backoffRate: 2)
    }

    @Test func `errors that the user names come first`() throws {
        #expect(retriers(nil) == [["A", "B"]])
        #expect(try retriers(retry(["C"])) == [["C"], ["A", "B"]])
        #expect(try retriers(retry(["B", "C"])) == [["B", "C"], ["A"]])
    }

    @Test func `kinds of errors come last`() throws {
        #expect(try retriers(retry(["States.ALL"])) == [["A", "B"], ["States.ALL"]])
        #expect(try retriers(retry(["States.ALL", "A"])) == [["A"], ["B"], ["States.ALL"]])
        #expect(try retriers(retry(["States.ALL"], attempts: 0)) == [])
    }
}
