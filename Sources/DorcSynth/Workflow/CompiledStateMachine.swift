internal import CloudFormation

/// A state machine in the Amazon States Language with `QueryLanguage: JSONata`, compiled from steps.
struct CompiledStateMachine: Sendable {
    var comment: String?
    /// Seconds.
    var timeout: Int
    var states: StateList

    func write(to value: inout TemplateWriter, in stack: TemplateContext) {
        value.object {
            $0["TimeoutSeconds"] = timeout
            $0["Comment"] = comment
            $0["QueryLanguage"] = "JSONata"
            $0["StartAt"] = states.start
            $0.object("States") { states.writeStates(to: &$0, in: stack) }
        }
    }
}

/// The states of a machine, of a branch or of what a Map does with an item.
struct StateList: Sendable {
    var start: String
    var states: [NamedState]

    func addReferences(to references: inout [Reference]) {
        for index in states.indices {
            if case .task(let task) = states[index].state { references += task.action.references }
            for inner in states[index].state.inner { inner.addReferences(to: &references) }
        }
    }

    /// The fields of a branch.
    func write(to branch: inout TemplateWriter, in stack: TemplateContext) {
        branch["StartAt"] = start
        branch.object("States") { writeStates(to: &$0, in: stack) }
    }

    func writeStates(to object: inout TemplateWriter, in stack: TemplateContext) {
        for index in states.indices {
            object.key(states[index].name)
            object.object { states[index].write(to: &$0, in: stack) }
        }
    }
}
