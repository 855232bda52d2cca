/// What trigger rules make of tasks.
struct TriggerRules {
    /// Of `finally`.
    var finally: Set<Int> = []
    /// Of those, the ones that run after a failure only.
    var whenFailed: Set<Int> = []
    /// In error paths, each with the handler before it.
    var handlers: [Int: Int?] = [:]
    var lastHandlers: Set<Int> = []
    /// By task, the handler that its failure leads to.
    var catches: [Int: Int] = [:]
    /// Wait for nothing.
    var free: Set<Int> = []
    /// Must not run until a person has said when.
    var never: Set<Int> = []
    /// By task, the step from which a run goes on after its failure.
    var marks: [Int: String] = [:]

    func isApart(_ index: Int) -> Bool { finally.contains(index) || handlers[index] != nil }

    /// Tasks whose steps a step runs after.
    func after(_ index: Int, _ upstream: [Int: [Int]]) -> [Int] {
        if let handler = handlers[index] { return handler.map { [$0] } ?? [] }
        if finally.contains(index) || free.contains(index) { return [] }
        return (upstream[index] ?? []).filter { !isApart($0) }
    }
}
