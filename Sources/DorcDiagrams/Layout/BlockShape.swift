internal import DorcSynth

/// A block with its size: series from left to right, parallel blocks one above the other.
indirect enum BlockShape {
    case node(Int, Box)
    case series([BlockShape], Box)
    /// A long series, in rows that are read like the lines of a text.
    case rows([[BlockShape]], Box)
    case parallel([BlockShape], Box)
    /// Many parallel blocks in columns of equal width, in a frame.
    case grid([BlockShape], columns: Int, cell: Box, Box)
    /// Steps that are not series-parallel, in the columns in which they run.
    case crossing(CrossingPart, Box)

    /// At the origin.
    var box: Box {
        switch self {
        case .node(_, let box), .series(_, let box), .rows(_, let box), .parallel(_, let box), .grid(_, _, _, let box),
            .crossing(_, let box):
            box
        }
    }

    var entryCount: Int {
        switch self {
        case .node, .grid: 1
        case .series(let shapes, _): shapes.first?.entryCount ?? 0
        case .rows(let rows, _): rows.first?.first?.entryCount ?? 0
        case .parallel(let shapes, _): shapes.reduce(0) { $0 + $1.entryCount }
        case .crossing(let part, _): part.entries.count
        }
    }

    var exitCount: Int {
        switch self {
        case .node, .grid: 1
        case .series(let shapes, _): shapes.last?.exitCount ?? 0
        case .rows(let rows, _): rows.last?.last?.exitCount ?? 0
        case .parallel(let shapes, _): shapes.reduce(0) { $0 + $1.exitCount }
        case .crossing(let part, _): part.exits.count
        }
    }
}

/// Steps that are not series-parallel, by their positions among themselves.
struct CrossingPart {
    var members: [Int]
    var entries: [Int]
    var exits: [Int]
    var layout: LayeredLayout
    /// The first `inner` are those between members; the others lead from the left side to an entry, or from an exit to the right.
    var edges: [LayeredLayout.Edge]
    var inner: Int
}

/// Blocks -> BlockShape.
struct BlockMeasure {
    /// Of each node.
    let sizes: [Box]
    let outline: WorkflowOutline

    /// More parallel blocks than that are folded.
    static let mostRows = 9
    static let gridPadding = 14
    static let gridTitle = 26
    static let gridGap = 12

    /// Between the columns of a grid: more where there are lines in them.
    static func columnGap(_ shapes: [BlockShape]) -> Int {
        shapes.allSatisfy { if case .node = $0 { true } else { false } } ? gridGap : 40
    }

    /// A series that is wider is written in rows of about `rowWidth`.
    private static let (widest, rowWidth) = (1500, 1150)

    /// Between two parts of a series: wider where more lines run there, and where they climb.
    static func gap(_ left: BlockShape, _ right: BlockShape) -> Int {
        let (exits, entries) = (left.exitCount, right.entryCount)
        let climb = (exits > 1 ? left.box.height : 0) + (entries > 1 ? right.box.height : 0)
        return Spacing.column + (exits > 1 && entries > 1 ? 24 : 0) + min(60, climb / 14)
    }

    func shape(_ block: Block) -> BlockShape {
        let whole = part(block)
        guard case .series(let shapes, let box) = whole, box.width > Self.widest else { return whole }
        // Around one wide part there is little to win.
        let widest = shapes.map(\.box.width).max() ?? 0
        return widest * 5 > box.width * 3 ? whole : rows(shapes, width: box.width)
    }

    private func part(_ block: Block) -> BlockShape {
        switch block {
        case .step(let step): return .node(step, sizes.indices.contains(step) ? sizes[step] : Box(width: 0, height: 0))
        case .series(let blocks):
            let shapes = runs(of: blocks)
            return shapes.count == 1 ? shapes[0] : series(shapes)
        case .parallel(let blocks):
            let shapes = blocks.map(part)
            if shapes.count > Self.mostRows { return grid(shapes) }
            let width = shapes.map(\.box.width).max() ?? 0
            let height = shapes.reduce(Spacing.row * (shapes.count - 1)) { $0 + $1.box.height }
            return .parallel(shapes, Box(width: width, height: height))
        }
    }

    private func series(_ shapes: [BlockShape]) -> BlockShape {
        let gaps = zip(shapes, shapes.dropFirst()).reduce(0) { $0 + Self.gap($1.0, $1.1) }
        let width = shapes.reduce(gaps) { $0 + $1.box.width }
        return .series(shapes, Box(width: width, height: shapes.map(\.box.height).max() ?? 0))
    }

