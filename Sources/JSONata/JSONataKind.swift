/// What kind of value something gives, if it gives one.
package enum JSONataKind: String, Sendable, Equatable {
    case array, object, string, number, boolean, null, function
    /// Only the run shows it.
    case unknown
}

extension JSONataExpression {
    package var kind: JSONataKind { JSONataKindReader(bound: root.allBoundVariables).kind(of: root) }

    /// Whether JSONata gives one item instead of a list of one: at a condition such as `rows[price > 10]`, a mapping such
    /// as `rows.{'id': id}`, a sort, and calls such as `$filter(...)`. Where there is none, it gives nothing at all.
    /// Brackets around the expression make it a list in all cases.
    ///
    /// False for what only the run shows: `rows.id` looks as `result.rows` does, which may be a list.
    package var mayBeSingle: Bool { JSONataKindReader(bound: root.allBoundVariables).mayBeSingle(root) }
}

struct JSONataKindReader {
    /// Variables that the expression itself sets, which hide functions of the same name.
    let bound: Set<String>

    func kind(of node: JSONataNode) -> JSONataKind {
        switch node.kind {
        case .string: .string
        case .number, .negation: .number
        case .boolean: .boolean
        case .null: .null
        case .array, .keepArray: .array
        case .object, .group: .object
        case .regularExpression, .partialCall, .lambda, .transform: .function
        case .block(let nodes): nodes.last.map(kind) ?? .unknown
        case .binding(_, let node): kind(of: node)
        case .condition(_, let first, let second): common(first, second ?? first)
        case .call(let function, _): result(of: function)
        case .operation(let left, let symbol, _, let right): kind(of: symbol, left, right)
        case .variable(let name): isFunction(name) ? .function : .unknown
        case .path, .filter, .sort, .focus, .position: keepsArray(node) && !isIndexed(node) ? .array : .unknown
        case .name, .wildcard, .descendants, .parent: .unknown
        }
    }

    /// Whether a `[]` anywhere in the path makes a list of its result.
    func keepsArray(_ node: JSONataNode) -> Bool {
        switch node.kind {
        case .keepArray: true
        case .path(let left, let step): keepsArray(left) || keepsArray(step)
        case .filter(let node, _), .sort(let node, _), .focus(let node, _), .position(let node, _): keepsArray(node)
        default: false
        }
    }

    func isIndexed(_ node: JSONataNode) -> Bool {
        switch node.kind {
        case .path(_, let step): isIndexed(step)
        case .filter(_, let predicate): kind(of: predicate) == .number
        default: false
        }
    }

    private func common(_ first: JSONataNode, _ second: JSONataNode) -> JSONataKind {
        let kind = kind(of: first)
        return kind == self.kind(of: second) ? kind : .unknown
    }

    private func kind(of symbol: JSONataOperator, _ left: JSONataNode, _ right: JSONataNode) -> JSONataKind {
        switch symbol {
        case .add, .subtract, .multiply, .divide, .remainder: .number
        case .join: .string
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or, .isIn: .boolean
        case .range: .array
        case .fallback, .coalesce: common(left, right)
        case .chain: chainKind(left, right)
        }
    }

    /// A value through a function gives its result; a function through a function gives one that does both.
    private func chainKind(_ left: JSONataNode, _ right: JSONataNode) -> JSONataKind {
        if kind(of: left) == .function { return .function }
        if case .call(let function, _) = right.kind { return result(of: function) }
        return result(of: right)
    }

    private func result(of function: JSONataNode) -> JSONataKind {
        switch function.kind {
        case .variable(let name) where isFunction(name): JSONataFunction.kinds[name] ?? .unknown
        case .lambda(_, _, let body): kind(of: body)
        default: .unknown
        }
    }

    func isFunction(_ name: String) -> Bool { !bound.contains(name) && JSONataFunction.kinds[name] != nil }
}
