internal import BitCollections
internal import DorcModel
internal import DorcText

/// Which steps of a part of a workflow come before which: the steps outside error paths, or one error path.
struct Precedence {
    private let graph: DirectedGraph
    /// Each step after its predecessors; those of one level as in the file.
    let order: [Int]
    /// Direct and indirect, for each step of the workflow.
    let ancestors: [BitSet]
    let descendants: [BitSet]

    /// `start` is the first step of an error path, whatever else it may follow elsewhere.
    init(_ workflow: Workflow, _ members: [Int], start: Int? = nil) {
        let isMember = Set(members)
        graph = DirectedGraph(
            predecessors: workflow.steps.indices.map { index in
                isMember.contains(index) && index != start
                    ? workflow.steps[index].predecessors.filter(isMember.contains) : []
            })
        let all = graph.topologicalOrder()
        order = all.filter(isMember.contains)
        ancestors = graph.ancestors(along: all)
        descendants = graph.descendants(along: all)
    }

    func before(_ step: Int) -> [Int] { graph.predecessors[step] }

    func after(_ step: Int) -> [Int] { graph.successors[step] }

    /// Of all steps of the workflow, without what a longer way says already.
    var reducedPredecessors: [[Int]] { graph.transitiveReduction().predecessors }

    /// Of the whole workflow.
    var stepCount: Int { graph.nodes.count }

    /// The steps that no other one runs after, in the order of the file.
    var sinks: [Int] { order.filter { after($0).isEmpty }.sorted() }

    /// Some of the steps, in the groups that are not connected with each other.
    func components(of steps: [Int]) -> [[Int]] { graph.components(of: steps) }
}
