package import DorcText
package import DorcYAML

/// A mapping with declared keys.
package final class ObjectType<Object: Section>: Sendable {
    /// As in "a function", for messages.
    package let name: String
    package let keys: [Key<Object>]
    private let names: [String]
    /// Which of the keys go with others.
    private let needing: [Int]
    /// Keys that begin with `x-` are the user's, and hold whatever they want: a place for anchors.
    private let allowsOwnKeys: Bool
    private let alternatives: Alternatives?
    private let together: Together?
    private let elsewhere: Elsewhere

    /// Keys of which a mapping has one.
    struct Alternatives: Sendable {
        let data: AlternativeKeys
        /// What is wrong with an object that has several of them, or one that has none; nil for nothing. Both are asked
        /// when all values have been read.
        let several: @Sendable (Object, _ written: [String]) -> Diagnostic?
        let none: @Sendable (Object) -> Diagnostic?

        init(
            _ keys: String..., usual: String? = nil, several: @escaping @Sendable (Object, [String]) -> Diagnostic?,
            none: (@Sendable (Object) -> Diagnostic?)? = nil
        ) {
            data = AlternativeKeys(keys: keys, usual: usual, isRequired: none != nil)
            self.several = several
            self.none = none ?? { _ in nil }
        }
    }

    /// Keys that are there together or not at all.
    struct Together: Sendable {
        let keys: [String]
        let problem: @Sendable (_ missing: String, SourceRange) -> Diagnostic

        init(_ keys: String..., problem: @escaping @Sendable (_ missing: String, SourceRange) -> Diagnostic) {
            self.keys = keys
            self.problem = problem
        }
    }

    init(
        _ name: String, allowsOwnKeys: Bool = false, alternatives: Alternatives? = nil, together: Together? = nil,
        elsewhere: Elsewhere = Elsewhere(), keys: [Key<Object>]
    ) {
        self.name = name
        self.keys = keys
        names = keys.map(\.name)
        needing = keys.indices.filter { keys[$0].need?.isCheckedLater == false }
        self.allowsOwnKeys = allowsOwnKeys
        self.alternatives = alternatives
        self.together = together
        self.elsewhere = elsewhere
    }

    /// The same keys under another name.
    func named(_ name: String) -> ObjectType {
        ObjectType(
            name, allowsOwnKeys: allowsOwnKeys, alternatives: alternatives, together: together, elsewhere: elsewhere,
            keys: keys)
    }

    package var shape: ObjectShape {
        ObjectShape(
            name: name, keys: keys.map(\.shape), allowsOwnKeys: allowsOwnKeys, alternatives: alternatives?.data,
            together: together?.keys ?? [])
    }

    var valueType: ValueType<Object> {
        ValueType(.object(self.shape), decode: { self.decode($0, &$1) }, encode: { self.encode($0) })
    }

    /// With the keys in the order of their declarations. What is not a key of the object's, such as `x-anchors`, is lost.
    package func encode(_ object: Object) -> YAMLNode {
        .mapping(keys.compactMap { key in key.encode(object).map { (key.name, $0) } })
    }

    /// A file with more unknown keys than this is a file of another kind.
    private static var mostUnknown: Int { 100 }

    /// Reads all that can be read and reports the rest; nil only where the node is not a mapping.
    package func decode(_ node: YAMLNode, _ diagnostics: inout Diagnostics) -> Object? {
        var entries: [YAMLNode.Entry] = []
        if case .mapping(let written) = node.content, node.tag == nil {
            entries = written
        } else if !node.isNull {
            diagnostics.report(.wrongType(expected: "a mapping with the keys of \(name)", node))
            return nil
        }
        var object = Object()
        var written = WrittenKeys(entries.map(\.key))
        var unknown: [YAMLNode.Entry] = []
        // By index: to go through the entries copies each.
        for entry in entries.indices {
            if let key = names.firstIndex(of: entries[entry].key) {
                keys[key].decode(entries[entry].value, &object, &diagnostics)
            } else if !(allowsOwnKeys && entries[entry].key.hasPrefix("x-")) {
                unknown.append(entries[entry])
            }
        }
        if !unknown.isEmpty { report(unknown, of: node, &written, &diagnostics) }
        object.origin = Origin(range: node.range, keys: written, hasUnknownKeys: !unknown.isEmpty)
        for key in keys where key.isRequired && !written.contains(key.name) {
            diagnostics.report(.missingKey(key.shape, of: name, at: node.range))
        }
        checkRelations(of: object, &diagnostics)
        return object
    }

    private func report(
        _ unknown: [YAMLNode.Entry], of node: YAMLNode, _ written: inout WrittenKeys, _ diagnostics: inout Diagnostics
    ) {
        for entry in unknown.prefix(Self.mostUnknown) {
            let finding = Diagnostic.unknownKey(
                entry.key, of: name, known: names, meaning: meaning(of: entry.key), at: entry.keyRange)
            diagnostics.report(finding)
            // One mistake: what is misspelt is not missing too.
            if let meant = finding.replacement { written.insert(meant) }
        }
        if unknown.count > Self.mostUnknown {
            diagnostics.report(.moreUnknownKeys(unknown.count - Self.mostUnknown, of: name, at: node.range))
        }
    }

    private func meaning(of key: String) -> Elsewhere.Meaning? {
        let folded = Elsewhere.folded(key)
        if let meant = keys.first(where: { $0.isCalled(folded) }) { return .key(meant.name) }
        return elsewhere.help(folded).map(Elsewhere.Meaning.help)
    }

    // MARK: What goes with what

    /// The one of the alternatives that is written, or the usual one where none is; nil for none and for several.
    func alternative(of object: Object) -> String? {
        guard let alternatives else { return nil }
        let written = object.writtenKeys
        var found: String?
        for key in alternatives.data.keys where written.contains(key) {
            guard found == nil else { return nil }
            found = key
        }
        return found ?? alternatives.data.usual
    }

    private func checkRelations(of object: Object, _ diagnostics: inout Diagnostics) {
        let written = object.writtenKeys
        var chosen: Choice?
        if let alternatives {
            let present = alternatives.data.keys.filter(written.contains)
            let finding =
                present.isEmpty
                ? alternatives.none(object) : present.count > 1 ? alternatives.several(object, present) : nil
            if let finding { diagnostics.report(finding) }
            chosen = Choice(present, alternatives.data)
        }
        if let together {
            for key in keys where together.keys.contains(key.name) {
                guard let place = key.range(object) else { continue }
                for missing in together.keys where !written.contains(missing) {
                    diagnostics.report(together.problem(missing, place.firstLine))
                }
            }
        }
        for index in needing where written.contains(names[index]) {
            let key = keys[index]
            guard let need = key.need, let place = key.range(object), !isMet(need, object, chosen) else { continue }
            diagnostics.report(need.problem(key.name, need.words ?? Self.words(need.keys), place.firstLine))
        }
    }

    /// Which of the alternatives is meant.
    private struct Choice {
        let keys: [String]
        /// Nil for none, or where nothing tells which of several.
        let key: String?
        let isOpen: Bool

        init(_ written: [String], _ data: AlternativeKeys) {
            keys = data.keys
            isOpen = written.count > 1 && data.usual == nil
            key = isOpen ? nil : written.first ?? data.usual
        }
    }

    private func isMet(_ need: KeyNeed, _ object: Object, _ choice: Choice?) -> Bool {
        need.keys.contains { name in
            if let choice, choice.keys.contains(name) { return choice.isOpen || choice.key == name }
            return object.writtenKeys.contains(name)
        }
    }

    /// As in "a `function`, `pipeline` or `task`".
    private static func words(_ keys: [String]) -> String {
        let quoted = keys.map { "`\($0)`" }
        guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
        return "a " + quoted.dropLast().joined(separator: ", ") + " or " + last
    }
}
