import DorcConfig
import DorcText
import DorcYAML

/// Whether a node has a shape: what an editor with the JSON Schema says, from the shape alone. Patterns are compiled once.
final class ShapeMatcher {
    private var patterns: [String: Regex<AnyRegexOutput>] = [:]

    func accepts(_ node: YAMLNode, _ shape: Shape) throws -> Bool {
        switch shape {
        case .string(let string): return try accepts(node, string)
        case .boolean: return plain(node).map { ["true", "false"].contains($0) } ?? false
        case .integer(let range, _): return plain(node).flatMap { Int($0) }.map(range.contains) ?? false
        case .number(let minimum): return plain(node).flatMap { JSONNumber($0)?.double }.map { $0 >= minimum } ?? false
        case .duration(let duration):
            guard let seconds = text(node).flatMap({ Duration($0) })?.seconds else { return false }
            return duration.seconds.contains(seconds) && seconds % duration.step == 0
                && duration.choices?.contains(seconds) ?? true
        case .choice(let choices): return text(node).map(choices.contains) ?? false
        case .list(let list):
            if isFunction(node, of: list.intrinsics) { return true }
            guard node.tag == nil, case .sequence(let items) = node.content, items.count >= list.minimum,
                items.count <= list.maximum ?? .max
            else { return false }
            return try items.allSatisfy { try accepts($0, list.items) }
        case .map(let map):
            guard node.tag == nil, case .mapping(let entries) = node.content, entries.count >= map.minimum else {
                return false
            }
            return try entries.allSatisfy { entry in
                try map.pattern.map { try matches(entry.key, $0) } ?? true && accepts(entry.value, map.values)
            }
        case .object(let object): return try accepts(node, object)
        case .json: return hasNoTags(node)
        case .either(let left, let right): return try !node.isNull && (accepts(node, left) || accepts(node, right))
        case .described(_, let inner): return try accepts(node, inner)
        }
    }

    private func accepts(_ node: YAMLNode, _ string: StringShape) throws -> Bool {
        if isFunction(node, of: string.intrinsics) { return true }
        guard let text = text(node) else { return false }
        if !string.intrinsics.isEmpty, text.contains("{{resolve:") { return true }
        guard text.unicodeScalars.count <= string.maximum ?? .max else { return false }
        return try string.pattern.map { try matches(text, $0) } ?? true
    }

    private func accepts(_ node: YAMLNode, _ object: ObjectShape) throws -> Bool {
        var values: [String: YAMLNode] = [:]
        if node.isNull {
        } else if node.tag == nil, case .mapping(let entries) = node.content {
            for entry in entries { values[entry.key] = entry.value }
        } else {
            return false
        }
        for (name, value) in values {
            guard let key = object.keys.first(where: { $0.name == name }) else {
                guard object.allowsOwnKeys, name.hasPrefix("x-") else { return false }
                continue
            }
            if value.isNull, !key.isNullable { return false }
            guard try accepts(value, key.shape) else { return false }
        }
        let names = Set(values.keys)
        if let alternatives = object.alternatives {
            let count = alternatives.keys.count(where: names.contains)
            if count > 1 || count == 0 && alternatives.isRequired { return false }
        }
        if !names.isDisjoint(with: object.together), !names.isSuperset(of: object.together) { return false }
        return object.keys.allSatisfy { key in
            guard let value = values[key.name] else { return !key.isRequired }
            guard let need = key.need, !value.isNull || key.isNullable else { return true }
            return need.isMet(by: names, of: object)
                && need.value.map { wanted in need.keys.contains { values[$0].flatMap(text) == wanted } } ?? true
        }
    }

    private func isFunction(_ node: YAMLNode, of intrinsics: [Intrinsic]) -> Bool {
        if let tag = node.tag { return intrinsics.contains { "!\($0.rawValue)" == tag } }
        guard case .mapping(let entries) = node.content, entries.count == 1, let name = entries.first?.key else {
            return false
        }
        return intrinsics.contains { $0 == .ref ? name == "Ref" : name == "Fn::\($0.rawValue)" }
    }

    private func matches(_ text: String, _ pattern: String) throws -> Bool {
        let regex = try patterns[pattern] ?? Regex(pattern).matchingSemantics(.unicodeScalar)
        patterns[pattern] = regex
        guard pattern.hasPrefix("^") else { return text.contains(regex) }
        return text.wholeMatch(of: regex) != nil
    }

    private func text(_ node: YAMLNode) -> String? {
        guard node.tag == nil, !node.isNull, case .scalar(let text, _) = node.content else { return nil }
        return text
    }

    private func plain(_ node: YAMLNode) -> String? {
        guard node.tag == nil, case .scalar(let text, .plain) = node.content else { return nil }
        return text
    }

    private func hasNoTags(_ node: YAMLNode) -> Bool {
        guard node.tag == nil else { return false }
        return switch node.content {
        case .scalar: true
        case .sequence(let items): items.allSatisfy(hasNoTags)
        case .mapping(let entries): entries.allSatisfy { hasNoTags($0.value) }
        }
    }
}
