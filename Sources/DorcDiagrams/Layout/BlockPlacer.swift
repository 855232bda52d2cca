/// BlockShape -> where each node is, and the lines between them.
struct BlockPlacer {
    private(set) var placement = Placement()

    /// Puts a shape into a space that has its width and at least its height.
    mutating func place(_ shape: BlockShape, x: Int, y: Int, height: Int) -> Ports {
        let top = y + (height - shape.box.height) / 2
        switch shape {
        case .node(let node, let size):
            let box = Box(x: x, y: top, width: size.width, height: size.height)
            placement.boxes[node] = box
            return Self.ports(of: box)
        case .series(let shapes, let box): return series(shapes, x: x, y: top, height: box.height)
        case .rows(let rows, _): return self.rows(rows, x: x, y: top)
        case .parallel(let shapes, let box):
            var ports = Ports()
            var next = top
            for shape in shapes {
                var inner = place(shape, x: x, y: next, height: shape.box.height)
                for index in inner.exits.indices {
                    inner.exits[index].line(to: Point(x: x + box.width, y: inner.exits[index].end.y))
                }
                ports.entries += inner.entries
                ports.exits += inner.exits
                next += shape.box.height + Spacing.row
            }
            return ports
        case .grid(let shapes, let columns, let cell, let size):
            grid(shapes, columns, cell, x: x, y: top)
            let box = Box(x: x, y: top, width: size.width, height: size.height)
            let steps = shapes.allSatisfy { if case .node = $0 { true } else { false } }
            placement.frames.append(
                .init(box: box, title: "\(shapes.count) \(steps ? "steps" : "branches") side by side"))
            return Self.ports(of: box)
        case .crossing(let part, let box): return crossing(part, x: x, y: top, right: x + box.width)
        }
    }

    private static func ports(of box: Box) -> Ports {
        Ports(
            entries: [Path(from: Point(x: box.x, y: box.middle))],
            exits: [Path(from: Point(x: box.right, y: box.middle))])
    }

    private mutating func series(_ shapes: [BlockShape], x: Int, y: Int, height: Int) -> Ports {
        var ports = Ports()
        var next = x
        var previous: BlockShape?
        for shape in shapes {
            if let previous { next += BlockMeasure.gap(previous, shape) }
            let inner = place(shape, x: next, y: y, height: height)
            if previous == nil {
                ports.entries = inner.entries
            } else {
                Ports.connect(ports.exits, inner.entries, axis: y + height / 2, in: &placement)
            }
            ports.exits = inner.exits
            next += shape.box.width
            previous = shape
        }
        return ports
    }

    /// The line from the end of a row to the start of the next runs between the two.
    private mutating func rows(_ rows: [[BlockShape]], x: Int, y: Int) -> Ports {
        var ports = Ports()
        var top = y
        for row in rows {
            let height = row.map(\.box.height).max() ?? 0
            let inner = series(row, x: x, y: top, height: height)
            if top == y {
                ports.entries = inner.entries
            } else {
                connectRow(ports.exits, inner.entries, x: x, between: top - PipelineLayout.rowGap / 2, top + height / 2)
            }
            ports.exits = inner.exits
            top += height + PipelineLayout.rowGap
        }
        return ports
    }

    private mutating func connectRow(_ exits: [Path], _ entries: [Path], x: Int, between y: Int, _ axis: Int) {
        let right = exits.map(\.end.x).max() ?? x
        var way = Path(from: exits.first?.end ?? Point(x: x, y: y))
        if exits.count == 1, let exit = exits.first {
            way = exit
            way.line(to: Point(x: right + 22, y: exit.end.y))
        } else {
            let meeting = Point(x: right + 26, y: exits.map(\.end.y).reduce(0, +) / max(1, exits.count))
            placement.junctions.append(meeting)
            for var exit in exits {
                exit.curve(to: meeting)
                placement.add(exit, hasArrow: false)
            }
            way = Path(from: meeting)
        }
        let left = x - (entries.count > 1 ? 34 : 26)
        way.line(to: Point(x: way.end.x, y: y))
        way.line(to: Point(x: left, y: y))
        way.line(to: Point(x: left, y: axis))
        if entries.count > 1 {
            placement.junctions.append(way.end)
            placement.add(way, hasArrow: false)
            for entry in entries {
                var path = Path(from: way.end)
                path.curve(to: entry.start)
                path.pieces += entry.pieces
                placement.add(path)
            }
        } else if let entry = entries.first {
            way.line(to: entry.start)
            way.pieces += entry.pieces
            placement.add(way)
        }
    }

    /// Filled column by column.
    private mutating func grid(_ shapes: [BlockShape], _ columns: Int, _ cell: Box, x: Int, y: Int) {
        let rows = (shapes.count + columns - 1) / max(1, columns)
        let gap = BlockMeasure.columnGap(shapes)
        for (index, shape) in shapes.enumerated() {
            let (column, row) = (index / max(1, rows), index % max(1, rows))
            _ = place(
                shape, x: x + BlockMeasure.gridPadding + column * (cell.width + gap),
                y: y + BlockMeasure.gridPadding + BlockMeasure.gridTitle + row * (cell.height + BlockMeasure.gridGap),
                height: cell.height)
        }
    }

    private mutating func crossing(_ part: CrossingPart, x: Int, y: Int, right: Int) -> Ports {
        let paths = part.layout.paths.map { path in
            var path = path
            path.move(x, y)
            return path
        }
        for path in paths.prefix(part.inner) { placement.add(path) }
        var (entries, exits): ([Int: Path], [Int: Path]) = ([:], [:])
        for index in part.inner..<paths.count {
            let edge = part.edges[index]
            if edge.target < part.members.count {
                entries[edge.target] = paths[index]
            } else {
                exits[edge.source] = paths[index]
            }
        }
        for (index, member) in part.members.enumerated() {
            var box = part.layout.boxes[index]
            box.x += x
            box.y += y
            placement.boxes[member] = box
        }
        func ports(_ index: Int) -> Ports { placement.boxes[part.members[index]].map(Self.ports) ?? Ports() }
        return Ports(
            entries: part.entries.flatMap { index in entries[index].map { [$0] } ?? ports(index).entries },
            exits: part.exits.flatMap { index -> [Path] in
                guard var path = exits[index] else { return ports(index).exits }
                path.line(to: Point(x: right, y: path.end.y))
                return [path]
            })
    }
}
