import DorcText
import DorcYAML

/// A setting of Pulumi's files as a value of the Python files.
struct SettingValue {
    let file: String
    let ledger: ImportLedger

    /// The value, or what is in it at the end of a path; nil where there is none.
    func value(_ setting: PulumiSettings.Setting, _ reference: DefinedValue.SettingReference) -> DefinedValue? {
        var (node, path) = (setting.node, setting.path)
        var keys = [setting.outer, path].compactMap { $0 }.compactMap { ledger.key($0, in: file) }
        if reference.kind == .object, case .scalar(let text, _) = node.content,
            let json = JSONValue<String>(json: Array(text.utf8))
        {
            var value = value(json, setting.range)
            for step in reference.path {
                guard let inner = value.part(step) else { return nil }
                value = inner
            }
            value.sources = keys
            return value
        }
        for step in reference.path {
            if PulumiSettings.isSecret(node) { break }
            switch (node.content, step) {
            case (.mapping(let entries), .key(let key)):
                guard let entry = entries.first(where: { $0.key == key }) else { return nil }
                node = entry.value
                path += ".\(key)"
            case (.sequence(let items), .item(let index)):
                guard items.indices.contains(index) else { return nil }
                node = items[index]
                path += "[\(index)]"
            default: return nil
            }
            keys += [ledger.key(path, in: file)].compactMap { $0 }
        }
        var value = value(node, path, setting.range, reference)
        value.sources = keys + value.sources
        return value
    }

    private func value(
        _ node: YAMLNode, _ path: String, _ range: SourceRange, _ reference: DefinedValue.SettingReference
    ) -> DefinedValue {
        if PulumiSettings.isSecret(node) {
            var value = Self.secret(reference, in: range)
            value.sources = [ledger.key("\(path).secure", in: file)].compactMap { $0 }
            return value
        }
        switch node.content {
        case .scalar(let text, let style):
            return DefinedValue(content: Self.scalar(text, style, reference, node), range: range)
        case .sequence(let items):
            let values = items.enumerated().map { value($0.element, "\(path)[\($0.offset)]", range, reference) }
            return values.first(where: \.isUnknown)
                ?? DefinedValue(content: .list(values), range: range, sources: values.flatMap(\.sources))
        case .mapping(let entries):
            var arguments: [DefinedArgument] = []
            var sources: [ImportLedger.Key] = []
            for entry in entries {
                let inner = "\(path).\(entry.key)"
                let value = value(entry.value, inner, entry.keyRange, reference)
                guard let key = ledger.key(inner, in: file) else { continue }
                arguments.append(DefinedArgument(name: entry.key, range: entry.keyRange, value: value, key: key))
                sources += [key] + value.sources
            }
            return DefinedValue(content: .mapping(arguments), range: range, sources: sources)
        }
    }

    private static func scalar(
        _ text: String, _ style: YAMLNode.ScalarStyle, _ reference: DefinedValue.SettingReference, _ node: YAMLNode
    ) -> DefinedValue.Content {
        switch reference.kind {
        case .text: return .text(text)
        case .int: return JSONNumber(text).map { .number($0.text) } ?? .text(text)
        // As Python writes it: 1 is 1.0.
        case .float: return JSONNumber(text).flatMap { Double($0.text) }.map { .number("\($0)") } ?? .text(text)
        case .bool: return ["true", "True", "1"].contains(text) ? .boolean(true) : .boolean(false)
        case .object:
            guard style == .plain else { return .text(text) }
            if node.isNull { return .none }
            if text == "true" || text == "false" { return .boolean(text == "true") }
            return JSONNumber(text).map { .number($0.text) } ?? .text(text)
        }
    }

    private func value(_ json: JSONValue<String>, _ range: SourceRange) -> DefinedValue {
        let content: DefinedValue.Content
        switch json {
        case .null: content = .none
        case .boolean(let value): content = .boolean(value)
        case .number(let number): content = .number(number.text)
        case .text(let text): content = .text(text)
        case .list(let items): content = .list(items.map { value($0, range) })
        case .object(let members):
            // The file has one key for all of it.
            let key = ledger.key("config", in: file)
            content = .mapping(
                members.compactMap { member in
                    key.map {
                        DefinedArgument(name: member.name, range: range, value: value(member.value, range), key: $0)
                    }
                })
        }
        return DefinedValue(content: content, range: range)
    }

    static func secret(_ reference: DefinedValue.SettingReference, in range: SourceRange) -> DefinedValue {
        let name = OriginalRepository.name(range.path)
        let stack = name.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
        let why =
            "a secret of Pulumi's, encrypted: `pulumi config get \(reference.name) --stack \(stack)` shows it; functions read theirs from Secrets Manager, by `secrets`"
        return DefinedValue(
            content: .unknown(source: "the setting `\(reference.name)`", why: why), range: range)
    }
}

extension DefinedValue {
    fileprivate func part(_ step: SettingReference.Step) -> DefinedValue? {
        switch (content, step) {
        case (.mapping(let entries), .key(let key)): entries.last { $0.name == key }?.value
        case (.list(let items), .item(let index)): items.indices.contains(index) ? items[index] : nil
        default: nil
        }
    }
}
