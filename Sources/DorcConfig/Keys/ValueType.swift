package import DorcText
package import DorcYAML

/// How a value is read: its shape, and the function that decodes a node. `nil` means that the node is wrong and that
/// this has been reported.
package struct ValueType<Value: Sendable>: Sendable {
    package let shape: Shape
    package let decode: @Sendable (YAMLNode, inout Diagnostics) -> Value?

    package init(_ shape: Shape, decode: @escaping @Sendable (YAMLNode, inout Diagnostics) -> Value?) {
        self.shape = shape
        self.decode = decode
    }

    func map<Other: Sendable>(_ transform: @escaping @Sendable (Value) -> Other) -> ValueType<Other> {
        ValueType<Other>(shape) { node, diagnostics in decode(node, &diagnostics).map(transform) }
    }
}
