internal import DorcModel
internal import DorcSynth
internal import DorcText

extension StackLowering {
    /// What the user wrote, with the limits of the pipeline added to it.
    func lower(_ definition: WrittenDefinition) -> Value {
        guard case .object(let members) = definition.machine.value else { return .map([]) }
        var fields = members.map { Value.Member($0.name, value($0.value, definition)) }
        if !definition.machine.hasTimeout {
            fields.append(Value.Member("TimeoutSeconds", .integer(definition.timeout)))
        }
        guard let preamble = definition.preamble else { return .map(fields) }
        for index in fields.indices {
            switch (fields[index].key, fields[index].value) {
            case ("StartAt", _): fields[index].value = .string(preamble.start)
            case ("States", .map(let states)):
                let added = preamble.states.map { state -> Value.Member in
                    let language = Value.Member("QueryLanguage", .string("JSONata"))
                    return Value.Member(
                        state.name, .map((definition.machine.isJSONata ? [] : [language]) + self.fields(of: state)))
                }
                fields[index].value = .map(added + states)
            default: break
            }
        }
        return .map(fields)
    }

    private func value(_ json: JSONValue<DefinitionText>, _ definition: WrittenDefinition) -> Value {
        switch json {
        case .null: definition.machine.needsText ? .null : .string("{% null %}")
        case .boolean(let value): .boolean(value)
        case .number(let number): .number(number.text)
        case .text(let text): value(text, definition)
        case .list(let items): .list(items.map { value($0, definition) })
        case .object(let members): .map(members.map { Value.Member($0.name, value($0.value, definition)) })
        }
    }

    /// A function alone is its ARN; inside a text it is joined, since `Fn::Sub` would read the user's own `${`.
    private func value(_ text: DefinitionText, _ definition: WrittenDefinition) -> Value {
        var pieces: [Value] = []
        var open: Text?
        for part in text.parts {
            switch part {
            case .text(let text): open = open.map { $0 + text } ?? text
            case .function(let name):
                if let text = open { pieces.append(Value(text)) }
                open = nil
                pieces.append(definition.functions[name].map { value($0) } ?? .string(name))
            }
        }
        if let text = open { pieces.append(Value(text)) }
        if pieces.count == 1, let piece = pieces.first { return piece }
        return pieces.isEmpty ? .string("") : .join("", .list(pieces))
    }
}
