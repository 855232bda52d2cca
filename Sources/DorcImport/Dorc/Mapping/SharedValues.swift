import DorcText
import DorcYAML

/// What several programs read of one object: each has a Pulumi.<stack>.yaml of its own, and dorc has one value for all.
extension DorcMapping {
    struct SharedValue {
        /// Of the first program for which it is known, with what all of those that agree took it from.
        var value: DefinedValue
        /// Of those that do not.
        var others: [(folder: String, value: DefinedValue)] = []
        var environment: ImportedEnvironment
    }

    /// The programs that are made with a Config, the infra package's first.
    func programs(in environment: ImportedEnvironment, else path: String) -> [String] {
        let folders = (configs[environment.name] ?? []).map(\.folder)
        return folders.isEmpty ? [OriginalRepository.folder(path)] : folders
    }

    /// - Parameter folders: of the programs, in the order in which they count. One without a file for the environment is not there.
    func shared(_ value: DefinedValue, in environment: ImportedEnvironment, of folders: [String]) -> SharedValue {
        var seen: Set<String> = []
        let own = folders.filter { folder in
            seen.insert(folder).inserted
                && settings.stacks(in: folder).contains { $0.environment == environment.original }
        }
        let values = (own.isEmpty ? [folders.first ?? ""] : own).map { folder in
            (folder: folder, value: resolved(value, in: environment, folder: folder))
        }
        let chosen =
            values.first { !$0.value.isUnknown && !$0.value.isNone } ?? values.first { !$0.value.isUnknown }
            ?? values.first
        guard let chosen else { return SharedValue(value: value, environment: environment) }
        var result = SharedValue(value: chosen.value, environment: environment)
        for other in values where other.folder != chosen.folder {
            if other.value.words == chosen.value.words {
                result.value.sources += other.value.sources
            } else if !other.value.isUnknown || !other.value.sources.isEmpty {
                result.others.append(other)
            }
        }
        return result
    }

    /// A TODO for each value that is not taken.
    mutating func tell(_ shared: SharedValue, _ key: String, at path: [YAMLPathPart], to target: String) {
        let taken = shared.value
        var told: Set<String> = []
        for (folder, other) in shared.others {
            let words =
                "here it is \(other.words), and at \(taken.range.path):\(taken.range.start.line) \(taken.words), which is taken: dorc has one for all programs of an environment"
            var range = other.range
            if other.sources.isEmpty,
                let stack = settings.stacks(in: folder).first(where: { $0.environment == shared.environment.original })
            {
                range = stack.range
            }
            if told.insert(other.words).inserted { comments.todo(key, words, from: range, at: path) }
            if other.sources.isEmpty {
                ledger.remark(.differs, key, at: range, to: target, words, isDecision: true)
            }
            for source in other.sources {
                ledger.settle(source, .differs, to: target, words, isDecision: true)
            }
        }
    }
}
