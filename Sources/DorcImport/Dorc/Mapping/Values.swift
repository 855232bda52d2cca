import DorcModel
import DorcText
import DorcYAML

/// What values are in an environment, and as texts of pipeline.yaml.
extension DorcMapping {
    /// A setting as the stacks say it: the pipeline's own first, then any other of that environment.
    mutating func setting(
        _ name: String, in environment: ImportedEnvironment, folder: String, to target: String? = nil
    ) -> PulumiSettings.Setting? {
        let stacks = settings.stacks.filter { $0.environment == environment.original }
        let ordered = stacks.filter { $0.folder == folder } + stacks.filter { $0.folder != folder }
        guard let setting = ordered.lazy.compactMap({ $0.values[name] }).first else { return nil }
        for other in ordered.compactMap({ $0.values[name] }) where other.text == setting.text {
            ledger.settle(other.key, .takenOver, to: target)
        }
        return setting.isSecret ? nil : setting
    }

    /// A value without settings.
    mutating func resolved(
        _ value: DefinedValue, in environment: ImportedEnvironment, folder: String, to target: String? = nil
    ) -> DefinedValue {
        switch value.content {
        case .setting(let name, let isSecret):
            if !isSecret, let setting = setting(name, in: environment, folder: folder, to: target) {
                return DefinedValue(content: .text(setting.text), range: setting.range)
            }
            if name == "environment" {
                return DefinedValue(content: .text(environment.original), range: value.range)
            }
            let why =
                isSecret ? "it is a secret" : "no Pulumi.\(environment.original).yaml has it as a text that can be read"
            return DefinedValue(content: .unknown(source: "the setting `\(name)`", why: why), range: value.range)
        case .joined(let parts):
            var text = ""
            for part in parts {
                let part = resolved(part, in: environment, folder: folder, to: target)
                guard let piece = part.text else { return part }
                text += piece
            }
            return DefinedValue(content: .text(text), range: value.range)
        case .chosen(let name, let values):
            guard case .mapping(let entries) = values.content,
                let key = setting(name, in: environment, folder: folder, to: target)?.text
                    ?? (name == "environment" ? environment.original : nil),
                let entry = entries.last(where: { $0.name == key })
            else {
                let why = "it has no entry for the environment `\(environment.original)`"
                return DefinedValue(content: .unknown(source: values.words, why: why), range: value.range)
            }
            ledger.settle(entry.key, .takenOver, to: target)
            return resolved(entry.value, in: environment, folder: folder, to: target)
        case .list(let items):
            let items = items.map { resolved($0, in: environment, folder: folder, to: target) }
            return items.first { $0.isUnknown } ?? DefinedValue(content: .list(items), range: value.range)
        default: return value
        }
    }

    /// A text of pipeline.yaml, in which what depends on the environment is a variable; nil for what is not known.
    ///
    /// - Parameter hint: what a variable is called that stands for an entry of a mapping.
    mutating func text(
        _ value: DefinedValue, hint: String, of pipeline: OriginalPipeline, to target: String
    ) -> VariableText? {
        switch value.content {
        case .text(let text): return VariableText(literal: text)
        case .number(let text): return VariableText(literal: text)
        case .setting, .chosen, .joined: break
        default: return nil
        }
        let parts: [DefinedValue]
        if case .joined(let pieces) = value.content { parts = pieces } else { parts = [value] }
        var written = ""
        for part in parts {
            switch part.content {
            case .text(let text):
                written += text.split(separator: "${", omittingEmptySubsequences: false).joined(separator: "$${")
            case .setting("environment", _) where environments.allSatisfy({ $0.name == $0.original }):
                for environment in environments {
                    _ = setting("environment", in: environment, folder: pipeline.folder, to: target)
                }
                written += "${environment}"
            case .setting(let name, false): written += "${\(variable(name, part, of: pipeline, to: target))}"
            case .chosen: written += "${\(variable(hint, part, of: pipeline, to: target))}"
            default: return nil
            }
        }
        return try? VariableText(parsing: written)
    }

    /// The name of a variable of dorc.yaml with a value's text in each environment.
    private mutating func variable(
        _ hint: String, _ value: DefinedValue, of pipeline: OriginalPipeline, to target: String
    ) -> String {
        var texts: [String: String] = [:]
        var missing: [(environment: String, value: DefinedValue)] = []
        for environment in environments {
            let found = resolved(value, in: environment, folder: pipeline.folder, to: target)
            texts[environment.name] = found.text ?? Self.placeholder
            if found.text == nil { missing.append((environment.name, found)) }
        }
        let name = variableName(hint, texts, of: pipeline)
        if variables[name] == nil {
            for (environment, value) in missing {
                comments.todo(
                    name, value.reason, from: value.range,
                    at: ["environments", .key(environment), "variables", .key(name)])
            }
        }
        variables[name] = texts
        return name
    }

    static let placeholder = "change-me"

    private func variableName(_ hint: String, _ texts: [String: String], of pipeline: OriginalPipeline) -> String {
        func name(_ text: String) -> String {
            let letters = String(
                String.UnicodeScalarView(
                    text.lowercased().unicodeScalars.map { scalar in
                        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? scalar : "_"
                    }))
            let isFree = Names.isVariable(letters) && !BuiltInVariable.names.contains(letters)
            return isFree ? letters : "value_" + letters
        }
        let candidates = [name(hint), name("\(pipeline.id.name)_\(hint)"), name("\(pipeline.id)_\(hint)")]
        if let free = candidates.first(where: { variables[$0] == nil || variables[$0] == texts }) { return free }
        var number = 2
        while variables["\(candidates[2])_\(number)"].map({ $0 != texts }) ?? false { number += 1 }
        return "\(candidates[2])_\(number)"
    }
}

extension DefinedValue {
    var isUnknown: Bool {
        if case .unknown = content { true } else { false }
    }

    /// For a TODO: what is written, and why it is not known.
    var reason: String {
        if case .unknown(let source, let why) = content { "\(source) (\(why))" } else { words }
    }
}
