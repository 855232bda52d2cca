import DorcConfig

/// Every value of a file that may be written, by the declarations of its keys.
struct ShapeWalk {
    struct Leaf {
        /// As in `steps[].for_each.csv.key`.
        let path: String
        let shape: Shape
        /// A file with a value at this place, and nothing else.
        let file: (String) -> String
    }

    static func leaves(of shape: ObjectShape) -> [Leaf] {
        var found: [Leaf] = []
        walk(.object(shape), path: "", depth: 0, wrap: { $0 }, into: &found)
        return found
    }

    private static func walk(
        _ shape: Shape, path: String, depth: Int, wrap: @escaping (String) -> String, into found: inout [Leaf]
    ) {
        guard depth < 12 else { return }
        switch shape {
        case .object(let object):
            for key in object.keys {
                walk(
                    key.shape, path: path.isEmpty ? key.name : "\(path).\(key.name)", depth: depth + 1,
                    wrap: { wrap("{\(key.name): \($0)}") }, into: &found)
            }
        case .list(let items): walk(items, path: path + "[]", depth: depth + 1, wrap: { wrap("[\($0)]") }, into: &found)
        case .map(_, let values):
            walk(values, path: path + ".*", depth: depth + 1, wrap: { wrap("{ab: \($0)}") }, into: &found)
        case .either(let left, let right):
            walk(left, path: path, depth: depth + 1, wrap: wrap, into: &found)
            // One item without brackets and a list of them are read alike.
            if case .list = right, case .object = left { return }
            walk(right, path: path, depth: depth + 1, wrap: wrap, into: &found)
        case .text, .boolean, .integer, .number, .duration, .choice, .json:
            found.append(Leaf(path: path, shape: shape, file: wrap))
        }
    }
}
