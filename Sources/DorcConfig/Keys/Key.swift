package import DorcText
internal import DorcYAML

/// The one declaration of a key: its name, property, type, default, what it goes with, what other tools call it, and a line
/// of documentation. Decoding, encoding, "did you mean", the reference documentation and the JSON Schema come from it.
package struct Key<Object: Sendable>: Sendable {
    package let name: String
    package let isRequired: Bool
    let need: KeyNeed?
    /// What other tools call it: words in lower case without separators, with spaces between them.
    let otherNames: String
    let example: String?
    package let summary: String
    private let makeShape: @Sendable () -> (Shape, isNullable: Bool, KeyDefault)
    let decode: @Sendable (YAMLNode, inout Object, inout Diagnostics) -> Void
    /// Nil where the object does not have the key.
    let encode: @Sendable (Object) -> YAMLNode?
    /// Where its value is, if it could be read.
    let range: @Sendable (Object) -> SourceRange?

    /// - Parameters:
    ///   - path, type: made when a file has the key: a run reads few of all the keys, and a key path costs it more than most files.
    ///   - isNullable: whether `null` is a value of its own.
    ///   - default: documentation: it is applied where the value is used, since several files can override it.
    ///   - otherNames: see the property.
    ///   - example: YAML on one line; what the shape shows is usually enough.
    package init<Value>(
        _ name: String,
        _ path: @escaping @autoclosure @Sendable () -> any WritableKeyPath<Object, Located<Value>?> & Sendable,
        _ type: @escaping @autoclosure @Sendable () -> ValueType<Value>,
        required: Bool = false, isNullable: Bool = false, default: Default<Value> = .none, needs need: KeyNeed? = nil,
        otherNames: String = "", example: String? = nil, _ summary: String
    ) {
        self.name = name
        isRequired = required
        self.need = need
        self.otherNames = otherNames
        self.example = example
        self.summary = summary
        makeShape = {
            let type = type()
            return (type.shape, isNullable, `default`.data(type))
        }
        decode = { node, object, diagnostics in
            let type = type()
            if !isNullable, node.isNull {
                diagnostics.report(.emptyValue(key: name, shape: type.shape, at: node.range))
            } else if let value = type.decode(node, &diagnostics) {
                object[keyPath: path()] = Located(value, node.range)
            }
        }
        encode = { object in object[keyPath: path()].map { type().encode($0.value) } }
        range = { object in object[keyPath: path()]?.range }
    }

    /// A key of a part, as one of the whole that has the part.
    private init<Part>(
        _ key: Key<Part>, of path: @escaping @Sendable () -> any WritableKeyPath<Object, Part> & Sendable,
        default words: String?,
        _ summary: String?
    ) {
        name = key.name
        isRequired = key.isRequired
        need = key.need
        otherNames = key.otherNames
        example = key.example
        self.summary = summary ?? key.summary
        makeShape = {
            let (shape, isNullable, value) = key.makeShape()
            return (shape, isNullable, words.map { $0.isEmpty ? .none : .words($0) } ?? value)
        }
        decode = { node, object, diagnostics in key.decode(node, &object[keyPath: path()], &diagnostics) }
        encode = { object in key.encode(object[keyPath: path()]) }
        range = { object in key.range(object[keyPath: path()]) }
    }

    /// The same key in another mapping. `default` says what holds there without it, as a clause; `""` for nothing.
    func at<Whole>(
        _ path: @escaping @autoclosure @Sendable () -> any WritableKeyPath<Whole, Object> & Sendable,
        default words: String? = nil, _ summary: String? = nil
    ) -> Key<Whole> {
        Key<Whole>(self, of: path, default: words, summary)
    }

    package var shape: KeyShape {
        let (shape, isNullable, value) = makeShape()
        return KeyShape(
            name: name, shape: shape, isRequired: isRequired, isNullable: isNullable, default: value, need: need,
            example: example, summary: summary)
    }

    /// Whether another tool calls it so; `folded` is in lower case, without separators.
    func isCalled(_ folded: String) -> Bool { otherNames.split(separator: " ").contains { $0 == folded } }

    package enum Default<Value: Sendable>: Sendable {
        case none
        case value(Value)
        /// A clause, where it is not one value: "from `defaults`".
        case words(String)

        fileprivate func data(_ type: ValueType<Value>) -> KeyDefault {
            switch self {
            case .none: .none
            case .value(let value): .value(YAMLText.line(type.encode(value)))
            case .words(let words): .words(words)
            }
        }
    }
}
