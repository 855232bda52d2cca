package import BitCollections

/// A directed graph on the nodes `0..<count`: of steps, states, pipelines or stacks, whatever their indices stand for.
///
/// Edges keep the order in which they were added, and every answer depends on that order and on the nodes' numbers alone. No walk
/// recurses: a chain may be as long as memory allows.
package struct DirectedGraph: Sendable, Equatable {
    /// For each node, where its edges lead; and where those come from that lead to it.
    package private(set) var successors: [[Int]]
    package private(set) var predecessors: [[Int]]

    package init(count: Int) {
        successors = Array(repeating: [], count: count)
        predecessors = successors
    }

    /// From the list of what is directly before each node.
    package init(predecessors: [[Int]]) {
        self.init(count: predecessors.count)
        for (node, sources) in predecessors.enumerated() {
            for source in sources { addEdge(from: source, to: node) }
        }
    }

    package var nodes: Range<Int> { successors.indices }

    /// Adds nothing where one of the two is not a node.
    package mutating func addEdge(from source: Int, to target: Int) {
        guard nodes.contains(source), nodes.contains(target) else { return }
        successors[source].append(target)
        predecessors[target].append(source)
    }

    /// Without the edges that lead to some nodes.
    package func removingEdges(to targets: [Int]) -> DirectedGraph {
        var predecessors = predecessors
        for target in targets where nodes.contains(target) { predecessors[target] = [] }
        return DirectedGraph(predecessors: predecessors)
    }
}

// MARK: Order

extension DirectedGraph {
    /// Every node after its predecessors: level by level, where a level is the longest way from a node without predecessors, and
    /// within a level by number. Nodes of a cycle, and those after one, are left out.
    package func topologicalOrder() -> [Int] {
        var open = predecessors.map { $0.count }
        var level = nodes.filter { open[$0] == 0 }
        var order: [Int] = []
        order.reserveCapacity(nodes.count)
        while !level.isEmpty {
            order += level
            var next: [Int] = []
            for node in level {
                for successor in successors[node] {
                    open[successor] -= 1
                    if open[successor] == 0 { next.append(successor) }
                }
            }
            level = next.count > 1 ? next.sorted() : next
        }
        return order
    }

    /// Every node that the roots lead to, each after all that it leads to itself and as soon after as the order of roots and edges
    /// allows. In a cycle, the edge that closes it is passed over.
    package func postorder(from roots: some Sequence<Int>) -> [Int] {
        var walk = DepthFirstWalk(self)
        var order: [Int] = []
        for root in roots { walk.run(from: root, leaving: { order.append($0) }) }
        return order
    }
}

// MARK: Cycles

extension DirectedGraph {
    /// An edge, as the position of its target in `successors`.
    package struct Edge: Sendable, Equatable {
        package var source: Int
        package var position: Int
    }

    /// The nodes of a cycle in the order of its edges, its smallest one first; nil where there is none.
    package func cycle() -> [Int]? {
        let free = BitSet(topologicalOrder())
        guard var current = nodes.first(where: { !free.contains($0) }) else { return nil }
        // Every node that is not free has a predecessor that is not free: going back leads into a cycle.
        var path: [Int] = []
        while !path.contains(current) {
            path.append(current)
            guard let previous = predecessors[current].first(where: { !free.contains($0) }) else { return nil }
            current = previous
        }
        let cycle = Array(path[(path.firstIndex(of: current) ?? 0)...].reversed())
        let first = cycle.firstIndex(of: cycle.min() ?? 0) ?? 0
        return Array(cycle[first...] + cycle[..<first])
    }

    /// One cycle for each edge that a depth-first walk over the nodes finds to close one; that edge is the last of the cycle.
    package func cycles() -> [[Edge]] {
        var walk = DepthFirstWalk(self)
        var cycles: [[Edge]] = []
        for node in nodes { walk.run(from: node, closing: { cycles.append($0) }) }
        return cycles
    }
}

// MARK: Reachability

