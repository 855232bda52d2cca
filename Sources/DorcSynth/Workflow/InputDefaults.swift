internal import DorcModel
internal import DorcText

/// The states before the workflow that give the run's input the defaults that it lacks, and keep it in a variable: the context
/// object has the input as it came.
///
/// With expressions among them there is a state whose output the defaults are, each in a field of its own: where one fails, AWS says
/// that it is `Output/since` of the state `parameters`, and shows the user's expression and nothing of dorc's.
struct InputDefaults {
    let start: String
    /// The first state of the workflow.
    var next = ""
    private let defaults: [StateValue.Member]
    private let given: String
    private let kept: String

    init(_ defaults: [StateValue.Member], _ names: inout StateNames) {
        self.defaults = defaults
        given = names.make("parameters")
        kept = names.make("parameters", "kept")
        start = StateValue.object(defaults).hasExpressions ? names.make("parameters", "when") : given
    }

    var states: [NamedState] {
        start == given ? literals : expressions
    }

    private var literals: [NamedState] {
        [
            NamedState(name: given, state: .pass(.text(value)), transition: .next(kept)),
            NamedState(name: kept, state: .pass(nil), assignments: [Self.keep(Self.input)], transition: .next(next)),
        ]
    }

    /// An input that is no object has no keys to lack.
    private var value: Text {
        .literal("{% $type($states.input) = 'object' ? $merge([")
            + StateValue.object(defaults).asJSONata + .literal(", $states.input]) : $states.input %}")
    }

    private var expressions: [NamedState] {
        let merged = StateValue.expression("$merge([$states.input, $\(Workflow.inputVariable)])")
        let isObject = ChoiceState(
            condition: .literal("{% $type($states.input) = 'object' %}"), next: given, otherwise: next)
        return [
            NamedState(name: start, state: .choice(isObject), assignments: [Self.keep(Self.input)]),
            NamedState(
                name: given, state: .pass(.object(defaults)), assignments: [Self.keep(Self.input)],
                transition: .next(kept)),
            NamedState(name: kept, state: .pass(merged), assignments: [Self.keep(merged)], transition: .next(next)),
        ]
    }

    private static let input = StateValue.expression("$states.input")

    private static func keep(_ value: StateValue) -> NamedState.Assignment {
        .init(variable: Workflow.inputVariable, value: value)
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
