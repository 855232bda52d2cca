package import DorcModel
package import DorcText
package import DorcYAML

/// The one declaration of a key: its name, type, default and a line of documentation. Decoding, "did you mean", the
/// reference documentation and the JSON Schema come from it.
package struct Key<Object: Sendable>: Sendable {
    package let shape: KeyShape
    let decode: @Sendable (YAMLNode, inout Object, inout Diagnostics) -> Void

    /// An optional key. `defaultText` is documentation: the default itself is applied where the value is used, since
    /// several files can override it.
    package init<Value>(
        _ name: String, _ path: any WritableKeyPath<Object, Located<Value>?> & Sendable, _ type: ValueType<Value>,
        required: Bool = false, default defaultText: String? = nil, _ summary: String
    ) {
        shape = KeyShape(
            name: name, shape: type.shape, isRequired: required, defaultText: defaultText, summary: summary)
        decode = { node, object, diagnostics in
            if node.isNull {
                diagnostics.report(.emptyValue(key: name, shape: type.shape, at: node.range))
            } else if let value = type.decode(node, &diagnostics) {
                object[keyPath: path] = Located(value, node.range)
            }
        }
    }

    /// A key whose value may be empty, since `null` is a value of its own.
    package init(
        nullable name: String, _ path: any WritableKeyPath<Object, Located<JSONSource>?> & Sendable,
        expressions: ExpressionUse = .evaluated, _ summary: String
    ) {
        let type = ValueType<JSONSource>.json(expressions)
        shape = KeyShape(name: name, shape: type.shape, isRequired: false, defaultText: nil, summary: summary)
        decode = { node, object, diagnostics in
            if let value = type.decode(node, &diagnostics) {
                object[keyPath: path] = Located(value, node.range)
            }
        }
    }
}

/// A mapping with declared keys.
package struct ObjectType<Object: Sendable>: Sendable {
    /// As in "a function", for messages.
    package let name: String
    package let keys: [Key<Object>]
    /// Keys that begin with `x-` are the user's, and hold whatever they want: a place for anchors.
    private let allowsOwnKeys: Bool
    private let make: @Sendable (SourceRange, _ keys: Set<String>) -> Object

    package init(
        _ name: String, keys: [Key<Object>], allowsOwnKeys: Bool = false,
        make: @escaping @Sendable (SourceRange, _ keys: Set<String>) -> Object
    ) {
        self.name = name
        self.keys = keys
        self.allowsOwnKeys = allowsOwnKeys
        self.make = make
    }

    /// A file with more unknown keys than this is a file of another kind.
    private static var mostUnknown: Int { 100 }

    package var shape: ObjectShape { ObjectShape(name: name, keys: keys.map(\.shape)) }

    /// Reads all that can be read and reports the rest; nil only where the node is no mapping.
    package func decode(_ node: YAMLNode, _ diagnostics: inout Diagnostics) -> Object? {
        var entries: [YAMLNode.Entry] = []
        if case .mapping(let written) = node.content, node.tag == nil {
            entries = written
        } else if !node.isNull {
            diagnostics.report(.wrongType(expected: "a mapping with the keys of \(name)", node))
            return nil
        }
        let known = entries.map { entry in keys.firstIndex { $0.shape.name == entry.key } }
        var written = Set(entries.map(\.key))
        let unknown = zip(entries, known).filter { $0.1 == nil && !isOwn($0.0.key) }.map(\.0)
        for entry in unknown.prefix(Self.mostUnknown) {
            let finding = Diagnostic.unknownKey(entry.key, of: name, known: keys.map(\.shape.name), at: entry.keyRange)
            diagnostics.report(finding)
            // One mistake: what is misspelt is not missing too.
            if let meant = finding.replacement { written.insert(meant) }
        }
        if unknown.count > Self.mostUnknown {
            diagnostics.report(.moreUnknownKeys(unknown.count - Self.mostUnknown, of: name, at: node.range))
        }
        var object = make(node.range, written)
        for case (let entry, let index?) in zip(entries, known) {
            keys[index].decode(entry.value, &object, &diagnostics)
        }
        for key in keys where key.shape.isRequired && !written.contains(key.shape.name) {
            diagnostics.report(.missingKey(key.shape, of: name, at: node.range))
        }
        return object
    }

    private func isOwn(_ key: String) -> Bool { allowsOwnKeys && key.hasPrefix("x-") }

    package var type: ValueType<Object> {
        ValueType(.object(shape)) { node, diagnostics in decode(node, &diagnostics) }
    }
}
