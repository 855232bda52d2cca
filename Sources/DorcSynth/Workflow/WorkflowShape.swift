internal import DorcModel

/// What follows from the edges of a workflow's steps alone: what runs one after another, what side by side, and where
/// each step's event comes from. A pipeline hardly ever has another one in another environment.
struct WorkflowShape {
    /// Steps that are taken apart together.
    struct Part {
        let precedence: Precedence
        let decomposition: Decomposition
        /// Nil where the decomposition is too deep to go on with.
        let data: DataPlan?

        /// `hasOutput`: whether its output is needed, that of its last steps.
        init(_ workflow: Workflow, _ steps: [Int], hasOutput: Bool = true) {
            precedence = Precedence(workflow, steps)
            decomposition = Decomposition(precedence)
            data =
                decomposition.tooDeep == nil
                ? DataPlan(decomposition.block, precedence, hasOutput: hasOutput) : nil
        }
    }

    /// Those of the steps.
    private let edges: [[Int]]
    private let steps: [Int]
    let main: Part
    /// `finally`; nil where there is none.
    let last: Part?

    init(_ workflow: Workflow) {
        edges = workflow.steps.map(\.predecessors)
        steps = workflow.regularSteps
        main = Part(workflow, steps)
        let finally = workflow.finallySteps
        last = finally.isEmpty ? nil : Part(workflow, finally, hasOutput: false)
    }

    func isShape(of workflow: Workflow) -> Bool {
        workflow.steps.count == edges.count && workflow.regularSteps == steps
            && workflow.steps.indices.allSatisfy { workflow.steps[$0].predecessors == edges[$0] }
    }
}
