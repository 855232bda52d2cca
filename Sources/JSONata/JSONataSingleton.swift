/// Where a *sequence* of JSONata is a value that need not be a list: docs.jsonata.org, "Sequences", says that a sequence of
/// one is the same as its only item, and an empty one is nothing. What a path, a condition, a sort and some functions give
/// is a sequence; lists of the input and `[...]` are none.
extension JSONataKindReader {
    func mayBeSingle(_ node: JSONataNode) -> Bool {
        switch node.kind {
        case .path(let left, let step): pathMayBeSingle(left, step)
        case .filter(let node, let predicate): !keepsArray(node) && kind(of: predicate) != .number
        case .sort(let node, _), .focus(let node, _), .position(let node, _): !keepsArray(node) && !hasSeveral(node)
        case .keepArray(let node): keptMayBeSingle(node)
        case .binding(_, let node): mayBeSingle(node)
        case .block(let nodes): value(of: nodes).map(mayBeSingle) ?? false
        case .condition(_, let first, let second): mayBeSingle(first) || (second.map(mayBeSingle) ?? false)
        case .call(let function, let arguments): callMayBeSingle(function, arguments)
        case .operation(let left, .chain, _, let right): chainMayBeSingle(left, right)
        case .operation(let left, .fallback, _, let right), .operation(let left, .coalesce, _, let right):
            mayBeSingle(left) || mayBeSingle(right)
        default: false
        }
    }

    /// `(...)[]` and calls that give a value are one item already when `[]` sees them; it only keeps sequences.
    private func keptMayBeSingle(_ node: JSONataNode) -> Bool {
        switch node.kind {
        case .block: mayBeSingle(node)
        case .call(let function, let arguments): !givesSequence(function) && callMayBeSingle(function, arguments)
        default: false
        }
    }

    private func pathMayBeSingle(_ left: JSONataNode, _ step: JSONataNode) -> Bool {
        !keepsArray(left) && !keepsArray(step) && stepMayBeSingle(left, step)
    }

    /// With one item on its left, a path gives what its last step gives for it.
    private func stepMayBeSingle(_ left: JSONataNode, _ step: JSONataNode) -> Bool {
        switch step.kind {
        case .filter(let node, let predicate):
            kind(of: predicate) != .number || indexedMayBeSingle(left, node)
        case .wildcard, .descendants: true
        case .sort, .focus, .position: mayBeSingle(step)
        case .block(let nodes): value(of: nodes).map { stepMayBeSingle(left, $0) } ?? false
        case .condition(_, let first, let second):
            stepMayBeSingle(left, first) || (second.map { stepMayBeSingle(left, $0) } ?? false)
        case .call where mayBeSingle(step): true
        // As a step, a string is the name of a field.
        case .string: isMany(left)
        default:
            switch kind(of: step) {
            case .array: false
            case .unknown: isMany(left)
            default: !hasSeveral(left)
            }
        }
    }

    /// `step[0]`: an index counts within each item.
    private func indexedMayBeSingle(_ left: JSONataNode, _ step: JSONataNode) -> Bool {
        switch kind(of: step.bareStep) {
        case .object: !hasSeveral(left)
        default: isMany(left)
        }
    }

    /// Whether a path that goes on from here goes on for each of many, of which there may be one or none. Fields alone do
    /// not say so. A condition with `=` looks for one thing, such as `rows[id = 3].files`.
    private func isMany(_ node: JSONataNode) -> Bool {
        switch node.kind {
        case .path(let left, let step): isMany(left) || isMany(step)
        case .filter(let node, let predicate):
            if kind(of: predicate) == .number {
                false
            } else if case .operation(_, .equal, _, _) = predicate.kind {
                isMany(node)
            } else {
                true
            }
        case .sort, .focus, .position, .wildcard, .descendants: true
        case .block(let nodes): value(of: nodes).map(isMany) ?? false
        case .call, .array, .operation: (kind(of: node) == .array || mayBeSingle(node)) && !hasSeveral(node)
        default: false
        }
    }

    /// Whether it is certain that there are two items or more.
    private func hasSeveral(_ node: JSONataNode) -> Bool { certainCount(node) > 1 }

    private func certainCount(_ node: JSONataNode) -> Double {
        switch node.kind {
        case .array(let nodes): nodes.reduce(0) { $0 + certainCount($1) }
        case .operation(let first, .range, _, let last): length(from: first, to: last)
        case .block(let nodes): value(of: nodes).map(certainCount) ?? 0
        case .path(let left, let step): isCertain(step) ? certainCount(left) : 0
        case .call(let function, let arguments) where isCall(of: "range", function) && arguments.count == 3:
            length(from: arguments[0], to: arguments[1]) > 1 && arguments[2].kind == .number(1) ? 2 : 0
        default: isCertain(node) ? 1 : 0
        }
    }

    private func length(from first: JSONataNode, to last: JSONataNode) -> Double {
        if case .number(let first) = first.kind, case .number(let last) = last.kind {
            max(0, last - first + 1)
        } else {
            0
        }
    }

    /// Whether it gives one value that is no list, whatever there is.
    private func isCertain(_ node: JSONataNode) -> Bool {
        switch node.kind {
        case .string, .number, .boolean, .null, .object: true
        case .operation(_, .join, _, _): true
        case .block(let nodes): value(of: nodes).map(isCertain) ?? false
        default: false
        }
    }

    /// The last part of a block, or what the block sets the variable to that the last part is.
    private func value(of nodes: [JSONataNode]) -> JSONataNode? {
        guard let last = nodes.last, case .variable(let name) = last.kind else { return nodes.last }
        for node in nodes.dropLast().reversed() {
            if case .binding(let variable, let value) = node.kind, variable.name == name { return value }
        }
        return last
    }

    private func chainMayBeSingle(_ left: JSONataNode, _ right: JSONataNode) -> Bool {
        switch right.kind {
        case .call(let function, let arguments): callMayBeSingle(function, [left] + arguments)
        case .keepArray: false
        default: callMayBeSingle(right, [left])
        }
    }

    private func callMayBeSingle(_ function: JSONataNode, _ arguments: [JSONataNode]) -> Bool {
        guard case .variable(let name) = function.kind, !bound.contains(name) else { return false }
        switch name {
        case "map":
            guard arguments.count == 2, case .lambda(_, _, let body) = arguments[1].kind else { return true }
            return !(isCertain(body) && hasSeveral(arguments[0]))
        // They pass on what they get: one item is one item.
        case "distinct": return arguments.first.map(mayBeSingle) ?? false
        // Of nothing and a value, it gives the value; of two values, a list.
        case "append": return arguments.count == 2 && arguments.allSatisfy(mayBeSingle)
        default: return JSONataFunction.givingSequence.contains(name)
        }
    }

    private func givesSequence(_ function: JSONataNode) -> Bool {
        if case .variable(let name) = function.kind, !bound.contains(name) {
            JSONataFunction.givingSequence.contains(name)
        } else {
            false
        }
    }

    private func isCall(of name: String, _ function: JSONataNode) -> Bool {
        function.kind == .variable(name) && !bound.contains(name)
    }
}
