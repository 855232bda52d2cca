/// What a layout has found so far: where boxes are, and how lines go.
struct Placement: Sendable {
    struct Line: Sendable {
        enum Kind: Sendable {
            case flow, error
            /// A pipeline that waits for the end of another one.
            case after
            /// Of an error path itself.
            case outcome
        }

        var path: Path
        var kind = Kind.flow
        var hasArrow = true
        /// Whether the arrow is at the start: an edge of a cycle.
        var isBackward = false
    }

    /// A group of boxes that run side by side, with one line in and one out for all of them.
    struct Frame: Sendable {
        var box: Box
        var title: String
    }

    /// By node.
    var boxes: [Int: Box] = [:]
    var frames: [Frame] = []
    /// Where lines meet.
    var junctions: [Point] = []
    var lines: [Line] = []

    mutating func add(_ path: Path, _ kind: Line.Kind = .flow, hasArrow: Bool = true, isBackward: Bool = false) {
        lines.append(Line(path: path, kind: kind, hasArrow: hasArrow, isBackward: isBackward))
    }
}

/// The ways into and out of something that is placed: the lines that are still to be connected.
struct Ports: Sendable {
    /// Each from the left side of the whole to a box.
    var entries: [Path] = []
    /// Each from a box to the right side of the whole.
    var exits: [Path] = []

    /// Draws the lines from the exits to the entries. Where several meet several, they meet in a point.
    static func connect(_ exits: [Path], _ entries: [Path], axis: Int, in placement: inout Placement) {
        if exits.count > 1, entries.count > 1 {
            let left = exits.map(\.end.x).max() ?? 0
            let right = entries.map(\.start.x).min() ?? left
            let point = Point(x: (left + right) / 2, y: axis)
            placement.junctions.append(point)
            for var exit in exits {
                exit.curve(to: point)
                placement.add(exit, hasArrow: false)
            }
            for entry in entries {
                var path = Path(from: point)
                path.curve(to: entry.start)
                path.pieces += entry.pieces
                placement.add(path)
            }
            return
        }
        for exit in exits {
            for entry in entries {
                var path = exit
                path.curve(to: entry.start)
                path.pieces += entry.pieces
                placement.add(path)
            }
        }
    }
}
