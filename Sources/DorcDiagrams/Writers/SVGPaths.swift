internal import DorcText

/// The lines of a scene as SVG's paths: one for each kind of line, and one for its arrow heads.
enum SVGPaths {
    private static let head = 7
    private static let corner = 8

    static func append(_ lines: [Placement.Line], to bytes: inout ByteBuffer) {
        let kinds: [(Placement.Line.Kind, String)] = [
            (.flow, ""), (.outcome, ""), (.after, "after"), (.error, "error"),
        ]
        for (kind, name) in kinds {
            let chosen = lines.filter { $0.kind == kind }
            guard !chosen.isEmpty else { continue }
            bytes.append("<path class=\"w\(name.isEmpty ? "" : " w-" + name)\" d=\"")
            for line in chosen { append(line, to: &bytes) }
            bytes.append("\"/>" as StaticString)
            let pointed = chosen.filter(\.hasArrow)
            guard !pointed.isEmpty else { continue }
            bytes.append("<path class=\"h\(name == "error" ? " h-error" : "")\" d=\"")
            for line in pointed {
                let tip = line.isBackward ? line.path.start : line.path.end
                bytes.append("M\(tip.x) \(tip.y)l\(line.isBackward ? head : -head)-4v8z")
            }
            bytes.append("\"/>" as StaticString)
        }
    }

    private static func append(_ line: Placement.Line, to bytes: inout ByteBuffer) {
        var path = line.path
        // The tip of the arrow is the head's own.
        if line.hasArrow {
            if line.isBackward {
                path.start.x += head - 1
            } else if case .line(var end)? = path.pieces.last {
                end.x -= head - 1
                path.pieces[path.pieces.count - 1] = .line(end)
            } else if case .curve(var end)? = path.pieces.last {
                end.x -= head - 1
                path.pieces[path.pieces.count - 1] = .curve(end)
            }
        }
        bytes.append("M\(path.start.x) \(path.start.y)")
        var current = path.start
        for (index, piece) in path.pieces.enumerated() {
            switch piece {
            case .curve(let end):
                let middle = (current.x + end.x) / 2
                bytes.append("C\(middle) \(current.y) \(middle) \(end.y) \(end.x) \(end.y)")
                current = end
            case .line(let end):
                if index + 1 < path.pieces.count, case .line(let next) = path.pieces[index + 1],
                    turns(current, end, next)
                {
                    let radius = min(corner, length(current, end) / 2, length(end, next) / 2)
                    let (before, after) = (toward(end, current, radius), toward(end, next, radius))
                    bytes.append("L\(before.x) \(before.y)Q\(end.x) \(end.y) \(after.x) \(after.y)")
                    current = after
                } else {
                    bytes.append("L\(end.x) \(end.y)")
                    current = end
                }
            }
        }
    }

    private static func turns(_ first: Point, _ second: Point, _ third: Point) -> Bool {
        (first.x == second.x) != (second.x == third.x)
    }

    /// Of a line along one axis.
    private static func length(_ from: Point, _ to: Point) -> Int { abs(from.x - to.x) + abs(from.y - to.y) }

    private static func toward(_ from: Point, _ to: Point, _ distance: Int) -> Point {
        Point(x: from.x + (to.x - from.x).signum() * distance, y: from.y + (to.y - from.y).signum() * distance)
    }
}
