internal import DorcModel
internal import DorcText

/// ProjectDiagram -> Scene: pipelines that start each other, from left to right; then the others, layer by layer.
struct ProjectLayout {
    private let diagram: ProjectDiagram
    private let width: Int
    private var scene = Scene()
    private var y = Spacing.margin

    private static let height = 64
    private static let gap = 18
    /// About as wide as a page.
    private static let pageWidth = 1160
    private static let heading = 22

    private init(_ diagram: ProjectDiagram) {
        self.diagram = diagram
        let wanted =
            diagram.pipelines.map { pipeline in
                max(
                    TextWidth.of(pipeline.id.name, size: NodeText.nameSize, isBold: true),
                    TextWidth.of(Self.detail(of: pipeline), size: NodeText.detailSize))
            }.max() ?? 0
        width = min(max(wanted + NodeText.inset + 14, 180), 268)
        scene.title = "Project \(diagram.name)"
    }

    static func scene(of diagram: ProjectDiagram) -> Scene {
        var layout = ProjectLayout(diagram)
        layout.addConnected(hasHeading: true)
        layout.addOthers()
        return layout.finished
    }

    /// Only pipelines that start others or are started by them.
    static func connectedScene(of diagram: ProjectDiagram) -> Scene {
        var layout = ProjectLayout(diagram)
        layout.addConnected(hasHeading: false)
        return layout.finished
    }

    private var finished: Scene {
        var scene = scene
        scene.width = (scene.boxes.map(\.box.right).max() ?? 0) + Spacing.margin
        scene.height = y + Spacing.margin - Self.gap
        let count = Words.count(diagram.pipelines.count, "pipeline")
        let layers = diagram.layers
        scene.description =
            "\(count) in \(Words.count(layers.count, "layer")): \(layers.prefix(20).joined(separator: ", ")). "
            + diagram.edges.prefix(40).map(sentence).joined(separator: " ")
        return scene
    }

    private func sentence(_ edge: ProjectDiagram.Edge) -> String {
        let (source, target) = (diagram.pipelines[edge.source].id, diagram.pipelines[edge.target].id)
        return switch edge.kind {
        case .runs: "\(source) runs \(target)."
        case .success: "\(target) starts after \(source) succeeds."
        case .failure: "\(target) starts after \(source) fails."
        case .any: "\(target) starts after \(source) ends."
        }
    }

    // MARK: Pipelines that start each other

    private mutating func addConnected(hasHeading: Bool) {
        var graph = DirectedGraph(count: diagram.pipelines.count)
        for edge in diagram.edges { graph.addEdge(from: edge.source, to: edge.target) }
        let connected = graph.nodes.filter { !graph.successors[$0].isEmpty || !graph.predecessors[$0].isEmpty }
        guard !connected.isEmpty else { return }
        if hasHeading { addHeading("What starts what") }
        var x = Spacing.margin
        var tallest = 0
        for component in graph.components(of: connected) {
            let part = part(component)
            if x > Spacing.margin, x + part.layout.width > Self.pageWidth {
                y += tallest + Self.gap
                (x, tallest) = (Spacing.margin, 0)
            }
            add(part, component, x: x)
            x += part.layout.width + 2 * Self.gap
            tallest = max(tallest, part.layout.height)
        }
        y += tallest + Self.gap
    }

    private struct Part {
        var layout: LayeredLayout
        /// Of the diagram's, in the order of the layout's.
        var edges: [Int]
        var isBackward: [Bool]
    }

