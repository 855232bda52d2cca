package import DorcText
internal import DorcYAML

/// A mapping's entries in the order of the file.
package struct LocatedMap<Value: Sendable>: Sendable {
    package struct Entry: Sendable {
        package var key: Located<String>
        package var value: Value
    }

    package private(set) var entries: [Entry] = []
    /// Where the first entry of a key is.
    private var indices: [String: Int] = [:]

    package init() {}

    mutating func append(_ entry: Entry) {
        if indices[entry.key.value] == nil { indices[entry.key.value] = entries.count }
        entries.append(entry)
    }

    package subscript(_ key: String) -> Value? { indices[key].map { entries[$0].value } }
}

extension ValueType {
    static func list<Item>(of item: ValueType<Item>, atLeast minimum: Int = 0) -> ValueType
    where Value == [Located<Item>] {
        ValueType(.list(item.shape)) { node, diagnostics in
            guard node.tag == nil, case .sequence(let nodes) = node.content else {
                diagnostics.report(
                    .wrongType(
                        expected: "a list", node, help: "write `[…]`, or each item on a line of its own after `- `"))
                return nil
            }
            if nodes.count < minimum {
                diagnostics.report(
                    Diagnostic(
                        .emptyValue, at: node.range.firstLine, "the list is empty",
                        help: "it needs \(item.shape.words)"))
            }
            return nodes.compactMap { node in item.decode(node, &diagnostics).map { Located($0, node.range) } }
        }
    }

    /// A list, or one item without the brackets.
    static func listOrOne<Item>(of item: ValueType<Item>, atLeast minimum: Int = 0) -> ValueType
    where Value == [Located<Item>] {
        let list = ValueType.list(of: item, atLeast: minimum)
        return ValueType(.either(item.shape, list.shape)) { node, diagnostics in
            if case .sequence = node.content { return list.decode(node, &diagnostics) }
            return item.decode(node, &diagnostics).map { [Located($0, node.range)] }
        }
    }

    /// A mapping with keys of the user's. `oneKey` names one of them, `rule` says what it may be.
    static func map<Item>(
        keys what: String, oneKey: String, rule: String, of item: ValueType<Item>,
        where isValid: @escaping @Sendable (String) -> Bool
    ) -> ValueType where Value == LocatedMap<Item> {
        ValueType(.map(keys: what, values: item.shape)) { node, diagnostics in
            guard node.tag == nil, case .mapping(let entries) = node.content else {
                diagnostics.report(.wrongType(expected: "a mapping of \(what)", node))
                return nil
            }
            var map = LocatedMap<Item>()
            for entry in entries {
                if !isValid(entry.key) {
                    diagnostics.report(.invalidName(entry.key, of: oneKey, rule: rule, at: entry.keyRange))
                }
                if let value = item.decode(entry.value, &diagnostics) {
                    map.append(.init(key: Located(entry.key, entry.keyRange), value: value))
                }
            }
            return map
        }
    }
}
