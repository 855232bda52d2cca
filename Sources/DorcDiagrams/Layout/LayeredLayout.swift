/// Nodes in layers from left to right -> their places, and the ways of the edges between them.
///
/// The usual steps (Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", 1981): an edge
/// over several layers gets a place in each of them; the order within the layers is that with the fewest crossings that sweeps with
/// barycentres find; then each node is as near to its neighbours as the order allows.
struct LayeredLayout {
    struct Item: Sendable {
        var width: Int
        var height: Int
        var layer: Int
    }

    struct Edge: Sendable {
        var source: Int
        var target: Int
    }

    /// Of the items, in their order.
    private(set) var boxes: [Box] = []
    /// Of the edges, in their order; from the right side of one box to the left side of another.
    private(set) var paths: [Path] = []
    private(set) var width = 0
    private(set) var height = 0

    /// More places for edges than that are not made: such edges go straight.
    private static let mostPlaces = 6000

    /// Items, and after them the places of edges.
    private var nodes: [Item] = []
    private var before: [[Int]] = []
    private var after: [[Int]] = []
    private var layers: [[Int]] = []
    private var isPlace: [Bool] = []
    private let columnGap: Int
    private let rowGap: Int

    /// Each edge leads to a later layer.
    init(_ items: [Item], _ edges: [Edge], columnGap: Int = Spacing.column, rowGap: Int = Spacing.row) {
        self.columnGap = columnGap
        self.rowGap = rowGap
        nodes = items
        before = Array(repeating: [], count: items.count)
        after = before
        isPlace = Array(repeating: false, count: items.count)
        let ways = edges.map { way($0) }
        layers = Array(repeating: [], count: (nodes.map(\.layer).max() ?? -1) + 1)
        for index in nodes.indices { layers[nodes[index].layer].append(index) }
        order()
        place(ways, count: items.count)
    }

    /// The places of an edge between its ends, made where it needs some.
    private mutating func way(_ edge: Edge) -> [Int] {
        var way = [edge.source]
        if nodes.count < Self.mostPlaces {
            var layer = nodes[edge.source].layer + 1
            while layer < nodes[edge.target].layer {
                way.append(nodes.count)
                nodes.append(Item(width: 0, height: 6, layer: layer))
                before.append([])
                after.append([])
                isPlace.append(true)
                layer += 1
            }
        }
        way.append(edge.target)
        for (source, target) in zip(way, way.dropFirst()) {
            after[source].append(target)
            before[target].append(source)
        }
        return way
    }

    // MARK: Order

    private mutating func order() {
        guard layers.count > 1 else { return }
        var best = layers
        var fewest = crossings
        for sweep in 0..<12 where fewest > 0 {
            let isForward = sweep.isMultiple(of: 2)
            let indices = isForward ? Array(1..<layers.count) : Array((0..<layers.count - 1).reversed())
            for layer in indices { sort(layer, by: isForward ? before : after) }
            let now = crossings
            if now < fewest { (best, fewest) = (layers, now) }
        }
        layers = best
    }

