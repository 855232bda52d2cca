internal import DorcModel
internal import DorcText

/// Block -> states: the steps of a machine, or of one error path.
struct PartCompiler {
    /// What is compiled at once, with the plan of its data.
    struct Part {
        var block: Block
        var plan: DataPlan
        var precedence: Precedence
        /// The steps that failed, in the copy of an error path that is theirs alone.
        var copy: PathCopy
        /// The event of a step that nothing comes before, where it is not at hand.
        var input: StateValue
    }

    let workflow: Workflow
    let targets: WorkflowCompiler.Targets
    var names: StateNames
    var labels = MapLabels()
    /// Steps that cross, of the steps themselves and of each error path.
    var crossing: [[Int]] = []
    /// A step of an error path that lies too deep.
    private(set) var tooDeep: Int?
    var internalErrors = Diagnostics()
    /// How many steps of error paths were compiled: each place that leads to a path may need a copy of its own.
    private var copiedSteps = 0
    /// Far more than a definition has room for.
    private static let copyLimit = 20_000
    var hasTooManyCopies: Bool { copiedSteps > Self.copyLimit }
    /// What the last step that runs a function has.
    var lastRetriers: (retry: Retry?, builtIn: [Retry], all: [Retry])?
    /// Error paths that end the run: the start of each one that this scope has already.
    private var failingPaths: [FailingPath: String] = [:]

    private struct FailingPath: Hashable {
        var handler: Int
        var scope: DataPlan.Scope
        var copy: PathCopy
    }

    init(workflow: Workflow, targets: WorkflowCompiler.Targets, names: StateNames) {
        self.workflow = workflow
        self.targets = targets
        self.names = names
    }

    mutating func states(of part: Part, next: NamedState.Transition) -> StateList {
        guard part.plan.composesOutput else { return states(of: part.block, in: part, scope: [], next: next) }
        let name = names.make(part.copy.stateName("output"))
        let value = outputs(of: part.precedence.sinks, at: [], in: part)
        var list = states(of: part.block, in: part, scope: [], next: .next(name))
        list.states.append(NamedState(name: name, state: .pass(value), transition: next))
        return list
    }

    private mutating func states(
        of block: Block, in part: Part, scope: DataPlan.Scope, next: NamedState.Transition
    ) -> StateList {
        switch block {
        case .step(let step): return states(of: step, in: part, next: next)
        case .series(let blocks):
            // From the last on, since each has to know the one after it.
            var next = next
            var lists: [StateList] = []
            for block in blocks.reversed() {
                let list = states(of: block, in: part, scope: scope, next: next)
                next = .next(list.start)
                lists.append(list)
            }
            guard let first = lists.last else { return nothing("a series of no steps") }
            return StateList(start: first.start, states: lists.reversed().flatMap { $0.states })
        case .parallel(let blocks): return parallel(blocks, in: part, scope: scope, next: next)
        }
    }

    /// What decomposition never gives.
    private mutating func nothing(_ what: String) -> StateList {
        let place = workflow.steps.first?.range ?? .whole("")
        internalErrors.report(.internalError("the workflow has \(what)", at: place))
        return StateList(start: "", states: [])
    }

    // MARK: Parallel states

    private mutating func parallel(
        _ blocks: [Block], in part: Part, scope: DataPlan.Scope, next: NamedState.Transition
    ) -> StateList {
        let plan = part.plan
        let branches = blocks.compactMap { plan.branch(of: $0, in: scope) }
        let name = names.make(joining: blocks.flatMap(\.firstSteps).map { self.name(of: $0, in: part) })
        var lists: [StateList] = []
        var output: [StateValue.Member] = []
        for (position, (block, branch)) in zip(blocks, branches).enumerated() {
            lists.append(self.branch(block, in: part, scope: scope + [branch]))
            for step in plan.lastSteps(ofBranch: branch) {
                output.append(
                    StateValue.Member(
                        name: workflow.steps[step].name,
                        value: .expression(Self.result(of: step, at: position, branch, plan, workflow))))
            }
        }
        var state = NamedState(
            name: name, state: .parallel(ParallelState(branches: lists, output: .object(output))), transition: next)
        for (step, branch) in plan.imports(ofBranches: branches, in: scope) {
            guard let position = branches.firstIndex(of: branch) else { continue }
            state.assignments.append(
                NamedState.Assignment(
                    variable: variable(of: step, depth: scope.count, in: part),
                    value: .expression(Self.result(of: step, at: position, branch, plan, workflow))))
        }
        return StateList(start: name, states: [state])
    }

    private static func result(
        of step: Int, at position: Int, _ branch: Int, _ plan: DataPlan, _ workflow: Workflow
    ) -> String {
        let result = "$states.result[\(position)]"
        return plan.isKeyed(branch: branch) ? lookup(result, workflow.steps[step].name) : result
    }

    private static func lookup(_ object: String, _ key: String) -> String {
        "$lookup(\(object), \(JSONText.literal(key)))"
    }

