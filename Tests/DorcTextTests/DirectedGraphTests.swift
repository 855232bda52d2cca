import BitCollections
import DorcText
import Testing

@Suite struct DirectedGraphTests {
    /// The same at each run.
    private struct Random {
        var state: UInt64

        mutating func number(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    private static func graph(_ seed: Int, acyclic: Bool) -> DirectedGraph {
        var random = Random(state: UInt64(seed))
        let count = 1 + random.number(below: 9)
        var graph = DirectedGraph(count: count)
        for _ in 0..<random.number(below: 2 * count + 1) {
            let (one, other) = (random.number(below: count), random.number(below: count))
            if acyclic && one == other { continue }
            graph.addEdge(from: acyclic ? max(one, other) : one, to: acyclic ? min(one, other) : other)
        }
        return graph
    }

    /// Whether some way of at least one edge leads from one node to another, by trying lengths.
    private static func leads(_ graph: DirectedGraph, from start: Int, to target: Int) -> Bool {
        var front: Set<Int> = [start]
        for _ in graph.nodes {
            front = Set(front.flatMap { graph.successors[$0] })
            if front.contains(target) { return true }
        }
        return false
    }

    @Test(arguments: 0..<300) func `an order has every node once and after its predecessors`(seed: Int) {
        let graph = Self.graph(seed, acyclic: true)
        for order in [graph.topologicalOrder(), graph.postorder(from: graph.nodes).reversed()] {
            #expect(order.sorted() == Array(graph.nodes))
            let position = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
            for (node, sources) in graph.predecessors.enumerated() {
                #expect(sources.allSatisfy { position[$0, default: 0] < position[node, default: 0] })
            }
        }
        #expect(graph.cycle() == nil && graph.cycles().isEmpty)
    }

    @Test(arguments: 0..<300) func `a topological order does not depend on the order of edges`(seed: Int) {
        let graph = Self.graph(seed, acyclic: true)
        var other = DirectedGraph(count: graph.nodes.count)
        for (source, targets) in graph.successors.enumerated().reversed() {
            for target in targets.reversed() { other.addEdge(from: source, to: target) }
        }
        #expect(other.topologicalOrder() == graph.topologicalOrder())
    }

    @Test(arguments: 0..<300) func `a cycle is found where there is one, and is one`(seed: Int) throws {
        let graph = Self.graph(seed, acyclic: false)
        let hasCycle = graph.nodes.contains { Self.leads(graph, from: $0, to: $0) }
        #expect((graph.cycle() != nil) == hasCycle && graph.cycles().isEmpty != hasCycle)
        let free = graph.nodes.filter { node in
            !graph.nodes.contains {
                Self.leads(graph, from: $0, to: $0) && ($0 == node || Self.leads(graph, from: $0, to: node))
            }
        }
        #expect(graph.topologicalOrder().sorted() == free)
        guard let cycle = graph.cycle() else { return }
        #expect(cycle.first == cycle.min())
        for (node, next) in zip(cycle, cycle.dropFirst() + cycle.prefix(1)) {
            #expect(graph.successors[node].contains(next))
        }
        #expect(graph.removingEdges(to: cycle).cycle() != cycle)
        for cycle in graph.cycles() {
            let targets = cycle.map { graph.successors[$0.source][$0.position] }
            #expect(targets == cycle.dropFirst().map(\.source) + cycle.prefix(1).map(\.source))
        }
    }

    @Test(arguments: 0..<300) func `reachability is what trying every length finds`(seed: Int) {
        for acyclic in [true, false] {
            let graph = Self.graph(seed, acyclic: acyclic)
            for start in graph.nodes {
                let expected = graph.nodes.filter { $0 == start || Self.leads(graph, from: start, to: $0) }
                #expect(Array(graph.reachable(from: [start])) == expected)
                guard acyclic else { continue }
                #expect(Array(graph.descendants()[start]) == expected.filter { $0 != start })
                #expect(
                    graph.ancestors()[start] == BitSet(graph.nodes.filter { Self.leads(graph, from: $0, to: start) }))
            }
        }
    }

    @Test(arguments: 0..<300) func `a reduction reaches the same with no edge to spare`(seed: Int) {
        let graph = Self.graph(seed, acyclic: true)
        let reduced = graph.transitiveReduction()
        #expect(reduced.descendants() == graph.descendants())
        for (node, targets) in reduced.successors.enumerated() {
            for target in targets {
                var less = DirectedGraph(count: graph.nodes.count)
                for (source, all) in reduced.successors.enumerated() {
                    for other in all where (source, other) != (node, target) { less.addEdge(from: source, to: other) }
                }
                #expect(!less.reaches(target, from: node))
            }
        }
    }

    @Test(arguments: 0..<300) func `components are connected, and nothing connects two`(seed: Int) {
        let graph = Self.graph(seed, acyclic: true)
        let members = Array(graph.nodes.filter { $0 % 3 != 1 }.reversed())
        var both = DirectedGraph(count: graph.nodes.count)
        for (node, targets) in graph.successors.enumerated() {
            for target in targets where members.contains(node) && members.contains(target) {
                both.addEdge(from: node, to: target)
                both.addEdge(from: target, to: node)
            }
        }
        let components = graph.components(of: members)
        #expect(components.flatMap(\.self).sorted() == members.sorted())
        #expect(components.map { $0.min() ?? 0 } == components.map { $0.min() ?? 0 }.sorted())
        for component in components {
            #expect(component == component.sorted(by: >))
            #expect(BitSet(component) == both.reachable(from: component.prefix(1)))
        }
    }

    @Test func `a long chain costs no stack`() {
        let count = 200_000
        let chain = DirectedGraph(predecessors: (0..<count).map { $0 == 0 ? [] : [$0 - 1] })
        #expect(chain.postorder(from: [0]).first == count - 1)
        #expect(chain.topologicalOrder().last == count - 1)
        #expect(chain.reaches(count - 1, from: 0))
    }

    @Test func `what is not a node has no edges and leads nowhere`() {
        var graph = DirectedGraph(count: 1)
        graph.addEdge(from: 0, to: 7)
        graph.addEdge(from: -1, to: 0)
        #expect(graph == DirectedGraph(count: 1))
        #expect(graph.reachable(from: [3, -3]).isEmpty && graph.postorder(from: [9]).isEmpty)
    }
}
