internal import DorcModel
internal import DorcText

/// The workflow in a Parallel state of one branch, whose end, good or bad, leads to the steps of `finally`; after those the run
/// ends as the workflow did.
///
/// `States.ALL` takes all errors but `States.DataLimitExceeded` and `States.Runtime` (Step Functions guide, "Handling errors"). A
/// run that is stopped, or whose time is over, ends at once: no state of it runs any more.
struct FinallyStates {
    /// The workflow's, and those of `finally`.
    var steps = StateList(start: "", states: [])
    var after = StateList(start: "", states: [])
    /// What comes after the last step of `finally`.
    let end: String
    private let input: StateValue
    private let group: String
    private let failure: String
    private let output: String

    private static let variable = "finally_event"
    /// What the first steps get.
    static let event = StateValue.expression("$\(variable)")

    /// `input` is that of the run.
    init(input: StateValue, _ names: inout StateNames) {
        self.input = input
        group = names.make("steps")
        end = names.make("finally", "ended")
        failure = names.make("finally", "error")
        output = names.make("finally", "output")
    }

    var states: StateList {
        let succeeded = event("SUCCEEDED", "output", "$states.result[0]")
        let workflow = NamedState(
            name: group, state: .parallel(ParallelState(branches: [steps], output: succeeded)),
            assignments: [.init(variable: Self.variable, value: succeeded)],
            catchers: [
                .init(
                    errors: ["States.ALL"], next: after.start, variable: Self.variable,
                    output: event("FAILED", "error", "$states.errorOutput"))
            ],
            transition: .next(after.start))
        let error = "$\(Self.variable).error"
        let ends = [
            NamedState(
                name: end,
                state: .choice(
                    ChoiceState(
                        condition: .literal("{% $\(Self.variable).status = 'FAILED' %}"), next: failure,
                        otherwise: output, isUsual: false))),
            NamedState(
                name: failure,
                // As after an error path: either may be missing.
                state: .fail(
                    error: .expression("\(error).Error ? \(error).Error : 'Failed'"),
                    cause: .expression("\(error).Cause ? \(error).Cause : ''"))),
            NamedState(name: output, state: .succeed(.expression("$\(Self.variable).output"))),
        ]
        return StateList(start: group, states: [workflow] + after.states + ends)
    }

    private func event(_ status: String, _ name: String, _ value: String) -> StateValue {
        .object([
            .init(name: "status", value: .text(.literal(status))), .init(name: "input", value: input),
            .init(name: name, value: .expression(value)),
        ])
    }
}
