package import DorcModel
internal import DorcText

/// How a workflow is taken apart, for those who draw it: of the steps outside error paths, or of one group of error paths.
package struct WorkflowOutline: Sendable {
    /// What runs one after another, what side by side.
    package let block: Block
    /// The parts that are not series-parallel and run level by level, each in the order of the file.
    package let crossing: [[Int]]
    /// By step of the workflow: those directly before it, without what a longer way says already. Empty for other steps.
    package let predecessors: [[Int]]

    package init(_ workflow: Workflow, members: [Int]) {
        let precedence = Precedence(workflow, members)
        let decomposition = Decomposition(precedence)
        block = decomposition.block
        crossing = decomposition.crossing
        predecessors = precedence.reducedPredecessors
    }
}
