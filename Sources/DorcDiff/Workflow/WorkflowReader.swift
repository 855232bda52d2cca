internal import DorcText

/// The definition of a state machine -> WorkflowView.
///
///     states  -> graph    each state with what comes after it, branches and handlers too
///             -> edges    between steps, across the states that only help
///             -> exact    a step whose event is made of kept outputs comes after those, whatever runs before it
struct WorkflowReader {
    /// The name of a logical id's function.
    let function: (String) -> String
    private var states: [String: Tree] = [:]
    /// As in the machine.
    private var order: [String] = []
    private var next: [String: [String]] = [:]
    private var handlers: [String: [(errors: String, state: String)]] = [:]
    /// Steps by the variables that keep their outputs.
    private var kept: [String: String] = [:]
    /// Of a Map, the state that runs for each item.
    private var inside: [String: Tree] = [:]

    static func read(_ properties: Tree, function: @escaping (String) -> String) -> WorkflowView? {
        guard let definition = MachineDefinition.of(properties), definition["States"] != nil else { return nil }
        if let join = JoinView.of(definition) { return join }
        var reader = WorkflowReader(function)
        reader.collect(definition, after: [])
        return reader.view(definition)
    }

    private init(_ function: @escaping (String) -> String) {
        self.function = function
    }

    // MARK: The graph of states

    /// `after` is what comes after the last states.
    private mutating func collect(_ machine: Tree, after: [String]) {
        for member in machine["States"]?.members ?? [] {
            let (name, state) = (member.name, member.value)
            // Names are unique in the whole machine.
            guard states[name] == nil else { continue }
            states[name] = state
            order.append(name)
            var following = state["Next"]?.text.map { [$0] } ?? []
            if state["End"]?.scalar == "true" || state["Type"]?.text == "Succeed" { following = after }
            let targets = choices(name, state)
            handlers[name] = (state["Catch"]?.items ?? []).compactMap { catcher in
                catcher["Next"]?.text.map { next in
                    ((catcher["ErrorEquals"]?.items ?? []).map(\.shown).joined(separator: ", "), next)
                }
            }
            let branches = state["Branches"]?.items ?? []
            if branches.isEmpty {
                next[name] = following + targets
            } else {
                next[name] = branches.compactMap { $0["StartAt"]?.text }
                for branch in branches { collect(branch, after: following) }
            }
            keep(name, state, branches)
            let processor = state["ItemProcessor"] ?? state["Iterator"]
            if let processor, let inner = processor["States"]?.members {
                if inner.allSatisfy({ StateRole.isItem($0.name) }) {
                    inside[name] = inner.last?.value
                } else {
                    next[name, default: []] += processor["StartAt"]?.text.map { [$0] } ?? []
                    collect(processor, after: [])
                }
            }
        }
    }

    private func choices(_ name: String, _ state: Tree) -> [String] {
        guard state["Type"]?.text == "Choice" else { return [] }
        let branches = (state["Choices"]?.items ?? []).compactMap { $0["Next"]?.text }
        let otherwise = state["Default"]?.text.map { [$0] } ?? []
        switch StateRole(name, state) {
        // Past the step it goes where the step itself goes.
        case .condition: return branches
        case .runLimitCondition: return otherwise
        default: return branches + otherwise
        }
    }

    private mutating func keep(_ name: String, _ state: Tree, _ branches: [Tree]) {
        for variable in state["Assign"]?.members ?? [] {
            let step: String?
            switch StateRole(name, state) {
            case .kept(let own): step = own
            case .workflow: step = nil
            case .group: step = source(of: variable.value, branches)
            default: step = StateRole.step(name)
            }
            if let step { kept[variable.name] = step }
        }
    }

    /// The step whose output is `$states.result[1]`, or `$lookup($states.result[1], "england")`.
    private func source(of value: Tree, _ branches: [Tree]) -> String? {
        guard let text = value.text, let mark = text.range(of: "$states.result[") else { return nil }
        if text.hasPrefix("{% $lookup("), let quote = text.range(of: ", \""), text.hasSuffix("\") %}") {
            return String(text[quote.upperBound...].dropLast(5))
        }
        let digits = text[mark.upperBound...].prefix { $0.isNumber }
        guard let index = Int(digits), branches.indices.contains(index) else { return nil }
        let ends = (branches[index]["States"]?.members ?? []).filter { $0.value["End"]?.scalar == "true" }
        guard ends.count == 1, let end = ends.first else { return nil }
        switch StateRole(end.name, end.value) {
        case .step(let step), .kept(let step): return step
        default: return nil
        }
    }