    private func part(_ component: [Int]) -> Part {
        let position = Dictionary(
            component.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        // A pipeline that starts itself has no line for that.
        let edges = diagram.edges.indices.filter {
            position[diagram.edges[$0].source] != nil && diagram.edges[$0].source != diagram.edges[$0].target
        }
        let ends = edges.compactMap { index -> (Int, Int)? in
            guard let source = position[diagram.edges[index].source], let target = position[diagram.edges[index].target]
            else { return nil }
            return (source, target)
        }
        let (layers, isBackward) = DefinitionLayout.layers(count: component.count, ends)
        let items = layers.map { LayeredLayout.Item(width: width, height: Self.height, layer: $0) }
        let layout = LayeredLayout(
            items,
            zip(ends, isBackward).map { ends, isBackward in
                isBackward ? .init(source: ends.1, target: ends.0) : .init(source: ends.0, target: ends.1)
            }, columnGap: 64, rowGap: Self.gap)
        return Part(layout: layout, edges: edges, isBackward: isBackward)
    }

    private mutating func add(_ part: Part, _ component: [Int], x: Int) {
        for (index, pipeline) in component.enumerated() {
            var box = part.layout.boxes[index]
            box.x += x
            box.y += y
            add(pipeline, at: box)
        }
        for (index, (edge, isBackward)) in zip(part.edges, part.isBackward).enumerated() {
            var path = part.layout.paths[index]
            // Two lines between the same two pipelines are beside each other.
            let shift = part.edges.prefix(index).count { diagram.edges[$0].joins(diagram.edges[edge]) }
            path.move(x, y + (shift + 1) / 2 * (shift.isMultiple(of: 2) ? -9 : 9))
            let kind: Placement.Line.Kind =
                switch diagram.edges[edge].kind {
                case .runs: .flow
                case .success, .any: .after
                case .failure: .error
                }
            scene.lines.append(.init(path: path, kind: kind, isBackward: isBackward))
        }
    }

    // MARK: The others

    private mutating func addOthers() {
        let connected = Set(diagram.edges.flatMap { [$0.source, $0.target] })
        let right = max(Self.pageWidth, scene.boxes.map(\.box.right).max() ?? 0)
        let columns = max(1, (right - Spacing.margin + Self.gap) / (width + Self.gap))
        var next = 0
        for layer in diagram.layers {
            var members: [Int] = []
            while next < diagram.pipelines.count, diagram.pipelines[next].id.layer == layer {
                if !connected.contains(next) { members.append(next) }
                next += 1
            }
            guard !members.isEmpty else { continue }
            addHeading(layer)
            for (index, pipeline) in members.enumerated() {
                let (row, column) = (index / columns, index % columns)
                add(
                    pipeline,
                    at: Box(
                        x: Spacing.margin + column * (width + Self.gap), y: y + row * (Self.height + Self.gap),
                        width: width, height: Self.height), isUnderHeading: true)
            }
            y += (members.count + columns - 1) / columns * (Self.height + Self.gap)
        }
    }

    private mutating func addHeading(_ text: String) {
        if y > Spacing.margin { y += Self.gap }
        scene.labels.append(.init(at: Point(x: Spacing.margin, y: y + 12), text: text, kind: .section))
        y += Self.heading + 6
    }

    private mutating func add(_ index: Int, at box: Box, isUnderHeading: Bool = false) {
        let pipeline = diagram.pipelines[index]
        let room = box.width - NodeText.inset - 10
        let detail = Self.detail(of: pipeline)
        let about = isUnderHeading ? pipeline.description ?? "" : pipeline.id.layer
        var title = "\(pipeline.id)"
        if let text = pipeline.description { title += "\n\(text)" }
        for starter in pipeline.starters { title += "\n\(starter.name): \(starter.words)" }
        scene.boxes.append(
            Scene.NodeBox(
                box: box, index: index, style: .init(kind: "pipeline"),
                lines: [
                    .init(kind: .note, text: TextWidth.fit(about, width: room, size: 11), y: 18),
                    .init(
                        kind: .name,
                        text: TextWidth.fit(
                            pipeline.id.name, width: room, size: NodeText.nameSize, isBold: true, cut: .middle), y: 35),
                    .init(kind: .detail, text: TextWidth.fit(detail, width: room, size: NodeText.detailSize), y: 52),
                ], title: title, icon: "pipeline", target: pipeline.id))
    }

    /// When it starts, in one line.
    static func detail(of pipeline: PipelineDiagram) -> String {
        let triggers = pipeline.starters.filter { $0.kind != .step }
        guard let first = triggers.first else {
            return pipeline.starters.isEmpty ? "started by hand" : "started by other pipelines"
        }
        return first.words + (triggers.count > 1 ? " and \(triggers.count - 1) more" : "")
    }
}

extension ProjectDiagram.Edge {
    /// In either direction.
    fileprivate func joins(_ other: ProjectDiagram.Edge) -> Bool {
        source == other.source && target == other.target || source == other.target && target == other.source
    }
}
