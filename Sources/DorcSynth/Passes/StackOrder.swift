internal import DorcText
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

    /// Depth first, so that each stack comes soon after those that it needs: universal, then environment by
    /// environment as in dorc.yaml.
    private static func order(of graph: ResourceGraph) -> [StackIndex] {
        var edges = DirectedGraph(count: graph.stacks.count)
        for stack in graph.stacks.indices {
            for dependency in graph.stacks[stack].dependencies { edges.addEdge(from: stack, to: dependency.value) }
        }
        // An edge that closes a cycle is passed over: pipelines that start each other have been reported.
        return edges.postorder(from: starts(in: graph).map(\.value)).map(StackIndex.init(value:))
            // CloudFormation takes no template without resources.
            .filter { !graph[$0].resources.isEmpty }
    }

    /// Universal stacks first, then each environment's.
    private static func starts(in graph: ResourceGraph) -> [StackIndex] {
        let environments = graph.stacks.filter { $0.kind == .infra }.compactMap(\.environment)
        let ranks = Dictionary(
            environments.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        return graph.stacks.indices.map { stack in
            (rank: graph.stacks[stack].environment.flatMap { ranks[$0] } ?? 0, index: graph.stacks[stack].index)
        }
        .sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
        .map(\.index)
    }
}
