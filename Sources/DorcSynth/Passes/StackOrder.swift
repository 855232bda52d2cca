internal import OrderedCollections

/// Reads the stacks' dependencies off the edges that cross stacks, and puts the stacks into an order of deployment.
enum StackOrder {
    static func run(_ graph: inout ResourceGraph) {
        for index in graph.stacks.indices {
            var targets: Set<StackIndex> = []
            for node in graph.stacks[index].resources.values {
                for reference in node.resource.references { targets.insert(reference.target.stack) }
            }
            targets.remove(StackIndex(value: index))
            graph.stacks[index].dependencies = targets.sorted()
        }
        graph.order = order(of: graph)
    }

    /// Depth first, so that each stack stands close behind those that it needs: universal, then environment by
    /// environment as in dorc.yaml.
    private static func order(of graph: ResourceGraph) -> [StackIndex] {
        enum Mark { case open, done }
        var marks: [StackIndex: Mark] = [:]
        var order: [StackIndex] = []
        let ranks = ranks(of: graph)
        let positions = graph.stacks.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
        for start in positions.map(StackIndex.init(value:)) where marks[start] == nil {
            // An explicit stack: pipelines can start each other in a long chain.
            var path: [(stack: StackIndex, next: Int)] = [(start, 0)]
            marks[start] = .open
            while let (stack, next) = path.last {
                let dependencies = graph[stack].dependencies
                guard next < dependencies.count else {
                    marks[stack] = .done
                    // CloudFormation takes no template without resources.
                    if !graph[stack].resources.isEmpty { order.append(stack) }
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let dependency = dependencies[next]
                switch marks[dependency] {
                case nil:
                    marks[dependency] = .open
                    path.append((dependency, 0))
                // Pipelines in a cycle: the model has reported them.
                case .open, .done: break
                }
            }
        }
        return order
    }

    /// Universal stacks first, then each environment's.
    private static func ranks(of graph: ResourceGraph) -> [Int] {
        let environments = graph.stacks.filter { $0.kind == .infra }.compactMap(\.environment)
        let positions = Dictionary(
            environments.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        return graph.stacks.map { $0.environment.flatMap { positions[$0] } ?? 0 }
    }
}
