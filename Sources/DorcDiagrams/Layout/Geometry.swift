/// Pixels of an SVG, to the right and down.
struct Point: Hashable, Sendable {
    var x: Int
    var y: Int
}

struct Box: Equatable, Sendable {
    var x = 0
    var y = 0
    var width: Int
    var height: Int

    var right: Int { x + width }
    var bottom: Int { y + height }
    var middle: Int { y + height / 2 }

    func contains(_ other: Box) -> Bool {
        other.x >= x && other.right <= right && other.y >= y && other.bottom <= bottom
    }

    func intersects(x left: Int, _ top: Int, _ bottom: Int) -> Bool {
        left > x - 5 && left < right + 5 && bottom > y && top < self.bottom
    }
}

/// A line that is drawn as a curve between columns, and straight within one.
struct Path: Equatable, Sendable {
    enum Piece: Equatable, Sendable {
        /// Straight.
        case line(Point)
        /// Horizontal at both ends.
        case curve(Point)

        var end: Point {
            switch self {
            case .line(let point), .curve(let point): point
            }
        }
    }

    var start: Point
    var pieces: [Piece] = []

    var end: Point {
        pieces.last?.end ?? start
    }

    init(from start: Point) {
        self.start = start
    }

    /// Straight through all of them.
    init(through points: [Point]) {
        self.init(from: points.first ?? Point(x: 0, y: 0))
        for point in points.dropFirst() { line(to: point) }
    }

    mutating func line(to point: Point) {
        if point != end { pieces.append(.line(point)) }
    }

    mutating func curve(to point: Point) {
        point.y == end.y ? line(to: point) : pieces.append(.curve(point))
    }

    mutating func move(_ x: Int, _ y: Int) {
        func moved(_ point: Point) -> Point { Point(x: point.x + x, y: point.y + y) }
        start = moved(start)
        pieces = pieces.map { piece in
            switch piece {
            case .line(let point): .line(moved(point))
            case .curve(let point): .curve(moved(point))
            }
        }
    }
}

/// What all diagrams have in common.
enum Spacing {
    static let margin = 24
    /// Between columns, where lines run.
    static let column = 52
    /// Between boxes one above the other.
    static let row = 16
    /// From where a line goes straight into its arrow head.
    static let arrow = 8
}
