internal import DorcModel
internal import DorcText

/// Steps that wait for each other in a cycle, by `after` or, in error paths, by `catch`.
enum StepCycleCheck {
    /// False where there is a cycle.
    static func run(_ workflow: Workflow, into diagnostics: inout Diagnostics) -> Bool {
        let steps = workflow.steps
        // Steps that lead to later ones alone, as most do, make no cycle.
        guard !steps.indices.allSatisfy({ steps[$0].leadsForward(from: $0) }) else { return true }
        var graph = workflow.graph
        for index in steps.indices {
            for catcher in steps[index].catchers { graph.addEdge(from: index, to: catcher.handler) }
        }
        let own = steps.indices.filter { graph.successors[$0].contains($0) }
        for index in own { diagnostics.report(.stepAfterItself(steps[index])) }
        guard own.isEmpty else { return false }
        var isSound = true
        // Of a tangle of cycles, those that share no step.
        while isSound || steps.count <= 1000, let cycle = graph.cycle() {
            isSound = false
            let names = (cycle + cycle.prefix(1)).map { steps[$0].name }.joined(separator: " -> ")
            diagnostics.report(
                Diagnostic(
                    .stepCycle, at: steps[cycle.first ?? 0].range, "the steps run in a cycle: \(names)",
                    help: "remove one `after` or `catch`"))
            graph = graph.removingEdges(to: cycle)
        }
        return isSound
    }
}

extension Step {
    /// Whether all that leads to and from it goes on in the order of the file.
    fileprivate func leadsForward(from index: Int) -> Bool {
        predecessors.allSatisfy { $0 < index } && catchers.allSatisfy { $0.handler > index }
    }
}

extension Diagnostic {
    fileprivate static func stepAfterItself(_ step: Step) -> Diagnostic {
        Diagnostic(
            .stepCycle, at: step.range, "`\(step.name)` runs after itself: \(step.name) -> \(step.name)",
            help: "remove it from its `after` or `catch`")
    }
}
