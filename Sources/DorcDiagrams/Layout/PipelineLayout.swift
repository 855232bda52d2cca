internal import DorcModel
internal import DorcSynth

/// PipelineDiagram -> Scene: what starts the pipeline at the left, then the steps, and below them the error paths.
struct PipelineLayout {
    private let diagram: PipelineDiagram
    private let width: Int
    private let sizes: [Box]
    private var scene = Scene()
    private var placement = Placement()

    /// Between the rows of a long series.
    static let rowGap = 44
    private static let starterGap = 10
    /// More starters than that are counted.
    private static let mostStarters = 6
    private static let radius = 7

    init(_ diagram: PipelineDiagram) {
        self.diagram = diagram
        let width = NodeText.width(of: diagram)
        self.width = width
        sizes = diagram.nodes.map { Box(width: width, height: NodeText($0, in: diagram).height) }
    }

    static func scene(of diagram: PipelineDiagram) -> Scene {
        var layout = PipelineLayout(diagram)
        layout.run()
        return layout.scene
    }

    private mutating func run() {
        scene.title = "Pipeline \(diagram.id)"
        scene.description = DiagramText.description(of: diagram)
        let starters = starterBoxes()
        let starterWidth = starters.map(\.box.width).max() ?? 0
        let starterHeight = starters.reduce(-Self.starterGap) { $0 + $1.box.height + Self.starterGap }
        let left = Spacing.margin + (starters.isEmpty ? Self.radius : starterWidth + Spacing.column)
        let main = mainShape
        let climb = (main.shape?.entryCount ?? 1) > 1 ? main.firstHeight / 12 : 0
        let x = left + Spacing.column - 4 + min(60, climb)
        // The middle of the first row is that of the starters too.
        let first = max(main.firstHeight, starterHeight, 2 * Self.radius)
        let top = Spacing.margin
        let axis = top + first / 2
        let ports = placeMain(main, x: x, top: axis - main.firstHeight / 2)
        addStarters(starters, middle: axis, to: Point(x: left, y: axis))
        scene.marks.append((.start, Point(x: left, y: axis)))
        for entry in ports.entries {
            var path = Path(from: Point(x: left + Self.radius, y: axis))
            path.curve(to: entry.start)
            path.pieces += entry.pieces
            placement.add(path)
        }
        let right = addEnd(ports.exits)
        let bottom = max(axis - main.firstHeight / 2 + main.box.height, axis + first / 2)
        var errors = ErrorPathLayout(diagram: diagram, sizes: sizes, placement: placement)
        if case .blocks(_, let parts) = diagram.flow, !parts.isEmpty {
            errors.run(parts, x: x, below: bottom, right: right)
        }
        placement = errors.placement
        scene.labels += errors.labels
        if let heading = errors.headingY {
            scene.labels.append(.init(at: Point(x: Spacing.margin, y: heading), text: "On error", kind: .heading))
        }
        let wires = placement.lines.flatMap { $0.path.pieces.map(\.end.x) }.max() ?? 0
        scene.width = max(right, errors.right, wires) + Spacing.margin
        scene.height = max(bottom, errors.bottom) + Spacing.margin
        scene.frames = placement.frames
        scene.lines += placement.lines
        scene.junctions = placement.junctions
        addNodes()
    }

    // MARK: Steps

    private struct Main {
        var box: Box
        /// Of the first row.
        var firstHeight: Int
        var shape: BlockShape?
    }

    private var mainShape: Main {
        guard case .blocks(let part, _) = diagram.flow, !part.members.isEmpty else {
            let box = DefinitionLayout.place(diagram, sizes: sizes).box
            return Main(box: box, firstHeight: box.height)
        }
        let shape = BlockMeasure(sizes: sizes, outline: part.outline).shape(part.outline.block)
        var first = shape.box.height
        if case .rows(let rows, _) = shape { first = rows.first?.map(\.box.height).max() ?? first }
        return Main(box: shape.box, firstHeight: first, shape: shape)
    }

