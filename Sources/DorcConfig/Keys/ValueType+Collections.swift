package import DorcText
internal import DorcYAML

/// A mapping's entries in the order of the file.
package struct LocatedMap<Value: Sendable>: Sendable {
    package struct Entry: Sendable {
        package var key: Located<String>
        package var value: Value

        package init(key: Located<String>, value: Value) {
            self.key = key
            self.value = value
        }
    }

    package private(set) var entries: [Entry] = []
    /// Where the first entry of a key is; empty where they are few, since to look at each is faster then.
    private var indices: [String: Int] = [:]

    private static var few: Int { 16 }

    package init() {}

    package mutating func append(_ entry: Entry) {
        entries.append(entry)
        guard entries.count > Self.few else { return }
        for index in indices.isEmpty ? entries.indices : entries.indices.suffix(1)
        where indices[entries[index].key.value] == nil {
            indices[entries[index].key.value] = index
        }
    }

    package subscript(_ key: String) -> Value? {
        let index = indices.isEmpty ? entries.firstIndex { $0.key.value == key } : indices[key]
        return index.map { entries[$0].value }
    }
}

extension LocatedMap: Equatable where Value: Equatable {
    package static func == (left: LocatedMap, right: LocatedMap) -> Bool { left.entries == right.entries }
}

extension LocatedMap.Entry: Equatable where Value: Equatable {}

extension ValueType {
    static func list<Item>(of item: ValueType<Item>, atLeast minimum: Int = 0) -> ValueType
    where Value == [Located<Item>] {
        ValueType(
            .list(ListShape(items: item.shape, minimum: minimum)),
            decode: { node, diagnostics in
                guard node.tag == nil, case .sequence(let nodes) = node.content else {
                    diagnostics.report(
                        .wrongType(
                            expected: "a list", node,
                            help: "write `[…]`, or each item on a line of its own after `- `"))
                    return nil
                }
                if nodes.count < minimum { diagnostics.report(.emptyList(of: item.shape.words, at: node.range)) }
                var items: [Located<Item>] = []
                items.reserveCapacity(nodes.count)
                for node in nodes {
                    if let value = item.decode(node, &diagnostics) { items.append(Located(value, node.range)) }
                }
                return items
            }, encode: { .list($0.map { item.encode($0.value) }) })
    }

    /// A list, or one item without the brackets.
    static func listOrOne<Item>(of item: ValueType<Item>, atLeast minimum: Int = 0) -> ValueType
    where Value == [Located<Item>] {
        let list = ValueType.list(of: item, atLeast: minimum)
        return ValueType(
            .either(item.shape, list.shape),
            decode: { node, diagnostics in
                if case .sequence = node.content { return list.decode(node, &diagnostics) }
                return item.decode(node, &diagnostics).map { [Located($0, node.range)] }
            },
            encode: { items in
                if items.count == 1, let only = items.first { return item.encode(only.value) }
                return list.encode(items)
            })
    }

    /// A mapping with keys of the user's by a rule, which `words` tells; `oneKey` is what one of them is. `empty` is for a
    /// mapping that must not be empty.
    static func map<Item>(
        keys what: String, oneKey: String, _ rule: StringRule, _ words: String, of item: ValueType<Item>,
        empty: (@Sendable (SourceRange) -> Diagnostic)? = nil
    ) -> ValueType where Value == LocatedMap<Item> {
        ValueType(
            .map(
                MapShape(
                    keys: what, pattern: rule.pattern, keyExample: rule.examples.first ?? "name",
                    minimum: empty == nil ? 0 : 1, values: item.shape)),
            decode: { node, diagnostics in
                guard node.tag == nil, case .mapping(let entries) = node.content else {
                    diagnostics.report(.wrongType(expected: "a mapping of \(what)", node))
                    return nil
                }
                if entries.isEmpty, let empty { diagnostics.report(empty(node.range.firstLine)) }
                var map = LocatedMap<Item>()
                for entry in entries {
                    if !rule.isValid(entry.key) {
                        diagnostics.report(.invalidName(entry.key, of: oneKey, rule: words, at: entry.keyRange))
                    }
                    if let value = item.decode(entry.value, &diagnostics) {
                        map.append(.init(key: Located(entry.key, entry.keyRange), value: value))
                    }
                }
                return map
            }, encode: { map in .mapping(map.entries.map { ($0.key.value, item.encode($0.value)) }) })
    }
}

extension Diagnostic {
    static func emptyList(of items: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.emptyValue, at: range.firstLine, "the list is empty", help: "it needs \(items)")
    }
}