    private func rows(_ shapes: [BlockShape], width: Int) -> BlockShape {
        let count = (width + Self.rowWidth - 1) / Self.rowWidth
        let limit = max(width / count, shapes.map(\.box.width).max() ?? 0)
        var rows: [[BlockShape]] = []
        var end = 0
        for shape in shapes {
            let gap = rows.last?.last.map { Self.gap($0, shape) } ?? 0
            // A row may be a little longer than its share, so that the last one is not a rest.
            if !rows.isEmpty, end + gap + shape.box.width / 2 <= limit {
                rows[rows.count - 1].append(shape)
                end += gap + shape.box.width
            } else {
                rows.append([shape])
                end = shape.box.width
            }
        }
        let boxes = rows.map { series($0).box }
        let height = boxes.reduce(PipelineLayout.rowGap * (rows.count - 1)) { $0 + $1.height }
        return .rows(rows, Box(width: boxes.map(\.width).max() ?? 0, height: height))
    }

    private func grid(_ shapes: [BlockShape]) -> BlockShape {
        let cell = Box(width: shapes.map(\.box.width).max() ?? 0, height: shapes.map(\.box.height).max() ?? 0)
        let gap = Self.columnGap(shapes)
        func size(_ columns: Int) -> Box {
            let rows = (shapes.count + columns - 1) / columns
            return Box(
                width: columns * (cell.width + gap) - gap + 2 * Self.gridPadding,
                height: rows * (cell.height + Self.gridGap) - Self.gridGap + 2 * Self.gridPadding + Self.gridTitle)
        }
        // About as wide as a screen is.
        var columns = 1
        while columns < shapes.count, size(columns).width * 10 < size(columns).height * 14 { columns += 1 }
        return .grid(shapes, columns: columns, cell: cell, size(columns))
    }

    // MARK: Crossing steps

    /// Neighbours that are of one crossing part become one shape.
    private func runs(of blocks: [Block]) -> [BlockShape] {
        var shapes: [BlockShape] = []
        var index = 0
        while index < blocks.count {
            let first = Self.steps(of: blocks[index])
            let part = outline.crossing.first { part in first.allSatisfy(part.contains) }.map(Set.init)
            var end = index + 1
            if let part {
                while end < blocks.count, Self.steps(of: blocks[end]).allSatisfy(part.contains) { end += 1 }
            }
            shapes.append(end - index > 1 ? crossing(Array(blocks[index..<end])) : self.part(blocks[index]))
            index = end
        }
        return shapes
    }

    private func crossing(_ blocks: [Block]) -> BlockShape {
        var layers: [Int: Int] = [:]
        var depth = 0
        for block in blocks { depth = Self.assign(block, from: depth, &layers) }
        let members = layers.keys.sorted()
        let position = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
        var items = members.map {
            LayeredLayout.Item(width: sizes[$0].width, height: sizes[$0].height, layer: (layers[$0] ?? 0))
        }
        var edges: [LayeredLayout.Edge] = []
        var isLast = Array(repeating: true, count: members.count)
        for (target, member) in members.enumerated() {
            for source in outline.predecessors[member].compactMap({ position[$0] }) {
                edges.append(.init(source: source, target: target))
                isLast[source] = false
            }
        }
        let entries = members.indices.filter { index in !edges.contains { $0.target == index } }
        let exits = members.indices.filter { isLast[$0] }
        let ways = edges.count
        // Those that begin later or end earlier have lines to the sides of the whole: edges to nodes of no size.
        let last = items.map(\.layer).max() ?? 0
        for entry in entries where items[entry].layer > 0 {
            edges.append(.init(source: items.count, target: entry))
            items.append(.init(width: 0, height: 4, layer: 0))
        }
        for exit in exits where items[exit].layer < last {
            edges.append(.init(source: exit, target: items.count))
            items.append(.init(width: 0, height: 4, layer: last))
        }
        let layout = LayeredLayout(items, edges)
        let crossing = CrossingPart(
            members: members, entries: entries, exits: exits, layout: layout, edges: edges, inner: ways)
        return .crossing(crossing, Box(width: layout.width, height: layout.height))
    }

    /// - Returns: the layer after the block.
    private static func assign(_ block: Block, from layer: Int, _ layers: inout [Int: Int]) -> Int {
        switch block {
        case .step(let step):
            layers[step] = layer
            return layer + 1
        case .series(let blocks): return blocks.reduce(layer) { assign($1, from: $0, &layers) }
        case .parallel(let blocks): return blocks.map { assign($0, from: layer, &layers) }.max() ?? layer
        }
    }

    private static func steps(of block: Block) -> [Int] {
        switch block {
        case .step(let step): [step]
        case .series(let blocks), .parallel(let blocks): blocks.flatMap(steps)
        }
    }
}
