internal import BitCollections
internal import DorcModel

/// Which steps of a part of a workflow come before which: the steps outside error paths, or one error path.
struct Precedence {
    /// Each stands after its predecessors; those of equal standing as in the file.
    private(set) var order: [Int] = []
    /// For each step of the workflow those directly before it, by `after`; and those directly behind it.
    private let predecessors: [[Int]]
    private let successors: [[Int]]
    /// Direct and indirect, for each step of the workflow.
    private(set) var ancestors: [BitSet]
    private(set) var descendants: [BitSet]

    /// `start` is the first step of an error path, whatever else it may follow elsewhere.
    init(_ workflow: Workflow, _ members: [Int], start: Int? = nil) {
        let isMember = Set(members)
        var predecessors = Array(repeating: [Int](), count: workflow.steps.count)
        var successors = predecessors
        for index in members {
            let own = index == start ? [] : workflow.steps[index].predecessors.filter(isMember.contains)
            predecessors[index] = own
            for predecessor in own { successors[predecessor].append(index) }
        }
        self.predecessors = predecessors
        self.successors = successors
        ancestors = Array(repeating: BitSet(), count: workflow.steps.count)
        descendants = ancestors
        order = topologicalOrder(members)
        for index in order {
            for predecessor in before(index) {
                ancestors[index].formUnion(ancestors[predecessor])
                ancestors[index].insert(predecessor)
            }
        }
        for index in order.reversed() {
            for successor in after(index) {
                descendants[index].formUnion(descendants[successor])
                descendants[index].insert(successor)
            }
        }
    }

    func before(_ step: Int) -> [Int] { predecessors[step] }

    func after(_ step: Int) -> [Int] { successors[step] }

    /// Of the whole workflow.
    var stepCount: Int { predecessors.count }

    /// The steps that no other one runs after, in the order of the file.
    var sinks: [Int] { order.filter { after($0).isEmpty }.sorted() }

    /// Level by level, within a level as in the file.
    private func topologicalOrder(_ members: [Int]) -> [Int] {
        var open = predecessors.map(\.count)
        var level = members.filter { before($0).isEmpty }.sorted()
        var order: [Int] = []
        while !level.isEmpty {
            order += level
            var next: [Int] = []
            for step in level {
                for successor in after(step) {
                    open[successor] -= 1
                    if open[successor] == 0 { next.append(successor) }
                }
            }
            level = next.sorted()
        }
        return order
    }
}
