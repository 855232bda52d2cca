internal import BitCollections
internal import DorcModel

/// The shape of a workflow that can be written with states one after another and side by side alone.
indirect enum Block: Sendable, Equatable {
    case step(Int)
    case series([Block])
    case parallel([Block])
}

/// Workflow -> Block: takes a graph apart at its cuts and into its unconnected parts, by turns.
///
/// A cut is a place where every step before it precedes every step behind it. What has neither a cut nor unconnected
/// parts is not series-parallel.
struct SeriesParallel {
    private let workflow: Workflow
    private let successors: [[Int]]
    /// Steps in an order in which each stands after its predecessors; those of equal standing as in the file.
    private let order: [Int]
    /// All direct and indirect predecessors of each step.
    let ancestors: [BitSet]

    init(_ workflow: Workflow) {
        self.workflow = workflow
        successors = workflow.successors
        order = Self.topologicalOrder(workflow, successors)
        var ancestors = Array(repeating: BitSet(), count: workflow.steps.count)
        for index in order {
            for predecessor in workflow.steps[index].predecessors {
                ancestors[index].formUnion(ancestors[predecessor])
                ancestors[index].insert(predecessor)
            }
        }
        self.ancestors = ancestors
    }

    /// Fails with the steps of the part concerned, where that is not series-parallel.
    func decompose() -> Result<Block, Failure> {
        do {
            return .success(try block(order))
        } catch {
            return .failure(error)
        }
    }

    struct Failure: Error {
        var steps: [Int]
    }

    private func block(_ steps: [Int]) throws(Failure) -> Block {
        if steps.count == 1, let step = steps.first { return .step(step) }
        let parts = components(of: steps)
        if parts.count > 1 {
            var blocks: [Block] = []
            for part in parts { blocks.append(try block(part)) }
            return .parallel(blocks)
        }
        let pieces = cut(steps)
        guard pieces.count > 1 else { throw Failure(steps: steps.sorted()) }
        var blocks: [Block] = []
        for piece in pieces { blocks.append(try block(piece)) }
        return .series(blocks)
    }

    /// The pieces between the cuts. `steps` is in topological order.
    ///
    /// A cut stands before position `p` where every step from `p` on has all steps before `p` among its ancestors.
    private func cut(_ steps: [Int]) -> [[Int]] {
        // How many steps from the start on are ancestors without a gap: for each step, then for all from it on.
        var reach = steps.map { step in steps.firstIndex { !ancestors[step].contains($0) } ?? steps.count }
        for index in steps.indices.dropLast().reversed() { reach[index] = min(reach[index], reach[index + 1]) }
        var pieces: [[Int]] = []
        var piece: [Int] = []
        for (index, step) in steps.enumerated() {
            if index > 0, reach[index] >= index {
                pieces.append(piece)
                piece = []
            }
            piece.append(step)
        }
        return pieces + [piece]
    }

    /// The unconnected parts, each in topological order; those whose first step comes first in the file come first.
    private func components(of steps: [Int]) -> [[Int]] {
        let members = Set(steps)
        var component: [Int: Int] = [:]
        var count = 0
        for start in steps where component[start] == nil {
            var open = [start]
            component[start] = count
            while let step = open.popLast() {
                for neighbour in workflow.steps[step].predecessors + successors[step]
                where members.contains(neighbour) && component[neighbour] == nil {
                    component[neighbour] = count
                    open.append(neighbour)
                }
            }
            count += 1
        }
        var parts = Array(repeating: [Int](), count: count)
        for step in steps { if let index = component[step] { parts[index].append(step) } }
        return parts.sorted { ($0.min() ?? 0) < ($1.min() ?? 0) }
    }

    private static func topologicalOrder(_ workflow: Workflow, _ successors: [[Int]]) -> [Int] {
        var open = workflow.steps.map(\.predecessors.count)
        // Level by level, within a level as in the file.
        var level = workflow.steps.indices.filter { open[$0] == 0 }
        var order: [Int] = []
        while !level.isEmpty {
            order += level
            var next: [Int] = []
            for step in level {
                for successor in successors[step] {
                    open[successor] -= 1
                    if open[successor] == 0 { next.append(successor) }
                }
            }
            level = next.sorted()
        }
        return order
    }
}
