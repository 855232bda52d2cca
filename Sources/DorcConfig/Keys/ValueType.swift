package import DorcText
package import DorcYAML

/// How a value is read and written: its shape, the function that decodes a node, and the one that encodes a value. Decoding
/// gives nil where the node is wrong and this has been reported.
package struct ValueType<Value: Sendable>: Sendable {
    private let makeShape: @Sendable () -> Shape
    package let decode: @Sendable (YAMLNode, inout Diagnostics) -> Value?
    package let encode: @Sendable (Value) -> YAMLNode

    /// The shape is made whenever it is asked for: a run that finds no mistake needs none.
    package init(
        _ shape: @autoclosure @escaping @Sendable () -> Shape,
        decode: @escaping @Sendable (YAMLNode, inout Diagnostics) -> Value?,
        encode: @escaping @Sendable (Value) -> YAMLNode
    ) {
        makeShape = shape
        self.decode = decode
        self.encode = encode
    }

    package var shape: Shape { makeShape() }

    static func located<Inner>(_ type: ValueType<Inner>) -> ValueType where Value == Located<Inner> {
        ValueType(
            type.shape,
            decode: { node, diagnostics in type.decode(node, &diagnostics).map { Located($0, node.range) } },
            encode: { type.encode($0.value) })
    }
}

extension ValueType where Value: Section {
    /// A mapping with the section's keys.
    static var section: ValueType { Value.type.valueType }

    /// A mapping, or the value of one of its keys alone, where that is a scalar.
    static func section<Short>(
        orOnly key: String, _ path: any WritableKeyPath<Value, Located<Short>?> & Sendable, _ short: ValueType<Short>
    ) -> ValueType {
        ValueType(
            .either(short.shape, .object(Value.type.shape)),
            decode: { node, diagnostics in
                guard case .scalar = node.content else { return Value.type.decode(node, &diagnostics) }
                return short.decode(node, &diagnostics).map { value in
                    var section = Value()
                    section.origin = Origin(range: node.range, keys: [key])
                    section[keyPath: path] = Located(value, node.range)
                    return section
                }
            },
            encode: { section in
                let node = Value.type.encode(section)
                guard case .mapping(let entries) = node.content, entries.count == 1, let entry = entries.first,
                    entry.key == key, case .scalar = entry.value.content
                else { return node }
                return entry.value
            })
    }
}
