/// Steps that wait for each other in a cycle, by `after` or, in error paths, by `catch`.
enum StepCycleCheck {
    /// False where there is a cycle.
    static func run(_ workflow: Workflow, into diagnostics: inout Diagnostics) -> Bool {
        let steps = workflow.steps
        var before = steps.map(\.predecessors)
        for (index, step) in steps.enumerated() {
            for catcher in step.catchers where before.indices.contains(catcher.handler) {
                before[catcher.handler].append(index)
            }
        }
        let own = steps.indices.filter { before[$0].contains($0) }
        for index in own { diagnostics.report(.stepAfterItself(steps[index])) }
        guard own.isEmpty else { return false }
        var isSound = true
        // Of a tangle of cycles, those that share no step.
        while isSound || before.count <= 1000, let cycle = cycle(before) {
            isSound = false
            let names = (cycle + cycle.prefix(1)).map { steps[$0].name }.joined(separator: " -> ")
            diagnostics.report(
                Diagnostic(
                    .stepCycle, at: steps[cycle.first ?? 0].range, "the steps run in a cycle: \(names)",
                    help: "remove one `after` or `catch`"))
            for index in cycle { before[index] = [] }
        }
        return isSound
    }

    /// Removes steps without predecessors until none is left; what remains runs in a cycle. The first step of the
    /// cycle is the one that stands first in the file.
    private static func cycle(_ before: [[Int]]) -> [Int]? {
        var behind = Array(repeating: [Int](), count: before.count)
        for (index, predecessors) in before.enumerated() {
            for predecessor in predecessors { behind[predecessor].append(index) }
        }
        var open = before.map(\.count)
        var ready = before.indices.filter { open[$0] == 0 }
        while let next = ready.popLast() {
            for successor in behind[next] {
                open[successor] -= 1
                if open[successor] == 0 { ready.append(successor) }
            }
        }
        guard var current = before.indices.first(where: { open[$0] > 0 }) else { return nil }
        // Every open step has an open predecessor: going back leads into the cycle.
        var path: [Int] = []
        while !path.contains(current) {
            path.append(current)
            guard let previous = before[current].first(where: { open[$0] > 0 }) else { return nil }
            current = previous
        }
        let indices = Array(path[(path.firstIndex(of: current) ?? 0)...].reversed())
        let first = indices.firstIndex(of: indices.min() ?? 0) ?? 0
        return Array(indices[first...] + indices[..<first])
    }
}

extension Diagnostic {
    fileprivate static func stepAfterItself(_ step: Step) -> Diagnostic {
        Diagnostic(
            .stepCycle, at: step.range, "`\(step.name)` runs after itself: \(step.name) -> \(step.name)",
            help: "remove it from its `after` or `catch`")
    }
}
