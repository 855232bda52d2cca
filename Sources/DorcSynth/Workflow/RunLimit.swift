internal import DorcModel
internal import DorcText

/// The states before the workflow that end a run at once where as many runs as there may be have started before it and
/// still run.
///
/// Of runs that start together the oldest go on, so that not all of them end: a run counts only those that started
/// before it. `ListExecutions` gives the youngest first, and its list has to stay below the 256 KB of a state's result
/// (Step Functions guide, "Quotas"): of 300 runs, at about 500 bytes each, it tells the oldest too, unless 200 runs start
/// in the moment in which one asks. The list is eventually consistent: a run may go on that is one too many.
struct RunLimit {
    let start: String
    /// The first state of the workflow.
    var next = ""
    private let maximum: Int
    private let choice: String
    private let end: String

    static let integration = "aws-sdk:sfn:listExecutions"
    private static let listed = 300
    private static let variable = "runs_before_this_one"

    init(_ maximum: Int, _ names: inout StateNames) {
        self.maximum = maximum
        start = names.make("max_active_runs")
        choice = names.make("max_active_runs", "reached")
        end = names.make("max_active_runs", "skipped")
    }

    var states: [NamedState] {
        let request = StateValue.object([
            .init(name: "StateMachineArn", value: .expression("$states.context.StateMachine.Id")),
            .init(name: "StatusFilter", value: .text(.literal("RUNNING"))),
            .init(name: "MaxResults", value: .number(JSONNumber(Double(Self.listed)))),
        ])
        let list = TaskState(
            action: .integration(Self.integration), event: request, output: .expression("$states.input"),
            timeout: 300, retriers: [.listExecutionsThrottling])
        let skipped = StateValue.object([.init(name: "skipped", value: .text(.literal("max_active_runs")))])
        return [
            NamedState(
                name: start, state: .task(list),
                assignments: [.init(variable: Self.variable, value: .expression(Self.count))],
                transition: .next(choice)),
            NamedState(
                name: choice,
                state: .choice(
                    ChoiceState(
                        condition: .literal("{% $\(Self.variable) >= \(maximum) %}"), next: end, otherwise: next,
                        isUsual: false))),
            NamedState(name: end, state: .pass(skipped), transition: .end),
        ]
    }

    /// Runs that started at the same time have an order by their ARNs.
    private static let count = """
        ( $own := $states.context.Execution.Id; \
        $runs := $states.result.Executions; \
        $since := $toMillis($runs[ExecutionArn = $own].StartDate); \
        $count($runs[ExecutionArn != $own and ($not($exists($since)) or $toMillis(StartDate) < $since \
        or ($toMillis(StartDate) = $since and ExecutionArn < $own))]) )
        """
}
