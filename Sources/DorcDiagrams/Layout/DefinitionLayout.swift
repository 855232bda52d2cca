internal import DorcText

/// The states of a definition -> where each is. A definition may have cycles: the edges that close them go back.
enum DefinitionLayout {
    /// - Returns: the size, and the way to the first state.
    static func place(
        _ diagram: PipelineDiagram, sizes: [Box]
    ) -> (placement: Placement, ports: Ports, box: Box) {
        let (layers, isBackward) = layers(count: diagram.nodes.count, diagram.edges.map { ($0.source, $0.target) })
        let items = diagram.nodes.indices.map {
            LayeredLayout.Item(width: sizes[$0].width, height: sizes[$0].height, layer: layers[$0])
        }
        // A state that goes on with itself has no line of its own.
        let drawn = diagram.edges.indices.filter { diagram.edges[$0].source != diagram.edges[$0].target }
        let layout = LayeredLayout(
            items,
            drawn.map { index in
                let edge = diagram.edges[index]
                return isBackward[index]
                    ? .init(source: edge.target, target: edge.source) : .init(source: edge.source, target: edge.target)
            })
        var placement = Placement()
        for (node, box) in layout.boxes.enumerated() { placement.boxes[node] = box }
        for (index, var path) in zip(drawn, layout.paths) {
            // Not on the line that leads the other way.
            if isBackward[index] { path.move(0, 10) }
            placement.add(
                path, diagram.edges[index].kind == .error ? .error : .flow, isBackward: isBackward[index])
        }
        var ports = Ports()
        if let first = layout.boxes.first {
            ports.entries = [Path(from: Point(x: first.x, y: first.middle))]
        }
        return (placement, ports, Box(width: layout.width, height: layout.height))
    }

    /// The longest way to each node without the edges that close cycles, and which edges do.
    static func layers(count: Int, _ edges: [(Int, Int)]) -> (layers: [Int], isBackward: [Bool]) {
        var graph = DirectedGraph(count: count)
        for (source, target) in edges { graph.addEdge(from: source, to: target) }
        // Each node comes after all that it leads to; an edge to one that is not there yet closes a cycle.
        let order = graph.postorder(from: 0..<count)
        var place = Array(repeating: 0, count: count)
        for (position, node) in order.enumerated() { place[node] = position }
        let isBackward = edges.map { place[$0.0] <= place[$0.1] }
        var layers = Array(repeating: 0, count: count)
        for node in order.reversed() {
            for next in graph.successors[node] where place[node] > place[next] {
                layers[next] = max(layers[next], layers[node] + 1)
            }
        }
        return (layers, isBackward)
    }
}
