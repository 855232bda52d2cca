internal import DorcModel
internal import DorcText

/// A value of a CloudFormation template: JSON with CloudFormation's functions. Maps keep their order.
package enum Value: Sendable, Equatable {
    case string(String)
    case integer(Int)
    /// A number in the spelling of `JSONNumber`.
    case number(String)
    case boolean(Bool)
    case null
    case list([Value])
    case map([Member])
    /// A logical id or a pseudo parameter.
    case ref(String)
    /// `LogicalID.Attribute`
    case getAtt(String)
    /// Text with `${AWS::Region}` and its like.
    case sub(String)
    indirect case importValue(Value)
    indirect case split(String, Value)
    indirect case join(String, Value)
    indirect case select(Int, Value)

    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: Value

        package init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// Members whose value is nil are left out.
    package static func object(_ members: KeyValuePairs<String, Value?>) -> Value {
        var result: [Member] = []
        result.reserveCapacity(members.count)
        for (key, value) in members {
            if let value { result.append(Member(key, value)) }
        }
        return .map(result)
    }

    /// One value as it is, several as a list: how IAM's policies are usually written.
    static func oneOrList(_ values: [Value]) -> Value {
        if values.count == 1, let value = values.first { value } else { .list(values) }
    }

    static func strings(_ texts: [String]) -> Value { .list(texts.map { .string($0) }) }

    init(_ value: CloudFormationValue) {
        switch value {
        case .text(let text): self = .string(text)
        case .list(let items): self = .list(items.map { Value($0) })
        case .ref(let name): self = .ref(name)
        case .sub(let text): self = .sub(text)
        case .importValue(let name): self = .importValue(Value(name))
        case .split(let delimiter, let text): self = .split(delimiter, Value(text))
        case .join(let delimiter, let list): self = .join(delimiter, Value(list))
        case .select(let index, let list): self = .select(index, Value(list))
        }
    }

    /// A text of the user's. `Fn::Sub` would read a literal `${` in it, so such a text is joined instead.
    init(_ text: Text) {
        switch text {
        case .literal(let literal): self = .string(literal)
        case .parts(let parts):
            let hasDollar = parts.contains { part in
                if case .literal(let literal) = part { literal.utf8.contains(UInt8(ascii: "$")) } else { false }
            }
            if hasDollar {
                let pieces = parts.map { part -> Value in
                    if case .literal(let literal) = part { .string(literal) } else { .ref("AWS::AccountId") }
                }
                self = .join("", .list(pieces))
            } else {
                let pieces = parts.map { part in
                    if case .literal(let literal) = part { literal } else { "${AWS::AccountId}" }
                }
                self = .sub(pieces.joined())
            }
        }
    }

    /// JSON inside a template. CloudFormation refuses `null`, so it becomes JSONata for it.
    init(_ json: JSONValue<Text>) {
        switch json {
        case .null: self = .string("{% null %}")
        case .boolean(let value): self = .boolean(value)
        case .number(let number): self = .number(number.text)
        case .text(let text): self = Value(text)
        case .list(let items): self = .list(items.map { Value($0) })
        case .object(let members): self = .map(members.map { Member($0.name, Value($0.value)) })
        }
    }
}
