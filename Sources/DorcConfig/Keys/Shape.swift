/// What a value looks like, as data: error messages, the reference documentation and the JSON Schema read it.
package indirect enum Shape: Sendable {
    /// `format` says which text, in the words of an error message: "an account id of 12 digits".
    case text(format: String, pattern: String? = nil, expressions: ExpressionUse = .refused)
    case boolean
    case integer(ClosedRange<Int>, unit: String?)
    case number(minimum: Double)
    case duration(ClosedRange<Int>)
    case choice([String])
    case list(Shape)
    case map(keys: String, values: Shape)
    case object(ObjectShape)
    /// Any YAML value, passed on as JSON.
    case json(ExpressionUse)
    case either(Shape, Shape)
}

/// The keys of a mapping, as data.
package struct ObjectShape: Sendable {
    package var name: String
    package var keys: [KeyShape]
}

package struct KeyShape: Sendable {
    package var name: String
    package var shape: Shape
    package var isRequired: Bool
    package var defaultText: String?
    package var summary: String
}
