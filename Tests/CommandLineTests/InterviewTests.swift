import Testing
@testable import DorcCommandLine

@Suite struct InterviewTests {
    @Test func `without a terminal defaults are taken, and all that is missing is named`() {
        var interview = Interview(at: terminal([], isInteractive: false).0)
        #expect(interview.answer(.environment, given: nil) == "dev")
        _ = interview.answer(.project, given: nil)
        _ = interview.answer(.region, given: nil)
        let error = #expect(throws: InterviewError.self) { try interview.finish() }
        #expect(error?.reasons.count == 1)
        #expect(error?.description.contains("NAME (") == true && error?.description.contains("--region (") == true)
    }

    @Test func `on a terminal a bad answer is asked for again`() throws {
        let (terminal, shown) = terminal(["Bad Name", "", " census-demo ", ""])
        var interview = Interview(at: terminal)
        #expect(interview.answer(.project, given: nil) == "census-demo")
        #expect(interview.answer(.environment, given: nil) == "dev")
        try interview.finish()
        #expect(shown().filter { $0 == "Name of the project: " }.count == 3)
        #expect(shown().last == "First environment [dev]: ")
    }

    @Test func `the end of input ends the questions`() {
        let (terminal, shown) = terminal([])
        var interview = Interview(at: terminal)
        _ = interview.answer(.project, given: nil)
        _ = interview.answer(.region, given: nil)
        #expect(throws: InterviewError.self) { try interview.finish() }
        #expect(shown() == ["Name of the project: ", "\n"])
    }

    @Test func `a wrong option is not asked for but reported`() {
        let (terminal, shown) = terminal(["census-demo"])
        var interview = Interview(at: terminal)
        _ = interview.answer(.region, given: "Mars")
        _ = interview.answer(.environment, given: nil)
        let error = #expect(throws: InterviewError.self) { try interview.finish() }
        #expect(error?.reasons == ["--region must be an AWS region, as in eu-west-2: `Mars` is not"])
        #expect(shown() == [])
    }

    private func terminal(_ answers: [String], isInteractive: Bool = true) -> (Terminal, shown: () -> [String]) {
        var answers = answers[...]
        var shown: [String] = []
        let terminal = Terminal(
            isInteractive: isInteractive, readLine: { answers.popFirst() }, show: { shown.append($0) })
        return (terminal, { shown })
    }
}
