internal import OrderedCollections

/// What an environment's core stacks do, read off their edges.
struct CoreUses {
    let startsPipelines: Bool

    init(_ cores: [Stack]) {
        startsPipelines = cores.contains { stack in
            stack.resources.values.contains { node in
                guard case .stateMachine(let machine) = node.resource else { return false }
                return machine.definition.states.startsExecutions
            }
        }
    }
}

extension StateSequence {
    var startsExecutions: Bool {
        states.contains { named in
            switch named.state {
            case .task(let task):
                if case .startExecution = task.action { true } else { false }
            case .parallel(let parallel): parallel.branches.contains(where: \.startsExecutions)
            }
        }
    }
}
