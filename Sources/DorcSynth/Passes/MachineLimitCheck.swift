internal import DorcModel
internal import DorcText

/// Limits of Step Functions that a workflow reaches by its size: the events of a run's history, and how deep its states
/// lie inside each other.
struct MachineLimitCheck {
    /// Step Functions guide, "Quotas": a run's history has at most 25,000 events; the run fails with the next one.
    private static let historyLimit = 25_000

    let states: StateList
    /// Whether a run may have to wait for its turn.
    let waits: Bool
    let place: SourceRange

    func run(into diagnostics: inout Diagnostics) {
        let size = Size(of: states)
        if size.depth > Decomposition.depthLimit { diagnostics.report(.tooDeep(at: place)) }
        // No state has more than eight events, but one that runs for each item of a list.
        guard size.hasListOfItems || size.states * 8 > Self.historyLimit / 2 else { return }
        let events = events(of: states) + 2 + (waits ? RunLimit.mostEvents : 0)
        Limit(Self.historyLimit).check(events, &diagnostics) { severity in
            Diagnostic(
                .historyTooLong, severity, at: place,
                "a run without any failure has about \(events) events in its history;"
                    + " Step Functions ends it after \(Self.historyLimit)",
                help:
                    "move a part into a pipeline of its own and run it with a `pipeline:` step, or use a Distributed Map"
            )
        }
    }

    /// What is seen at a glance.
    private struct Size {
        var states = 0
        /// How deep states lie inside each other.
        var depth = 0
        var hasListOfItems = false

        init(of list: StateList) {
            var open = [(list: list, depth: 0)]
            while let (list, own) = open.popLast() {
                states += list.states.count
                depth = max(depth, own)
                for index in list.states.indices {
                    if case .map(let map) = list.states[index].state, case .items(.list) = map.iteration.source {
                        hasListOfItems = true
                    }
                    for inner in list.states[index].state.inner { open.append((inner, own + 1)) }
                }
            }
        }
    }

    /// Of a run in which nothing fails and every condition holds; a list that is not known counts as one item.
    private func events(of list: StateList) -> Int {
        let states = Dictionary(list.states.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var events = 0
        var next: String? = list.start
        while let name = next, let named = states[name] {
            events += Self.ownEvents(of: named.state)
            switch named.state {
            case .parallel(let parallel): events += parallel.branches.reduce(0) { $0 + self.events(of: $1) }
            case .map(let map) where !map.iteration.isDistributed:
                var items = 1
                if case .items(.list(let values)) = map.iteration.source { items = values.count }
                events += items * (self.events(of: map.states) + 2)
            case .task, .map, .choice, .wait, .pass, .succeed, .fail: break
            }
            switch (named.state, named.transition) {
            case (.choice(let choice), _): next = choice.isUsual ? choice.next : choice.otherwise
            case (_, .next(let name)): next = name
            case (_, .end), (_, nil): next = nil
            }
        }
        return events
    }

    /// Entered and exited, and what the state itself does. A Distributed Map tells of its Map Run beside what an inline one
    /// tells (Step Functions API, "HistoryEvent").
    private static func ownEvents(of state: State) -> Int {
        switch state {
        case .task(let task): task.action.historyEvents
        case .map(let map): map.iteration.isDistributed ? 6 : 4
        case .parallel: 4
        case .choice, .wait, .pass, .succeed, .fail: 2
        }
    }
}
