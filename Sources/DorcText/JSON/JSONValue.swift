/// A JSON value whose texts are of any kind: as written in the file, or with their variables replaced.
package enum JSONValue<Text: Sendable>: Sendable {
    package struct Member: Sendable {
        package var name: String
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    case null
    case boolean(Bool)
    case number(JSONNumber)
    case text(Text)
    case list([JSONValue])
    case object([Member])

    package func mapTexts<Other>(_ transform: (Text) -> Other) -> JSONValue<Other> {
        switch self {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .number(let value): .number(value)
        case .text(let text): .text(transform(text))
        case .list(let items): .list(items.map { $0.mapTexts(transform) })
        case .object(let members):
            .object(members.map { JSONValue<Other>.Member(name: $0.name, value: $0.value.mapTexts(transform)) })
        }
    }
}

extension JSONValue: Equatable where Text: Equatable {}
extension JSONValue.Member: Equatable where Text: Equatable {}

extension JSONValue {
    /// Every text in the order of the file.
    package func forEachText(_ body: (Text) -> Void) {
        switch self {
        case .null, .boolean, .number: break
        case .text(let text): body(text)
        case .list(let items):
            for item in items { item.forEachText(body) }
        case .object(let members):
            for member in members { member.value.forEachText(body) }
        }
    }
}
