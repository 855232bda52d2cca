internal import DorcModel

/// What follows from the edges of a workflow's steps alone: what runs one after another, what side by side, and where
/// each step's event comes from. A pipeline hardly ever has another one in another environment.
struct WorkflowShape {
    /// Those of the steps.
    private let edges: [[Int]]
    private let steps: [Int]
    let precedence: Precedence
    let decomposition: Decomposition
    /// Nil where the decomposition is too deep to go on with.
    let data: DataPlan?

    init(_ workflow: Workflow) {
        edges = workflow.steps.map(\.predecessors)
        steps = workflow.regularSteps
        precedence = Precedence(workflow, steps)
        decomposition = Decomposition(precedence)
        data = decomposition.tooDeep == nil ? DataPlan(decomposition.block, precedence) : nil
    }

    func isShape(of workflow: Workflow) -> Bool {
        workflow.steps.count == edges.count && workflow.regularSteps == steps
            && workflow.steps.indices.allSatisfy { workflow.steps[$0].predecessors == edges[$0] }
    }
}