    /// `scope` is the branch's own.
    private mutating func branch(_ block: Block, in part: Part, scope: DataPlan.Scope) -> StateList {
        let branch = scope.last ?? 0
        let exports = part.plan.exports[branch]
        guard !exports.isEmpty else { return states(of: block, in: part, scope: scope, next: .end) }
        let lasts = part.plan.lastSteps(ofBranch: branch)
        var members = lasts.map { step in
            let name = workflow.steps[step].name
            let value = lasts.count == 1 ? "$states.input" : Self.lookup("$states.input", name)
            return StateValue.Member(name: name, value: .expression(value))
        }
        members += exports.map { step in
            let value = "$" + variable(of: step, depth: scope.count, in: part)
            return StateValue.Member(name: workflow.steps[step].name, value: .expression(value))
        }
        guard let first = block.firstSteps.first else { return nothing("a branch of no steps") }
        let name = names.make(self.name(of: first, in: part), "outputs")
        var list = states(of: block, in: part, scope: scope, next: .next(name))
        list.states.append(NamedState(name: name, state: .pass(.object(members)), transition: .end))
        return list
    }

    // MARK: Events

    /// The event of a step that is not its state's input; nil where it is.
    func composedEvent(of step: Int, in part: Part) -> StateValue? {
        guard part.plan.composed.contains(step), let scope = part.plan.scopes[step] else { return nil }
        let predecessors = part.precedence.before(step)
        guard !predecessors.isEmpty else { return part.input }
        return outputs(of: predecessors, at: scope, in: part)
    }

    /// One kept output, or an object of several.
    private func outputs(of steps: [Int], at scope: DataPlan.Scope, in part: Part) -> StateValue {
        let values = steps.map { step -> StateValue in
            let own = part.plan.scopes[step] ?? []
            let depth = zip(own, scope).prefix { $0 == $1 }.count
            return .expression("$" + variable(of: step, depth: depth, in: part))
        }
        if values.count == 1, let value = values.first { return value }
        return .object(
            zip(steps, values).map { StateValue.Member(name: workflow.steps[$0].name, value: $1) })
    }

    func variable(of step: Int, depth: Int, in part: Part) -> String {
        let outermost = part.plan.keptDepths[step]?.min() ?? depth
        return VariableName.output(of: workflow.steps[step].name, part.copy, depth: depth - outermost)
    }

    /// The variable for the output of a step in its own scope; nil where it is not kept there.
    func ownVariable(of step: Int, in part: Part) -> String? {
        guard let depth = part.plan.scopes[step]?.count, part.plan.keptDepths[step]?.contains(depth) == true
        else { return nil }
        return variable(of: step, depth: depth, in: part)
    }

    func name(of step: Int, in part: Part) -> String { part.copy.stateName(workflow.steps[step].name) }

    // MARK: Error paths

    /// The states of the error path that a catcher leads to; none where the scope has it already.
    mutating func errorPath(
        from handler: Int, of step: Int, in part: Part, next: NamedState.Transition
    ) -> (states: StateList, errorVariable: String?) {
        let members = workflow.errorPath(from: handler)
        copiedSteps += members.count
        // `WorkflowCompiler` reports it.
        guard !hasTooManyCopies else { return (StateList(start: "", states: []), nil) }
        let precedence = Precedence(workflow, members, start: handler)
        let fails = precedence.sinks.contains { workflow.steps[$0].failsRun }
        let scope = part.plan.scopes[step] ?? []
        let copy = copy(of: handler, for: step, fails: fails, scope, in: part)
        let decomposition = Decomposition(precedence)
        tooDeep = tooDeep ?? decomposition.tooDeep
        for steps in decomposition.crossing where !crossing.contains(steps) { crossing.append(steps) }
        let path = Part(
            block: decomposition.block, plan: DataPlan(decomposition.block, precedence), precedence: precedence,
            copy: copy, input: part.input)
        guard fails else { return (states(of: path, next: next), nil) }
        let variable = VariableName.error(of: workflow.steps[handler].name, copy)
        let key = FailingPath(handler: handler, scope: scope, copy: part.copy)
        if let start = failingPaths[key] { return (StateList(start: start, states: []), variable) }
        let end = names.make(name(of: handler, in: path), "fail")
        var list = states(of: path, next: .next(end))
        list.states.append(
            NamedState(
                name: end,
                // A service may leave either out, and Step Functions takes no value that is not there.
                state: .fail(
                    error: .expression("$\(variable).Error ? $\(variable).Error : 'Failed'"),
                    cause: .expression("$\(variable).Cause ? $\(variable).Cause : ''"))))
        failingPaths[key] = list.start
        return (list, variable)
    }

    /// A path that goes on does so after the step that failed: each such step has a copy of its own. A path that ends
    /// the run is there once in each scope.
    private func copy(
        of handler: Int, for step: Int, fails: Bool, _ scope: DataPlan.Scope, in part: Part
    ) -> PathCopy {
        let users = workflow.steps.indices.filter { index in
            workflow.steps[index].catchers.contains { $0.handler == handler }
        }
        let scopes = Set(users.map { part.plan.scopes[$0] ?? [-1] })
        let isOnly = users.count == 1 || fails && scopes.count == 1
        if isOnly && part.copy.failed.isEmpty { return part.copy }
        let first = fails ? users.first { part.plan.scopes[$0] == scope } ?? step : step
        return PathCopy(failed: [workflow.steps[first].name] + part.copy.failed)
    }
}