    // MARK: Steps and edges

    private func view(_ definition: Tree) -> WorkflowView {
        let roles = Dictionary(
            order.map { ($0, StateRole($0, states[$0] ?? .null)) }, uniquingKeysWith: { first, _ in first })
        let failing = Set(roles.values.compactMap { if case .failure(let step) = $0 { step } else { nil } })
        var conditions: [String: String] = [:]
        var events: [String: Tree] = [:]
        var limit: String?
        var parameters: String?
        for (name, role) in roles {
            guard let state = states[name] else { continue }
            switch role {
            case .condition(let step): conditions[step] = state["Choices"]?.items.first?["Condition"]?.shown
            case .event(let step): events[step] = state["Output"]
            case .parameters: parameters = StateRole.defaults(state)
            case .runLimitCondition: limit = state["Choices"]?.items.last?["Condition"]?.shown
            default: break
            }
        }
        let hasFinally = roles.values.contains(.workflow)
        let outermost = Set(hasFinally ? definition["States"]?.members.map(\.name) ?? [] : [])
        var view = WorkflowView(
            settings: MachineDefinition.settings(
                definition, runLimit: limit, waits: states.contains { StateRole.isTurn($0.key, $0.value) },
                parameters: parameters))
        var sources: [String: [String]] = [:]
        var known: Set<String> = []
        for name in order {
            guard let state = states[name], case .step(let step)? = roles[name], known.insert(step).inserted else {
                continue
            }
            let own = StepSettings(name, state, inner: inside[name], function: function)
            if let event = events[step] ?? own.event { sources[step] = self.sources(of: event) }
            var settings = own.settings(isComposed: sources[step] != nil)
            if let condition = conditions[step] { settings.insert(WorkflowView.Setting("when", condition), at: 0) }
            if outermost.contains(name) { settings.insert(WorkflowView.Setting("in", "finally"), at: 0) }
            if failing.contains(step) { settings.append(WorkflowView.Setting("then", "fail")) }
            view.steps.append(WorkflowView.Step(name: step, action: own.action, settings: settings))
        }
        view.edges = edges(roles, sources)
        return view
    }

    /// The steps that an event is made of, none for the run's input; nil for any other value.
    private func sources(of event: Tree) -> [String]? {
        if ["{% $states.context.Execution.Input %}", "{% $run_input %}", "{% $finally_event %}"].contains(event.text) {
            return []
        }
        let values = event.members.isEmpty ? [event] : event.members.map(\.value)
        let steps = values.map { VariableUse($0).flatMap { kept[$0.name] } }
        let known = steps.compactMap { $0 }
        return known.count == steps.count ? known : nil
    }

    private func edges(_ roles: [String: StateRole], _ sources: [String: [String]]) -> [WorkflowView.Edge] {
        var edges: [WorkflowView.Edge] = []
        var known: Set<WorkflowView.Edge> = []
        func add(_ from: String, _ to: String, _ errors: String?) {
            let edge = WorkflowView.Edge(from: from, to: to, errors: errors)
            if known.insert(edge).inserted { edges.append(edge) }
        }
        for name in order {
            guard case .step(let step)? = roles[name] else { continue }
            for target in steps(from: next[name] ?? [], roles) where sources[target] == nil { add(step, target, nil) }
            for handler in handlers[name] ?? [] {
                for target in steps(from: [handler.state], roles) { add(step, target, handler.errors) }
            }
        }
        for name in order {
            guard case .step(let step)? = roles[name], let before = sources[step] else { continue }
            for source in before { add(source, step, nil) }
        }
        return edges
    }

    /// The next steps, across states that only help.
    private func steps(from start: [String], _ roles: [String: StateRole]) -> [String] {
        var open = start
        var (seen, found): (Set<String>, [String]) = ([], [])
        while let name = open.first {
            open.removeFirst()
            guard seen.insert(name).inserted else { continue }
            if case .step(let step)? = roles[name] {
                if !found.contains(step) { found.append(step) }
            } else {
                open = (next[name] ?? []) + open
            }
        }
        return found
    }
}
