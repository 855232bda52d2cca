internal import DorcModel
internal import DorcText

/// The states before the workflow that give the run's input the defaults that it lacks, and keep it in a variable: the context
/// object has the input as it came.
struct InputDefaults {
    let start: String
    /// The first state of the workflow.
    var next = ""
    private let defaults: [StateValue.Member]
    private let kept: String

    init(_ defaults: [StateValue.Member], _ names: inout StateNames) {
        self.defaults = defaults
        start = names.make("parameters")
        kept = names.make("parameters", "kept")
    }

    var states: [NamedState] {
        [
            NamedState(name: start, state: .pass(.text(value)), transition: .next(kept)),
            NamedState(
                name: kept, state: .pass(nil),
                assignments: [.init(variable: Workflow.inputVariable, value: .expression("$states.input"))],
                transition: .next(next)),
        ]
    }

    /// An input that is no object has no keys to lack.
    private var value: Text {
        .literal("{% $type($states.input) = 'object' ? $merge([")
            + StateValue.object(defaults).asJSONata + .literal(", $states.input]) : $states.input %}")
    }
}

/// What comes before the workflow, or before a machine that the user wrote.
struct Preamble {
    private var limit: RunLimit?
    private var defaults: InputDefaults?

    init(_ pipeline: PipelineInEnvironment, _ names: inout StateNames) {
        limit = pipeline.maxActiveRuns.map { RunLimit($0, pipeline.whenBusy, &names) }
        defaults = pipeline.parameters.isEmpty ? nil : InputDefaults(pipeline.parameters, &names)
    }

    /// What the run's input is where it is not at hand.
    var input: StateValue {
        .expression(defaults == nil ? "$states.context.Execution.Input" : "$\(Workflow.inputVariable)")
    }

    /// `start` is the first state of what follows. Nil where nothing comes before it.
    func states(before start: String) -> StateList? {
        var list = StateList(start: start, states: [])
        if var defaults {
            defaults.next = list.start
            list = StateList(start: defaults.start, states: defaults.states)
        }
        if var limit {
            limit.next = list.start
            list = StateList(start: limit.start, states: limit.states + list.states)
        }
        return list.states.isEmpty ? nil : list
    }
}
