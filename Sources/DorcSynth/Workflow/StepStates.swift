internal import DorcModel
internal import DorcText

extension PartCompiler {
    /// The states of one step: its event and its condition before it, its error paths and its variable after it.
    mutating func states(of index: Int, in part: Part, next: NamedState.Transition) -> StateList {
        let step = workflow.steps[index]
        let name = name(of: index, in: part)
        let variable = ownVariable(of: index, in: part)
        let event = composedEvent(of: index, in: part)
        var list: [NamedState] = []

        // What several ways lead to takes the variable in a state of its own.
        let hasOtherWays = step.condition != nil || !step.catchers.isEmpty
        var next = next
        var keeping: [NamedState] = []
        if let variable, hasOtherWays {
            let kept = names.make(name, "kept")
            keeping = [
                NamedState(
                    name: kept, state: .pass(nil),
                    assignments: [.init(variable: variable, value: .expression("$states.input"))], transition: next)
            ]
            next = .next(kept)
        }

        let needsEventState = event != nil && step.readsInput
        if needsEventState, let event {
            let target = step.condition == nil ? name : names.make(name, "when")
            list.append(NamedState(name: names.make(name, "event"), state: .pass(event), transition: .next(target)))
            if step.condition != nil { list += condition(of: step, target, name, next) }
        } else if step.condition != nil {
            list += condition(of: step, names.make(name, "when"), name, next)
        }
        var own = NamedState(
            name: name, state: state(of: step, name, event: needsEventState ? nil : event), transition: next)
        if let variable, !hasOtherWays {
            own.assignments.append(.init(variable: variable, value: result(of: own.state)))
        }
        var errorStates: [NamedState] = []
        for catcher in step.catchers {
            let path = errorPath(from: catcher.handler, of: index, in: part, next: next)
            own.catchers.append(
                .init(errors: catcher.errors, next: path.states.start, variable: path.errorVariable))
            errorStates += path.states.states
        }
        list.append(own)
        list += errorStates + keeping
        return StateList(start: list.first?.name ?? name, states: list)
    }

    private mutating func condition(
        of step: Step, _ choice: String, _ target: String, _ next: NamedState.Transition
    ) -> [NamedState] {
        guard let condition = step.condition else { return [] }
        var otherwise: [NamedState] = []
        let name: String
        switch next {
        case .next(let next): name = next
        case .end:
            name = names.make(target, "skipped")
            otherwise = [NamedState(name: name, state: .succeed(nil))]
        }
        let state = ChoiceState(condition: condition, next: target, otherwise: name)
        return [NamedState(name: choice, state: .choice(state))] + otherwise
    }

    private mutating func state(of step: Step, _ name: String, event: StateValue?) -> State {
        if case .wait(let wait) = step.action { return .wait(.step(wait)) }
        guard let iteration = step.iteration else {
            return .task(task(of: step, event: step.arguments ?? event))
        }
        return .map(
            MapState(
                iteration: iteration, label: iteration.isDistributed ? labels.make(name) : nil,
                states: itemStates(of: step, name, isBatch: iteration.batch != nil)))
    }

    /// What runs for an item. Of a batch, Step Functions gives `{"Items": [...]}`: the event is the list itself.
    private mutating func itemStates(of step: Step, _ name: String, isBatch: Bool) -> StateList {
        let batch = StateValue.expression("$states.input.Items")
        let itemName = names.make(name, isBatch ? "batch" : "item")
        // Where the arguments speak of their input, that has to be the list too.
        let needsInput = isBatch && step.arguments?.hasExpressions == true
        let event = step.arguments ?? (isBatch ? batch : nil)
        let item = NamedState(name: itemName, state: .task(task(of: step, event: event)), transition: .end)
        guard needsInput else { return StateList(start: itemName, states: [item]) }
        let list = NamedState(name: names.make(name, "items"), state: .pass(batch), transition: .next(itemName))
        return StateList(start: list.name, states: [list, item])
    }

    private mutating func task(of step: Step, event: StateValue?) -> TaskState {
        var timeout = step.timeout?.seconds
        var heartbeat: Int?
        var retriers = Retry.ofOther(step.retry)
        let action: TaskState.Action
        switch step.action {
        case .function(let name):
            guard let call = targets.call(name) else { return leftOut(name) }
            action = call.action.overridden(by: step)
            timeout = timeout ?? call.timeout
            // Step Functions wants it below the timeout.
            heartbeat = call.heartbeat.flatMap { beat in timeout.map { beat < $0 } == false ? nil : beat }
            retriers = self.retriers(step.retry, builtIn: call.retriers)
        case .pipeline(let id, let waits):
            action = .startExecution(targets.stateMachine(id), waits: waits)
        case .task(.integration(let name)): action = .integration(name)
        case .task(.arn(let arn)): action = .arn(arn)
        case .wait:
            internalErrors.report(.internalError("the step `\(step.name)` waits, and is a task", at: step.range))
            return leftOut(step.name)
        }
        if step.iteration?.mode == .express {
            let most = Iteration.Mode.expressLimit.seconds
            timeout = min(timeout ?? most, most)
        }
        let event = event ?? .expression("$states.input")
        return TaskState(
            action: action, event: event, output: action.output(of: event), timeout: timeout, heartbeat: heartbeat,
            retriers: retriers)
    }

    /// Most steps of a workflow have the same ones: they are made once.
    private mutating func retriers(_ retry: Retry?, builtIn: [Retry]) -> [Retry] {
        if let lastRetriers, lastRetriers.retry == retry, lastRetriers.builtIn == builtIn { return lastRetriers.all }
        let all = Retry.ofFunction(retry, builtIn: builtIn)
        lastRetriers = (retry, builtIn, all)
        return all
    }

    /// Calls what is not there since it has mistakes, which are reported: the machine is checked all the same, and not
    /// written.
    private func leftOut(_ name: String) -> TaskState {
        TaskState(action: .integration(name), event: .expression("$states.input"), timeout: nil, retriers: [])
    }

    /// The output of a state.
    private func result(of state: State) -> StateValue {
        switch state {
        case .task(let task): task.output ?? .expression(TaskState.Action.wholeResult)
        case .map: .expression("$states.result")
        case .parallel, .choice, .wait, .pass, .succeed, .fail: .expression("$states.input")
        }
    }
}

extension Step {
    /// Whether the step's state has to get the step's event as its input: where JSONata may speak of it, or where it is
    /// passed on.
    fileprivate var readsInput: Bool {
        if condition != nil || iteration != nil { return true }
        if case .wait = action { return true }
        if environment.contains(where: \.value.isExpression) || command?.contains(where: \.isExpression) == true {
            return true
        }
        return arguments?.hasExpressions ?? false
    }
}