    private mutating func sort(_ layer: Int, by neighbours: [[Int]]) {
        var position: [Int: Int] = [:]
        for nearby in [layer - 1, layer + 1] where layers.indices.contains(nearby) {
            for (place, node) in layers[nearby].enumerated() { position[node] = place }
        }
        let keyed = layers[layer].enumerated().map { place, node -> (key: Double, place: Int, node: Int) in
            let places = neighbours[node].compactMap { position[$0] }
            let key = places.isEmpty ? Double(place) : Double(places.reduce(0, +)) / Double(places.count)
            return (key, place, node)
        }
        layers[layer] = keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.node)
    }

    /// Between neighbouring layers; each pair of edges that cross is counted in a tree of sums.
    private var crossings: Int {
        var count = 0
        for (left, right) in zip(layers, layers.dropFirst()) {
            let position = Dictionary(
                right.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            var tree = Array(repeating: 0, count: right.count + 1)
            var added = 0
            for node in left {
                let targets = after[node].compactMap { position[$0] }
                for target in targets {
                    // Those added that end above or at the same place do not cross.
                    var (index, notAbove) = (target + 1, 0)
                    while index > 0 {
                        notAbove += tree[index]
                        index -= index & -index
                    }
                    count += added - notAbove
                }
                for target in targets {
                    var index = target + 1
                    while index < tree.count {
                        tree[index] += 1
                        index += index & -index
                    }
                    added += 1
                }
            }
        }
        return count
    }

    // MARK: Places

    private mutating func place(_ ways: [[Int]], count: Int) {
        let tops = verticals()
        var x = 0
        var columns: [(left: Int, right: Int)] = []
        for (index, layer) in layers.enumerated() {
            let width = layer.map { nodes[$0].width }.max() ?? 0
            columns.append((x, x + width))
            let edges = layer.reduce(0) { $0 + after[$1].count }
            x += width + (index + 1 < layers.count ? columnGap + min(60, 2 * edges) : 0)
        }
        width = x
        let all = nodes.indices.map { index in
            let node = nodes[index]
            return Box(x: columns[node.layer].left, y: tops[index], width: node.width, height: node.height)
        }
        height = all.map(\.bottom).max() ?? 0
        boxes = Array(all.prefix(count))
        paths = ways.map { way in
            var path = Path(from: Point(x: all[way[0]].right, y: all[way[0]].middle))
            path.line(to: Point(x: columns[nodes[way[0]].layer].right, y: path.end.y))
            for node in way.dropFirst().dropLast() {
                path.curve(to: Point(x: columns[nodes[node].layer].left, y: all[node].middle))
                path.line(to: Point(x: columns[nodes[node].layer].right, y: all[node].middle))
            }
            let target = all[way[way.count - 1]]
            path.curve(to: Point(x: target.x - Spacing.arrow, y: target.middle))
            path.line(to: Point(x: target.x, y: target.middle))
            return path
        }
    }

    /// The upper side of each node: sweeps that move each layer as near to its neighbours as its order allows.
    private func verticals() -> [Int] {
        var middles = Array(repeating: 0.0, count: nodes.count)
        for layer in layers {
            var y = 0.0
            for node in layer {
                middles[node] = y + Double(nodes[node].height) / 2
                y += Double(nodes[node].height + gap)
            }
        }
        let rounds = nodes.count > 2000 ? 4 : 16
        for round in 0..<rounds {
            let isForward = round.isMultiple(of: 2)
            for layer in isForward ? layers : layers.reversed() {
                settle(layer, &middles, round + 2 >= rounds ? nil : isForward)
            }
        }
        let tops = nodes.indices.map { Int((middles[$0] - Double(nodes[$0].height) / 2).rounded()) }
        let least = tops.min() ?? 0
        return tops.map { $0 - least }
    }

    private var gap: Int { rowGap }

    /// The places that are nearest to the wished ones (least squares) and keep the order and the distances: neighbours that would
    /// come too near are moved together (pooling of adjacent violators).
    private func settle(_ layer: [Int], _ middles: inout [Double], _ isForward: Bool?) {
        var offset = 0.0
        var blocks: [(sum: Double, weight: Double, members: [(node: Int, offset: Double)])] = []
        var previous: Int?
        for node in layer {
            if let previous {
                let heights = Double(nodes[previous].height + nodes[node].height) / 2
                offset += heights + Double(isPlace[previous] && isPlace[node] ? 6 : gap)
            }
            previous = node
            let (wish, weight) = wish(node, middles, isForward)
            blocks.append(((wish - offset) * weight, weight, [(node, offset)]))
            while blocks.count > 1 {
                let (last, one) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
                guard last.sum / last.weight < one.sum / one.weight else { break }
                blocks.removeLast()
                blocks[blocks.count - 1] = (one.sum + last.sum, one.weight + last.weight, one.members + last.members)
            }
        }
        for block in blocks {
            for member in block.members { middles[member.node] = block.sum / block.weight + member.offset }
        }
    }

    private func wish(_ node: Int, _ middles: [Double], _ isForward: Bool?) -> (Double, Double) {
        let neighbours: [Int] =
            switch isForward {
            case true?: before[node]
            case false?: after[node]
            case nil: before[node] + after[node]
            }
        guard !neighbours.isEmpty else { return (middles[node], 0.05) }
        let sorted = neighbours.map { middles[$0] }.sorted()
        let median = (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
        // A long edge is to be straight before all.
        let isStraight = isPlace[node] && neighbours.contains { isPlace[$0] }
        return (median, isStraight ? 6 : 1)
    }
}