extension DirectedGraph {
    /// The nodes that some nodes lead to, those nodes included.
    package func reachable(from starts: some Sequence<Int>) -> BitSet {
        var open = starts.filter(nodes.contains)
        var found = BitSet(open)
        while let node = open.popLast() {
            for successor in successors[node] where found.insert(successor).inserted { open.append(successor) }
        }
        return found
    }

    /// Whether one node leads to another, or is it.
    package func reaches(_ target: Int, from start: Int) -> Bool { reachable(from: [start]).contains(target) }

    /// For each node all those that lead to it, directly or not, without itself. The graph has no cycle.
    ///
    /// - Parameter order: the topological one, where it is known already.
    package func ancestors(along order: [Int]? = nil) -> [BitSet] {
        Self.closure(of: predecessors, along: order ?? topologicalOrder())
    }

    /// For each node all those that it leads to, directly or not, without itself. The graph has no cycle.
    package func descendants(along order: [Int]? = nil) -> [BitSet] {
        Self.closure(of: successors, along: (order ?? topologicalOrder()).reversed())
    }

    private static func closure(of neighbours: [[Int]], along order: some Sequence<Int>) -> [BitSet] {
        var sets = Array(repeating: BitSet(), count: neighbours.count)
        for node in order {
            for neighbour in neighbours[node] {
                sets[node].formUnion(sets[neighbour])
                sets[node].insert(neighbour)
            }
        }
        return sets
    }

    /// The same without each edge that a longer way makes redundant, and without double ones. The graph has no cycle.
    package func transitiveReduction() -> DirectedGraph {
        let ancestors = ancestors()
        var reduced = DirectedGraph(count: nodes.count)
        for (node, sources) in predecessors.enumerated() {
            for source in Set(sources).sorted() where !sources.contains(where: { ancestors[$0].contains(source) }) {
                reduced.addEdge(from: source, to: node)
            }
        }
        return reduced
    }

    /// Some of the nodes, in the groups that edges between any of the graph's nodes among them connect in either direction. Within a
    /// group the order is that of `members`; the group of the smallest node comes first.
    package func components(of members: [Int]) -> [[Int]] {
        let isMember = BitSet(members.filter(nodes.contains))
        var component = [Int?](repeating: nil, count: nodes.count)
        var count = 0
        for start in isMember where component[start] == nil {
            var open = [start]
            component[start] = count
            while let node = open.popLast() {
                for neighbour in predecessors[node] + successors[node]
                where isMember.contains(neighbour) && component[neighbour] == nil {
                    component[neighbour] = count
                    open.append(neighbour)
                }
            }
            count += 1
        }
        var components = Array(repeating: [Int](), count: count)
        for node in members where isMember.contains(node) {
            if let number = component[node] { components[number].append(node) }
        }
        return components
    }
}

/// A walk that goes on from where it was last as long as there is an edge to a new node.
private struct DepthFirstWalk {
    private enum Mark { case new, open, done }

    private let graph: DirectedGraph
    private var marks: [Mark]

    init(_ graph: DirectedGraph) {
        self.graph = graph
        marks = Array(repeating: .new, count: graph.nodes.count)
    }

    /// `leaving` gets each node when all that it leads to is done, `closing` the edges of each cycle that the walk meets.
    mutating func run(
        from root: Int, leaving: (Int) -> Void = { _ in }, closing: ([DirectedGraph.Edge]) -> Void = { _ in }
    ) {
        guard marks.indices.contains(root), marks[root] == .new else { return }
        // The way from the root, each with the position of the edge that is next.
        var path: [(node: Int, next: Int)] = [(root, 0)]
        marks[root] = .open
        while let (node, next) = path.last {
            guard next < graph.successors[node].count else {
                marks[node] = .done
                leaving(node)
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let target = graph.successors[node][next]
            switch marks[target] {
            case .new:
                marks[target] = .open
                path.append((target, 0))
            case .open:
                let start = path.firstIndex { $0.node == target } ?? 0
                closing(path[start...].map { DirectedGraph.Edge(source: $0.node, position: $0.next - 1) })
            case .done: break
            }
        }
    }
}
