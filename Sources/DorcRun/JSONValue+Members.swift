internal import DorcText

extension JSONValue where Text == String {
    /// Of an object; nil for what has no such member.
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// Of a list.
    var items: [JSONValue]? {
        if case .list(let items) = self { items } else { nil }
    }

    var integer: Int? {
        if case .number(let number) = self { Int(number.text) } else { nil }
    }
}
