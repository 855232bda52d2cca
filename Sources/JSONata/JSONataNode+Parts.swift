extension JSONataNode.Kind {
    /// The nodes just below, in the order of the text.
    var parts: [JSONataNode] {
        switch self {
        case .string, .number, .boolean, .null, .regularExpression, .name, .variable, .wildcard, .descendants, .parent:
            []
        case .array(let items), .block(let items): items
        case .object(let pairs): pairs.flatMap { [$0.key, $0.value] }
        case .path(let left, let right), .filter(let left, let right), .operation(let left, _, _, let right):
            [left, right]
        case .keepArray(let node), .focus(let node, _), .position(let node, _), .negation(let node),
            .binding(_, let node), .lambda(_, _, let node):
            [node]
        case .sort(let node, let terms): [node] + terms
        case .group(let node, let pairs): [node] + pairs.flatMap { [$0.key, $0.value] }
        case .condition(let condition, let first, let second): [condition, first] + (second.map { [$0] } ?? [])
        case .call(let function, let arguments): [function] + arguments
        case .partialCall(let function, let arguments): [function] + arguments.compactMap(\.self)
        case .transform(let pattern, let update, let delete): [pattern, update] + (delete.map { [$0] } ?? [])
        }
    }

    /// The variables that get their value just here, not in a part.
    var boundVariables: [JSONataVariable] {
        switch self {
        case .focus(_, let variable), .position(_, let variable), .binding(let variable, _): [variable]
        case .lambda(let parameters, _, _): parameters
        default: []
        }
    }
}

extension JSONataNode {
    /// Every variable that the node or one within it gives a value.
    var allBoundVariables: Set<String> {
        var names: Set<String> = []
        var waiting = [self]
        while let node = waiting.popLast() {
            names.formUnion(node.kind.boundVariables.map(\.name))
            waiting += node.kind.parts
        }
        return names
    }
}

/// A field's name as it is written in a path.
package enum JSONataName {
    private static let keywords: Set<String> = ["and", "or", "in", "true", "false", "null", "function"]

    /// In backticks where JSONata needs them. The name itself has none.
    package static func written(_ name: String) -> String {
        let isWord =
            name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            } && name.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
        return isWord && !keywords.contains(name) ? name : "`\(name)`"
    }
}
