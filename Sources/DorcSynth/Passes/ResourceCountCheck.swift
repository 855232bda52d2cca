internal import DorcText
internal import OrderedCollections

/// CloudFormation: at most 500 resources in a template. Repositories are spread over several stacks, so a pipeline is
/// the only thing that can be too large.
enum ResourceCountCheck {
    static let limit = 500

    static func run(_ graph: ResourceGraph, into diagnostics: inout Diagnostics) {
        for index in graph.stacks.indices where graph.stacks[index].kind == .core {
            let count = graph.stacks[index].resources.count
            Limit(limit).check(count, &diagnostics) { severity in
                Diagnostic(
                    .tooManyResources, severity, at: graph.stacks[index].origin,
                    "the pipeline needs \(count) resources in one stack; CloudFormation accepts \(limit)",
                    help: "split it into several pipelines, and run them with `pipeline:` steps")
            }
        }
    }
}
