internal import CloudFormation
internal import DorcModel

/// What the resources of a pipeline's functions are called in its stacks: worked out once for all environments, and all that
/// refers to them.
struct FunctionIDs {
    struct IDs {
        let function: LogicalID
        let version: LogicalID
        let logGroup: LogicalID
        let jobDefinition: LogicalID
        let jobLogs: LogicalID

        init(_ name: String) {
            function = LogicalID(name: name, "Function")
            version = LogicalID(name: name, "Version")
            logGroup = LogicalID(name: name, "LogGroup")
            jobDefinition = LogicalID(name: name, "JobDefinition")
            jobLogs = LogicalID(name: name, "JobLogs")
        }
    }

    /// Of each function in `PipelineInEnvironment.functions`: an environment changes a function's settings, but not which
    /// functions there are.
    let indices: [String: Int]
    private let known: [IDs]

    init(_ pipeline: Pipeline) {
        let names = pipeline.environments.first?.functions.map(\.name) ?? []
        known = names.map(IDs.init)
        indices = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(_ function: String) -> IDs { indices[function].map { known[$0] } ?? IDs(function) }
}