    private mutating func placeMain(_ main: Main, x: Int, top: Int) -> Ports {
        if let shape = main.shape {
            var placer = BlockPlacer()
            let ports = placer.place(shape, x: x, y: top, height: shape.box.height)
            placement = placer.placement
            return ports
        }
        var (found, ports, _) = DefinitionLayout.place(diagram, sizes: sizes)
        for node in found.boxes.keys {
            found.boxes[node]?.x += x
            found.boxes[node]?.y += top
        }
        for index in found.lines.indices { found.lines[index].path.move(x, top) }
        for index in ports.entries.indices { ports.entries[index].move(x, top) }
        placement = found
        return ports
    }

    /// - Returns: the right side of all that is drawn.
    private mutating func addEnd(_ exits: [Path]) -> Int {
        let whole = placement.boxes.values.map(\.right).max() ?? 0
        guard let right = exits.map(\.end.x).max() else { return whole }
        let middle = ((exits.map(\.end.y).min() ?? 0) + (exits.map(\.end.y).max() ?? 0)) / 2
        let climb = (exits.map(\.end.y).max() ?? 0) - (exits.map(\.end.y).min() ?? 0)
        let end = Point(x: right + Spacing.column - 8 + min(60, climb / 12), y: middle)
        for var exit in exits {
            exit.line(to: Point(x: right, y: exit.end.y))
            exit.curve(to: Point(x: end.x - Self.radius - 1, y: end.y))
            placement.add(exit)
        }
        scene.marks.append((.end, end))
        return max(end.x + Self.radius, whole)
    }

    private mutating func addNodes() {
        for (index, node) in diagram.nodes.enumerated() {
            guard let box = placement.boxes[index] else { continue }
            let text = NodeText(node, in: diagram)
            scene.boxes.append(
                Scene.NodeBox(
                    box: box, index: index,
                    style: .init(
                        kind: node.kind.rawValue, isHandler: node.isHandler,
                        isMany: node.kind == .map || node.kind == .distributedMap),
                    lines: text.lines(width: box.width), title: text.title, icon: node.kind.rawValue,
                    target: node.target))
        }
    }

    // MARK: Starters

    private func starterBoxes() -> [Scene.NodeBox] {
        let shown = diagram.starters.prefix(
            diagram.starters.count > Self.mostStarters ? Self.mostStarters - 1 : Self.mostStarters)
        var boxes = shown.map { starter in
            let words = starter.note.isEmpty ? starter.words : "\(starter.words) · \(starter.note)"
            let width = min(
                max(TextWidth.of(starter.name, size: 12, isBold: true), TextWidth.of(words, size: 11)) + 58, 300)
            let room = width - 56
            return Scene.NodeBox(
                box: Box(width: width, height: 40), index: 0,
                style: .init(kind: starter.kind.rawValue, isStarter: true),
                lines: [
                    .init(
                        kind: .name,
                        text: TextWidth.fit(starter.name, width: room, size: 12, isBold: true, cut: .middle), y: 17),
                    .init(kind: .detail, text: TextWidth.fit(words, width: room, size: 11), y: 31),
                ], title: "\(starter.name): \(words)", icon: starter.kind.rawValue,
                target: starter.kind == .step ? starter.pipelines.first : nil)
        }
        if diagram.starters.count > shown.count {
            let text = "and \(diagram.starters.count - shown.count) more"
            boxes.append(
                Scene.NodeBox(
                    box: Box(width: TextWidth.of(text, size: 11) + 44, height: 28), index: 0,
                    style: .init(kind: "more", isStarter: true), lines: [.init(kind: .detail, text: text, y: 18)],
                    title: diagram.starters.dropFirst(shown.count).map(\.name).joined(separator: "\n"), icon: ""))
        }
        let width = boxes.map(\.box.width).max() ?? 0
        for index in boxes.indices { boxes[index].box.width = width }
        return boxes
    }

    private mutating func addStarters(_ boxes: [Scene.NodeBox], middle: Int, to start: Point) {
        let height = boxes.reduce(-Self.starterGap) { $0 + $1.box.height + Self.starterGap }
        var y = middle - height / 2
        for var starter in boxes {
            starter.box.x = Spacing.margin
            starter.box.y = y
            y += starter.box.height + Self.starterGap
            var path = Path(from: Point(x: starter.box.right, y: starter.box.middle))
            path.curve(to: Point(x: start.x - Self.radius - 1, y: start.y))
            placement.add(path)
            scene.boxes.append(starter)
        }
    }
}
