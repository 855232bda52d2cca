import DorcConfig
import DorcText

/// Every value that a file can have, by the declarations of its keys, each in a file that has nothing else but what it needs.
struct ShapeWalk {
    struct Place {
        /// As in `steps[].for_each.csv.key`.
        let path: String
        let shape: Shape
        /// An example of the key, where the shape has none that says enough.
        let example: String?
        /// The file with a value at this place, as YAML on one line.
        let file: (String) -> String

        /// A scalar or JSON: what has no further places in it.
        var isLeaf: Bool {
            switch shape {
            case .string, .boolean, .integer, .number, .duration, .choice, .json: true
            case .list, .map, .object, .either, .described: false
            }
        }
    }

    static func places(of shape: ObjectShape) -> [Place] {
        var found: [Place] = []
        walk(.object(shape), path: "", example: nil, wrap: { $0 }, into: &found)
        return found
    }

    /// Where one item without brackets and a list of them are read alike, the list's items are left out.
    static func leaves(of shape: ObjectShape) -> [Place] {
        places(of: shape).filter { place in
            guard place.isLeaf else { return false }
            return !place.path.hasPrefix("steps[].catch[]")
        }
    }

    private static func walk(
        _ shape: Shape, path: String, example: String?, wrap: @escaping (String) -> String, into found: inout [Place]
    ) {
        found.append(Place(path: path, shape: shape, example: example, file: wrap))
        switch shape {
        case .object(let object):
            for key in object.keys {
                walk(
                    key.shape, path: path.isEmpty ? key.name : "\(path).\(key.name)", example: key.example,
                    wrap: { wrap(object.example(with: (key.name, $0))) }, into: &found)
            }
        case .list(let list):
            walk(list.items, path: path + "[]", example: nil, wrap: { wrap("[\($0)]") }, into: &found)
        case .map(let map):
            walk(
                map.values, path: path + ".*", example: nil, wrap: { wrap("{\(map.keyExample): \($0)}") }, into: &found)
        case .either(let left, let right):
            walk(left, path: path, example: nil, wrap: wrap, into: &found)
            walk(right, path: path, example: nil, wrap: wrap, into: &found)
        case .described(_, let inner): walk(inner, path: path, example: nil, wrap: wrap, into: &found)
        case .string, .boolean, .integer, .number, .duration, .choice, .json: break
        }
    }
}

extension ObjectShape {
    /// A mapping with a key, with all that has to be there, and all that goes with it.
    func example(with written: (name: String, value: String)? = nil) -> String {
        var values = written.map { [$0.name: $0.value] } ?? [:]
        func add(_ name: String, _ value: String? = nil) {
            guard values[name] == nil, let key = keys.first(where: { $0.name == name }) else { return }
            values[name] = value ?? key.example ?? key.shape.example
        }
        for key in keys where key.isRequired { add(key.name) }
        for _ in keys {
            for key in keys where values[key.name] != nil {
                if let need = key.need, !need.isMet(by: Set(values.keys), of: self), let first = need.keys.first {
                    add(first, need.value)
                }
            }
            if !together.allSatisfy({ values[$0] == nil }) { for name in together { add(name) } }
        }
        if let alternatives, alternatives.isRequired, alternatives.keys.allSatisfy({ values[$0] == nil }),
            let first = alternatives.keys.first
        {
            add(first)
        }
        return "{\(keys.compactMap { key in values[key.name].map { "\(key.name): \($0)" } }.joined(separator: ", "))}"
    }
}

extension KeyNeed {
    func isMet(by names: Set<String>, of object: ObjectShape) -> Bool {
        keys.contains { name in
            guard let alternatives = object.alternatives, alternatives.keys.contains(name) else {
                return names.contains(name)
            }
            let written = alternatives.keys.filter(names.contains)
            if written.count > 1, alternatives.usual == nil { return true }
            return (written.first ?? alternatives.usual) == name
        }
    }
}

extension Shape {
    /// As YAML on one line.
    var example: String {
        switch self {
        case .string(let string): JSONText.literal(string.examples.first ?? "text")
        case .boolean: "true"
        case .integer(let range, _): String(range.lowerBound)
        case .number(let minimum): String(minimum)
        case .duration(let duration): "\(duration.seconds.lowerBound)s"
        case .choice(let choices): choices.first ?? ""
        case .list(let list): "[\(list.items.example)]"
        case .map(let map): "{\(map.keyExample): \(map.values.example)}"
        case .object(let object): object.example()
        case .json: "[1]"
        case .either(let left, _): left.example
        case .described(_, let inner): inner.example
        }
    }
}
