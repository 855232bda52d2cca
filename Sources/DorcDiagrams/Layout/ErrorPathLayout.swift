internal import DorcModel
internal import DorcSynth

/// The error paths, below the steps, in bands: a path that others lead to is below those. The lines to them leave a step at its lower
/// side, go down between the columns, and meet above the band.
struct ErrorPathLayout {
    let diagram: PipelineDiagram
    let sizes: [Box]
    var placement: Placement
    private(set) var labels: [Scene.Label] = []
    /// Where texts are.
    private var written: [Box] = []
    private(set) var right = 0
    private(set) var bottom = 0
    /// The base line of the word that is shown for all of them.
    private(set) var headingY: Int?

    private static let outcomeGap = 22
    private static let outcomeWidth = 96
    /// Between the lines to different paths.
    private static let busGap = 7
    private static let busTop = 26

    init(diagram: PipelineDiagram, sizes: [Box], placement: Placement) {
        self.diagram = diagram
        self.sizes = sizes
        self.placement = placement
    }

    private struct ErrorPath {
        var part: PipelineDiagram.Part
        var shape: BlockShape
        /// The nodes that catchers lead to.
        var starts: [Int]
        var sources: [Int]
        var band = 0
    }

    mutating func run(_ parts: [PipelineDiagram.Part], x: Int, below: Int, right limit: Int) {
        let paths = banded(parts)
        bottom = below
        let widest = max(limit - x, 900)
        for band in 0...(paths.map(\.band).max() ?? 0) {
            var row: [ErrorPath] = []
            var width = 0
            for path in paths where path.band == band {
                if !row.isEmpty, width + path.shape.box.width > widest {
                    place(row, x: x, right: x + widest)
                    (row, width) = ([], 0)
                }
                row.append(path)
                width += path.shape.box.width + Self.outcomeWidth + Spacing.column
            }
            if !row.isEmpty { place(row, x: x, right: x + widest) }
        }
    }

    private func banded(_ parts: [PipelineDiagram.Part]) -> [ErrorPath] {
        var paths = parts.map { part in
            let members = Set(part.members)
            let edges = diagram.edges.filter { $0.kind == .error && members.contains($0.target) }
            return ErrorPath(
                part: part, shape: BlockMeasure(sizes: sizes, outline: part.outline).shape(part.outline.block),
                starts: Set(edges.map(\.target)).sorted(), sources: edges.map(\.source))
        }
        var owner: [Int: Int] = [:]
        for (index, path) in paths.enumerated() { for member in path.part.members { owner[member] = index } }
        // A path leads to later ones only: as many rounds as there are paths are enough.
        for _ in paths {
            for index in paths.indices {
                let above = paths[index].sources.compactMap { owner[$0] }.filter { $0 != index }.map { paths[$0].band }
                if let last = above.max(), last < paths.count { paths[index].band = last + 1 }
            }
        }
        return paths
    }

    private mutating func place(_ row: [ErrorPath], x: Int, right limit: Int) {
        let lanes = row.reduce(0) { $0 + $1.starts.count }
        let busY = bottom + Self.busTop
        if headingY == nil { headingY = busY + 4 }
        let top = busY + max(0, lanes - 1) * Self.busGap + 26
        var next = x
        var lane = 0
        var lowest = top
        for path in row {
            let inset = 18 + Self.busGap * path.starts.count
            let width = inset + path.shape.box.width + Self.outcomeGap + Self.outcomeWidth
            let wish = path.sources.compactMap { placement.boxes[$0]?.x }.min() ?? x
            let left = max(next, min(wish, limit - width))
            var placer = BlockPlacer()
            let ports = placer.place(path.shape, x: left + inset, y: top, height: path.shape.box.height)
            let found = placer.placement
            let before = placement.boxes
            placement.boxes.merge(found.boxes) { _, new in new }
            placement.frames += found.frames
            placement.junctions += found.junctions
            placement.lines += found.lines.map { line in
                var line = line
                line.kind = .outcome
                return line
            }
            addOutcomes(path, ports, right: left + inset + path.shape.box.width)
            for (position, start) in path.starts.enumerated() {
                let down = left + 8 + Self.busGap * position
                if let target = placement.boxes[start] {
                    connect(sources(of: start), to: target, bus: busY + lane * Self.busGap, down: down, lane, before)
                }
                lane += 1
            }
            next = left + width + Spacing.column
            lowest = max(lowest, top + path.shape.box.height)
            right = max(right, left + width)
        }
        bottom = lowest
    }

