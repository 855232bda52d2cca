internal import CloudFormation
internal import DorcModel

/// What the resources of a pipeline's functions are called in its stacks: worked out once for all environments, and all that
/// refers to them.
struct FunctionIDs {
    struct IDs {
        let function: LogicalID
        let logGroup: LogicalID

        init(_ name: String) {
            function = LogicalID(name: name, "Function")
            logGroup = LogicalID(name: name, "LogGroup")
        }
    }

    private var known: [String: IDs] = [:]

    init(_ pipeline: Pipeline) {
        for environment in pipeline.environments {
            for function in environment.functions where known[function.name] == nil {
                known[function.name] = IDs(function.name)
            }
        }
    }

    subscript(_ function: String) -> IDs { known[function] ?? IDs(function) }
}
