internal import DorcModel
internal import OrderedCollections

/// Reads the stacks' dependencies off the edges that cross stacks, and puts the stacks into an order of deployment.
enum StackOrder {
    static func run(_ graph: inout ResourceGraph) {
        for index in graph.stacks.indices { graph.stacks[index].dependencies = dependencies(of: graph.stacks[index]) }
        graph.order = order(of: graph)
    }

    private static func dependencies(of stack: Stack) -> [StackIndex] {
        // Hardly more than the universal and the infra stack.
        var targets: [StackIndex] = []
        for node in stack.resources.values {
            for reference in node.resource.references {
                let target = reference.target.stack
                if target != stack.index, !targets.contains(target) { targets.append(target) }
            }
        }
        return targets.sorted()
    }

    /// Depth first, so that each stack stands close behind those that it needs: universal, then environment by
    /// environment as in dorc.yaml.
    private static func order(of graph: ResourceGraph) -> [StackIndex] {
        var isKnown = graph.stacks.map { _ in false }
        var order: [StackIndex] = []
        for start in starts(in: graph) where !isKnown[start.value] {
            // An explicit stack: pipelines can start each other in a long chain. What is known already and not done are
            // pipelines in a cycle: the model has reported them.
            var path = [(stack: start, next: 0)]
            isKnown[start.value] = true
            while let (stack, next) = path.last {
                let dependencies = graph[stack].dependencies
                guard next < dependencies.count else {
                    // CloudFormation takes no template without resources.
                    if !graph[stack].resources.isEmpty { order.append(stack) }
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let dependency = dependencies[next]
                guard !isKnown[dependency.value] else { continue }
                isKnown[dependency.value] = true
                path.append((dependency, 0))
            }
        }
        return order
    }

    /// Universal stacks first, then each environment's.
    private static func starts(in graph: ResourceGraph) -> [StackIndex] {
        let environments = graph.stacks.filter { $0.kind == .infra }.compactMap(\.environment)
        let ranks = Dictionary(
            environments.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        return graph.stacks.map { (rank: $0.environment.flatMap { ranks[$0] } ?? 0, index: $0.index) }
            .sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
            .map(\.index)
    }
}