    /// What comes after the last steps of a path, in words.
    private mutating func addOutcomes(_ path: ErrorPath, _ ports: Ports, right: Int) {
        for node in path.part.members {
            guard let outcome = diagram.nodes[node].outcome, let box = placement.boxes[node],
                var way = ports.exits.first(where: { $0.start == Point(x: box.right, y: box.middle) })
            else { continue }
            way.line(to: Point(x: right + Self.outcomeGap - 4, y: way.end.y))
            placement.add(way, .outcome)
            written.append(
                Box(
                    x: box.right, y: way.end.y - 10, width: right + Self.outcomeGap + Self.outcomeWidth - box.right,
                    height: 20))
            labels.append(
                .init(
                    at: Point(x: right + Self.outcomeGap + 2, y: way.end.y + 4),
                    text: outcome == .fails ? "run fails" : "run goes on",
                    kind: outcome == .fails ? .fails : .goesOn))
        }
    }

    /// The boxes that lead to a handler. Steps in a frame do so together: each says it in its box.
    private func sources(of handler: Int) -> [Box] {
        var boxes: [Box] = []
        for edge in diagram.edges where edge.kind == .error && edge.target == handler {
            guard let own = placement.boxes[edge.source] else { continue }
            let frame = placement.frames.last { $0.box.contains(own) }
            let box = frame?.box ?? own
            if !boxes.contains(box) { boxes.append(box) }
        }
        return boxes
    }

    /// A way down from a box: along `stub` to its channel.
    private struct Way {
        var start: Point
        var stub: Int
        var channel: Int

        func points(_ more: Point...) -> [Point] {
            [start, Point(x: start.x, y: stub), Point(x: channel, y: stub)] + more
        }
    }

    /// Where several lines have a part in common, one of them has it: dashes on dashes would be a solid line.
    private mutating func connect(
        _ sources: [Box], to target: Box, bus: Int, down: Int, _ lane: Int, _ boxes: [Int: Box]
    ) {
        let ways = sources.map { source in
            let start = Point(x: source.right - 20, y: source.bottom)
            let stub = source.bottom + 7
            return Way(
                start: start, stub: stub, channel: channel(from: start, stub: stub, bus: bus, among: boxes, lane: lane))
        }.sorted { ($0.channel, $0.stub) < ($1.channel, $1.stub) }
        var leaders: [Way] = []
        for way in ways {
            if leaders.last?.channel == way.channel {
                placement.add(Path(through: way.points()), .error, hasArrow: false)
            } else {
                leaders.append(way)
            }
        }
        guard let first = leaders.first, let last = leaders.last else { return }
        let isFirst = abs(first.channel - down) >= abs(last.channel - down)
        let (longest, other) = isFirst ? (first, last) : (last, first)
        let end = [Point(x: down, y: target.middle), Point(x: target.x, y: target.middle)]
        placement.add(
            Path(through: longest.points(Point(x: longest.channel, y: bus), Point(x: down, y: bus)) + end), .error)
        for way in leaders where way.channel != longest.channel {
            let isBeyond = way.channel == other.channel && (other.channel < down) != (longest.channel < down)
            let points = way.points(Point(x: way.channel, y: bus)) + (isBeyond ? [Point(x: down, y: bus)] : [])
            placement.add(Path(through: points), .error, hasArrow: false)
        }
    }

    /// Where a line can go straight down: the place nearest to the start without a box in the way.
    private func channel(from start: Point, stub: Int, bus: Int, among boxes: [Int: Box], lane: Int) -> Int {
        let all = (Array(boxes.values) + written + placement.frames.map(\.box)).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        func isFree(_ x: Int) -> Bool {
            !all.contains { $0.intersects(x: x, stub, bus) }
                && !all.contains { box in
                    stub > box.y && stub < box.bottom && box.right > min(x, start.x) && box.x < max(x, start.x)
                }
        }
        if isFree(start.x) { return start.x }
        let shift = (lane % 4) * 6
        let candidates = Set(all.flatMap { [$0.right + 8 + shift, $0.x - 8 - shift] })
        let sorted = candidates.sorted { (abs($0 - start.x), $0) < (abs($1 - start.x), $1) }
        return sorted.first(where: isFree) ?? start.x
    }
}
