internal import DorcModel
internal import DorcText

/// The states before the workflow that let a run wait for its turn, or end it at once, where as many runs as there may be have
/// started before it and are not over.
///
/// A run counts the active runs that started before it, those that wait among them: so the oldest goes on first, and of those that
/// start together some do. `ListExecutions` tells the youngest first. A page has to stay below the 256 KB of a state's
/// result (Step Functions guide, "Quotas"): 300 runs of about 500 bytes each. So a run reads on until it has found itself and as many
/// older ones as there may be, or all of them. The list is eventually consistent: a run may go on that is one too many.
///
/// How long it waits before it asks again: 5 seconds for each run that has to end before it, and a twentieth of the time that it has
/// waited, for each page. Of 500 runs that wait, all together ask about 1.4 times a second: `ListExecutions` can be called 2
/// times a second in most regions, and 100 times at once (guide, "Quotas related to API action throttling"). In a year that
/// makes fewer than 300 requests, of the 25,000 events that a history has room for less than an eighth.
struct RunLimit {
    let start: String
    /// The first state of the workflow.
    var next = ""
    private let maximum: Int
    private let whenBusy: WhenBusy
    private let count: String
    private let choice: String
    private let end: String

    static let integration = "aws-sdk:sfn:listExecutions"
    /// Events in the history of a run that waits as long as one can, beside those of its steps.
    static let mostEvents = 3000
    private static let listed = 300
    private static let variable = "turn"

    init(_ maximum: Int, _ whenBusy: WhenBusy, _ names: inout StateNames) {
        self.maximum = maximum
        self.whenBusy = whenBusy
        start = names.make("max_active_runs")
        count = names.make("max_active_runs", "count")
        choice = names.make("max_active_runs", "reached")
        end = names.make("max_active_runs", whenBusy == .wait ? "wait" : "skipped")
    }

    var states: [NamedState] {
        let list = TaskState(
            action: .integration(Self.integration), event: .expression(Self.request),
            output: .expression("$states.input"), timeout: 300, retriers: [.listExecutionsThrottling])
        let turn = "$\(Self.variable)"
        return [
            NamedState(
                name: start, state: .pass(nil),
                assignments: [
                    .init(
                        variable: Self.variable,
                        value: .object([.init(name: "token", value: .text(.literal("")))]))
                ], transition: .next(count)),
            NamedState(
                name: count, state: .task(list),
                assignments: [.init(variable: Self.variable, value: .expression(counting))],
                transition: .next(choice)),
            NamedState(
                name: choice,
                state: .choice(
                    ChoiceState(
                        condition: .literal("{% \(turn).token != '' %}"), next: count,
                        others: [(.literal("{% \(turn).before >= \(maximum) %}"), end)], otherwise: next,
                        isUsual: false))),
            NamedState(name: end, state: whenBusy == .wait ? waiting : skipped, transition: afterEnd),
        ]
    }

    private var afterEnd: NamedState.Transition { whenBusy == .wait ? .next(count) : .end }

    private var waiting: State { .wait(.seconds(.literal("{% $\(Self.variable).wait %}"))) }

    private var skipped: State {
        .pass(.object([.init(name: "skipped", value: .text(.literal("max_active_runs")))]))
    }

    private static let request = """
        $merge([{"StateMachineArn": $states.context.StateMachine.Id, "StatusFilter": "RUNNING", \
        "MaxResults": \(listed)}, $\(variable).token = '' ? {} : {"NextToken": $\(variable).token}])
        """

    /// What is known after a page, `token` being empty where that is enough:
    ///
    ///     since   when this run started, as the list tells it; 0 while it was not in it
    ///     before  how many started before it; all others, where it is not in the list yet
    ///     seen    others in the pages before it was found
    ///     edge    the start of the last one of these, and `tied`, how many of them started then and come before it by their ARNs
    ///     wait    seconds
    private var counting: String {
        """
        ( $own := $states.context.Execution.Id; $runs := $states.result.Executions; \
        $past := $\(Self.variable).token = '' ? {"since": 0, "before": 0, "seen": 0, "edge": 0, "tied": 0, "pages": 0} \
        : $\(Self.variable); \
        $others := $runs[ExecutionArn != $own]; $start := $toMillis($runs[ExecutionArn = $own].StartDate); \
        $since := $exists($start) ? $start : $past.since; \
        $last := $count($runs) > 0 ? $toMillis($runs[-1].StartDate) : $past.edge; \
        $tied := function($time) { $count($others[$toMillis(StartDate) = $time and ExecutionArn < $own]) }; \
        $seen := $past.seen + $count($others); \
        $older := $past.before + ($since = 0 ? 0 : $count($others[$toMillis(StartDate) < $since]) + $tied($since) \
        + ($exists($start) and $past.edge = $since ? $past.tied : 0)); \
        $more := $type($states.result.NextToken) = 'string' and ($since = 0 or $older < \(maximum)); \
        $before := $more or $since > 0 ? $older : $seen; $pages := $past.pages + 1; \
        $waited := ($millis() - $toMillis($states.context.Execution.StartTime)) / 1000; \
        {"token": $more ? $states.result.NextToken : '', "since": $since, "before": $before, "seen": $seen, \
        "edge": $last, "tied": $since > 0 ? 0 : $tied($last) + ($past.edge = $last ? $past.tied : 0), "pages": $pages, \
        "wait": $ceil($max([5, 5 * ($before - \(maximum - 1)), $waited / 20]) * $pages)} )
        """
    }
}
