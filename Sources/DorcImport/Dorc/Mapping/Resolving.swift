import DorcText
import DorcYAML

/// What values are in an environment.
extension DorcMapping {
    /// A value without anything that depends on the environment, as far as it is known.
    ///
    /// - Parameter folder: the one of the program that reads it, which has a Pulumi.<stack>.yaml of its own.
    func resolved(_ value: DefinedValue, in environment: ImportedEnvironment, folder: String) -> DefinedValue {
        switch value.content {
        case .setting(let reference): return setting(reference, value, in: environment, folder)
        case .stack:
            let own = stacks(of: environment, folder: folder).first ?? []
            let names = Set(own.map(\.name)).sorted()
            guard names.count > 1 else {
                return DefinedValue(content: .text(names.first ?? environment.original), range: value.range)
            }
            let words = names.map { "`\($0)`" }.joined(separator: " and ")
            return DefinedValue(
                content: .unknown(
                    source: value.words, why: "\(words) are stacks of the one environment `\(environment.original)`"),
                range: value.range)
        case .project:
            guard let project = settings.project(of: folder), let name = project.name else {
                return DefinedValue(
                    content: .unknown(source: "the name of Pulumi's project", why: "no Pulumi.yaml says it"),
                    range: value.range)
            }
            let key = ledger.key("name", in: project.range.path)
            return DefinedValue(content: .text(name), range: value.range, sources: key.map { [$0] } ?? [])
        case .joined(let parts): return joined(parts, value, in: environment, folder)
        case .split(let whole, let separator):
            let whole = resolved(whole, in: environment, folder: folder)
            guard let text = whole.text else { return whole }
            let items = text.split(separator: separator, omittingEmptySubsequences: false).map {
                DefinedValue(content: .text(String($0)), range: whole.range)
            }
            return DefinedValue(content: .list(items), range: whole.range, sources: whole.sources)
        case .chosen(let by, let values, let fallback):
            return chosen(by, values, fallback, value, in: environment, folder)
        case .conditional(let choice):
            let test = resolved(choice.test, in: environment, folder: folder)
            guard let text = test.text else { return test }
            let isThen = choice.values.contains(text) != choice.isNegated
            var result = resolved(isThen ? choice.then : choice.otherwise, in: environment, folder: folder)
            result.sources += test.sources
            return result
        case .list(let items):
            let items = items.map { resolved($0, in: environment, folder: folder) }
            return items.first(where: \.isUnknown)
                ?? DefinedValue(content: .list(items), range: value.range, sources: items.flatMap(\.sources))
        default: return value
        }
    }

    private func joined(
        _ parts: [DefinedValue], _ whole: DefinedValue, in environment: ImportedEnvironment, _ folder: String
    ) -> DefinedValue {
        var result = DefinedValue(content: .none, range: whole.range)
        var text = ""
        for part in parts {
            let part = resolved(part, in: environment, folder: folder)
            result.sources += part.sources
            switch part.content {
            case .text(let piece), .number(let piece): text += piece
            // As Python writes them.
            case .boolean(let value): text += value ? "True" : "False"
            case .unknown: return part
            default:
                return DefinedValue(
                    content: .unknown(
                        source: whole.words, why: "a part of it is not text in `\(environment.original)`"),
                    range: whole.range)
            }
        }
        result.content = .text(text)
        return result
    }

    private func chosen(
        _ by: DefinedValue, _ values: DefinedValue, _ fallback: DefinedValue?, _ whole: DefinedValue,
        in environment: ImportedEnvironment, _ folder: String
    ) -> DefinedValue {
        let by = resolved(by, in: environment, folder: folder)
        guard let key = by.text, case .mapping(let entries) = values.content else {
            return by.isUnknown
                ? by
                : DefinedValue(
                    content: .unknown(source: whole.words, why: "only running it would tell"), range: whole.range)
        }
        if let entry = entries.last(where: { $0.name == key }) {
            var result = resolved(entry.value, in: environment, folder: folder)
            result.sources += by.sources + [entry.key]
            return result
        }
        guard let fallback else {
            let why = "it has no entry `\(key)`, for the environment `\(environment.original)`"
            return DefinedValue(content: .unknown(source: values.words, why: why), range: whole.range)
        }
        return resolved(fallback, in: environment, folder: folder)
    }

    /// The stacks of an environment that a program reads: its folder's own alone, where there is one. What several programs share is
    /// looked up in the infra package's, then in all others.
    private func stacks(of environment: ImportedEnvironment, folder: String) -> [[PulumiSettings.Stack]] {
        let own = settings.stacks(in: folder).filter { $0.environment == environment.original }
        if !own.isEmpty { return [own] }
        let stacks = settings.stacks.filter { $0.environment == environment.original }
        return [
            stacks.filter { infraFolders.contains($0.folder) }, stacks.filter { !infraFolders.contains($0.folder) },
        ]
        .filter { !$0.isEmpty }
    }

    private func setting(
        _ reference: DefinedValue.SettingReference, _ value: DefinedValue, in environment: ImportedEnvironment,
        _ folder: String
    ) -> DefinedValue {
        func unknown(_ why: String) -> DefinedValue {
            DefinedValue(
                content: .unknown(source: "Pulumi's setting `\(reference.name)`", why: why), range: value.range)
        }
        let stacks = stacks(of: environment, folder: folder)
        for group in stacks {
            let found = group.compactMap { stack in
                settings.setting(reference.key, of: reference.namespace, in: stack.settings, folder: stack.folder)
                    .flatMap { setting in
                        SettingValue(file: stack.range.path, ledger: ledger).value(setting, reference)
                    }
            }
            guard var first = found.first else { continue }
            if let other = found.first(where: { $0.words != first.words }) {
                return unknown(
                    "\(first.range.path):\(first.range.start.line) and \(other.range.path):\(other.range.start.line) say different things"
                )
            }
            first.sources = found.flatMap(\.sources)
            if reference.isFallbackOfEmpty, first.isEmpty, let fallback = reference.fallback {
                var other = resolved(fallback, in: environment, folder: folder)
                other.sources += first.sources
                return other
            }
            if reference.isSecret {
                var secret = SettingValue.secret(reference, in: first.range)
                secret.sources = first.sources
                return secret
            }
            return first
        }
        if let project = settings.project(of: folder),
            let found = settings.setting(
                reference.key, of: reference.namespace, in: project.settings, folder: project.folder),
            let value = SettingValue(file: project.range.path, ledger: ledger).value(found, reference),
            !reference.isFallbackOfEmpty || !value.isEmpty
        {
            return value
        }
        if let fallback = reference.fallback { return resolved(fallback, in: environment, folder: folder) }
        if reference.key == "environment", reference.path.isEmpty {
            return DefinedValue(content: .text(environment.original), range: value.range)
        }
        // A file of its own that does not have it says so.
        if !reference.isRequired, stacks.first?.first?.folder == folder {
            return DefinedValue(content: .none, range: value.range)
        }
        return unknown("no Pulumi.\(environment.original).yaml has it as a value that can be read")
    }
}
