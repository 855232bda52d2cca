internal import DorcText

/// What a value looks like, as data: messages, the reference documentation and the JSON Schema are written from it, and
/// tests derive from it the values that are just possible and those that are just not.
package indirect enum Shape: Sendable {
    case string(StringShape)
    case boolean
    case integer(ClosedRange<Int>, unit: String?)
    /// A decimal number.
    case number(minimum: Double)
    case duration(DurationShape)
    case choice([String])
    case list(ListShape)
    /// A mapping with keys of the user's.
    case map(MapShape)
    /// A mapping with declared keys.
    case object(ObjectShape)
    /// Any YAML value, passed on as JSON. Where expressions are evaluated, it has no mapping of one key that CloudFormation
    /// would take for a function.
    case json(ExpressionUse)
    /// Null is neither, though an object alone takes it for an empty mapping.
    case either(Shape, Shape)
    /// What messages say of it in fewer words than of its parts.
    case described(String, Shape)
}

package struct StringShape: Sendable {
    /// Which string, in the words of an error message: "an account id of 12 digits".
    package var format: String
    /// A regular expression of ECMA 262 (flag `u`) for the whole string; nil where any string can be read. A string with
    /// variables has none: what it is shows when they are replaced.
    package var pattern: String?
    /// In Unicode scalars.
    package var maximum: Int?
    /// The strings among them that YAML 1.2 reads as numbers; nil for none.
    package var numbers: NumberText? = NumberText()
    /// Whether one of them is what YAML 1.2 reads as a boolean.
    package var takesBooleans = true
    package var examples: [String] = []
    package var expressions = ExpressionUse.refused
    /// Whether `${name}` is replaced in it.
    package var hasVariables = false
    /// The functions of CloudFormation's that can stand here instead. Where there are any, `{{resolve:...}}` can be in the
    /// string.
    package var intrinsics: [Intrinsic] = []
}

/// Numbers that are read as the text that they are written as.
package struct NumberText: Sendable {
    /// Whether they are digits alone.
    package var isWhole = false
    package var largest: Int?
}

package struct DurationShape: Sendable {
    package var seconds: ClosedRange<Int>
    /// It is a multiple of so many seconds.
    package var step = 1
    /// In seconds, where only some in the range are possible.
    package var choices: [Int]?
}

package struct ListShape: Sendable {
    package var items: Shape
    package var minimum = 0
    package var maximum: Int?
    /// The functions of CloudFormation's that can stand here instead of a list.
    package var intrinsics: [Intrinsic] = []
}

package struct MapShape: Sendable {
    /// What the keys are, as in "function names".
    package var keys: String
    /// Of a key, as in `StringShape`; nil for any.
    package var pattern: String?
    package var keyExample: String
    package var minimum = 0
    package var values: Shape
}

package struct ObjectShape: Sendable {
    /// As in "a function".
    package var name: String
    package var keys: [KeyShape]
    /// Whether keys that begin with `x-` are the user's.
    package var allowsOwnKeys = false
    package var alternatives: AlternativeKeys?
    /// Keys that are there together or not at all.
    package var together: [String] = []
}

package struct KeyShape: Sendable {
    package var name: String
    package var shape: Shape
    package var isRequired: Bool
    /// Whether `null` is a value of its own.
    package var isNullable: Bool
    package var `default`: KeyDefault
    package var need: KeyNeed?
    /// An example of the value as YAML on one line, where the shape has none that says enough.
    package var example: String?
    /// Where else the key can be written, from weak to strong, as in `pipeline.yaml environments.*`; see `Key.layers`.
    package var layers: [String] = []
    package var summary: String
}

package enum KeyDefault: Sendable {
    case none
    /// As YAML on one line.
    case value(String)
    /// A clause, where the default is not one value: "from `defaults`".
    case words(String)
}

/// Keys of which a mapping has one.
package struct AlternativeKeys: Sendable {
    package var keys: [String]
    /// The key that is meant where none of them is written.
    package var usual: String?
    /// Whether one of them has to be written.
    package var isRequired = false
}

/// What a key goes with.
package struct KeyNeed: Sendable {
    /// One of these keys.
    package var keys: [String]
    /// The text that the key's value has; nil for any value.
    package var value: String?
    /// Whether decoding leaves it to a later check to tell what is wrong.
    package var isCheckedLater = false
    /// The keys in the words of a message; nil for their names.
    var words: String?
    var problem: @Sendable (_ key: String, _ words: String, SourceRange) -> Diagnostic = {
        Diagnostic.misplaced($0, $1, at: $2)
    }

    static func oneOf(_ keys: String..., words: String? = nil) -> KeyNeed { KeyNeed(keys: keys, words: words) }
}
