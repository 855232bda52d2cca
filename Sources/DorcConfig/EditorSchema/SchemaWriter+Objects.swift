internal import DorcText

/// Mappings with declared keys: the keys, and which of them go together.
extension SchemaWriter {
    mutating func object(_ object: ObjectShape) -> Members {
        let required = object.keys.filter(\.isRequired).map(\.name)
        let isNeverEmpty = !required.isEmpty || object.alternatives?.isRequired == true
        var members: Members = [
            // Nothing, where a mapping is wanted, is an empty one.
            .init(name: "type", value: isNeverEmpty ? .text("object") : .texts(["object", "null"])),
            .init(
                name: "properties", value: .object(object.keys.map { .init(name: $0.name, value: .object(key($0))) })),
        ]
        if object.allowsOwnKeys {
            members.append(.init(name: "patternProperties", value: .members(["^x-": .object([])])))
        }
        members.append(.init(name: "additionalProperties", value: .boolean(false)))
        if !required.isEmpty { members.append(.init(name: "required", value: .texts(required))) }
        let rules = Self.relations(object)
        if !rules.isEmpty { members.append(.init(name: "allOf", value: .list(rules))) }
        return members
    }

    private mutating func key(_ key: KeyShape) -> Members {
        let text = Self.description(key)
        var members: Members = [.init(name: "description", value: .text(text))]
        // VS Code shows `description` with its marks.
        if text.contains("`") { members.append(.init(name: "markdownDescription", value: .text(text))) }
        members += self.members(key.shape)
        if case .value(let value) = key.default { members.append(.init(name: "default", value: Self.scalar(value))) }
        return members
    }

    private static func description(_ key: KeyShape) -> String {
        var parts = [key.summary]
        if let words = words(of: key.shape) {
            parts.append(words.prefix(1).uppercased() + words.dropFirst() + ".")
        }
        switch key.default {
        case .none: break
        case .value(let value): parts.append("Default: `\(value)`.")
        case .words(let words): parts.append("Default: \(words).")
        }
        return parts.joined(separator: " ")
    }

    /// What the value is, where the summary may not say it.
    private static func words(of shape: Shape) -> String? {
        switch shape {
        case .integer, .number, .duration, .choice: shape.words
        case .string(let string):
            [" such as ", "digits", " or "].contains(where: string.format.contains) ? string.format : nil
        case .boolean, .list, .map, .object, .json, .either, .described: nil
        }
    }

    /// A value on one line of YAML.
    private static func scalar(_ text: String) -> JSONValue<String> {
        JSONValue(json: Array(text.utf8)) ?? .text(text)
    }

    // MARK: What goes with what

    private static func relations(_ object: ObjectShape) -> [JSONValue<String>] {
        var rules: [JSONValue<String>] = []
        if let alternatives = object.alternatives {
            // The later of two is the one too many.
            for (index, key) in alternatives.keys.enumerated().dropLast() {
                rules.append(rule(if: [key], without(Array(alternatives.keys[(index + 1)...]))))
            }
            if alternatives.isRequired { rules.append(.members(["anyOf": oneOf(alternatives.keys)])) }
        }
        if !object.together.isEmpty {
            rules.append(
                .members([
                    "if": .members(["anyOf": oneOf(object.together)]),
                    "then": .members(["required": .texts(object.together)]),
                ]))
        }
        for key in object.keys {
            if let need = key.need { rules.append(rule(if: [key.name], met(need, object.alternatives))) }
        }
        return rules
    }

    private static func met(_ need: KeyNeed, _ alternatives: AlternativeKeys?) -> JSONValue<String> {
        if let alternatives, let usual = alternatives.usual, need.keys.contains(usual) {
            // The usual one need not be written.
            return without(alternatives.keys.filter { !need.keys.contains($0) })
        }
        guard need.keys.count == 1, let key = need.keys.first else { return .members(["anyOf": oneOf(need.keys)]) }
        let value = need.value.map { text -> JSONValue<String> in
            .object([.init(name: key, value: .members(["const": scalar(text)]))])
        }
        return .members(["required": .texts([key]), "properties": value])
    }

    private static func rule(if keys: [String], _ consequence: JSONValue<String>) -> JSONValue<String> {
        .members(["if": .members(["required": .texts(keys)]), "then": consequence])
    }

    private static func oneOf(_ keys: [String]) -> JSONValue<String> {
        .list(keys.map { .members(["required": .texts([$0])]) })
    }

    private static func without(_ keys: [String]) -> JSONValue<String> {
        .members(["properties": .object(keys.map { .init(name: $0, value: .boolean(false)) })])
    }
}
