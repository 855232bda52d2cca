internal import DorcText
internal import CloudFormation
internal import DorcModel

extension TemplateValue {
    /// A text of the user's. `Fn::Sub` would read a literal `${` in it, so such a text is joined instead.
    init(_ text: Text) {
        switch text {
        case .literal(let literal): self = .text(literal)
        case .parts(let parts):
            let hasDollar = parts.contains { part in
                if case .literal(let literal) = part { literal.utf8.contains(UInt8(ascii: "$")) } else { false }
            }
            if hasDollar {
                self = .joined(
                    parts.map { part in
                        switch part {
                        case .literal(let literal): .text(literal)
                        case .hole(let parameter): .pseudoParameter(parameter.rawValue)
                        }
                    })
            } else {
                self = .sub(text.filled { "${\($0.rawValue)}" })
            }
        }
    }
}

extension TemplateWriter {
    mutating func add(_ text: Text) {
        if case .literal(let literal) = text { add(literal) } else { add(TemplateValue(text)) }
    }

    /// CloudFormation refuses `null`, so it becomes JSONata for it.
    mutating func add(_ json: JSONValue<Text>) {
        switch json {
        case .null: add("{% null %}")
        case .boolean(let value): add(value)
        case .number(let number): add(number)
        case .text(let text): add(text)
        case .list(let items):
            list {
                for item in items { $0.add(item) }
            }
        case .object(let members):
            object {
                for member in members {
                    $0.key(member.name)
                    $0.add(member.value)
                }
            }
        }
    }

    subscript(_ key: StaticString) -> Text? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            add(newValue)
        }
    }

    subscript(_ key: StaticString) -> JSONValue<Text>? {
        @available(*, unavailable, message: "a writer only writes") get { nil }
        set {
            guard let newValue else { return }
            self.key(key)
            add(newValue)
        }
    }
}
