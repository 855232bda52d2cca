import DorcConfig
import DorcModel
import DorcText
import DorcYAML

extension DorcMapping {
    /// The tags of UniversalConfig: the project's, or an environment's where they depend on it.
    mutating func mapTags(_ sections: inout [(String, ProjectFile.EnvironmentSection)]) {
        let target = "dorc.yaml: tags"
        guard let agreed = agreed(["tags"], of: universals), !agreed.argument.value.isNone else { return }
        let argument = agreed.argument
        guard case .mapping(let entries) = argument.value.content else {
            return decide(argument, argument.value, "tags", at: ["tags"])
        }
        var tags: [(String, String)] = []
        for entry in entries {
            if entry.value.dependsOnEnvironment {
                mapTag(entry, &sections)
            } else if entry.value.isNone {
                ledger.settle(entry.key, .takenOver, "there is none")
            } else if let text = Self.tag(entry.value) {
                let one = LocatedMap(made: [(entry.name, text)])
                // With those before it: two keys must not differ in case alone.
                var trial = ProjectFile()
                trial.tags = Located(made: LocatedMap(made: tags + [(entry.name, text)]))
                let problem =
                    AcceptedValue.problem(with: one, at: \ProjectFile.tags)
                    ?? TrialProject.problem(of: trial, environments: [])
                if let problem {
                    decide(entry, entry.value, "tags.\(entry.name)", at: ["tags", .key(entry.name)], problem)
                } else {
                    tags.append((entry.name, text))
                    ledger.settle(entry.key, .takenOver, to: "\(target).\(entry.name)")
                }
            } else {
                decide(entry, entry.value, "tags.\(entry.name)", at: ["tags", .key(entry.name)])
            }
        }
        if entries.isEmpty {
            settle(agreed, .takenOver, to: nil, "there are none")
        } else {
            settle(agreed, .takenOver, to: tags.isEmpty ? "dorc.yaml" : target, tags.isEmpty ? "each for itself" : "")
        }
        if !tags.isEmpty { project.tags = Located(made: LocatedMap(made: tags)) }
    }

    /// Whether a truth value is written `True` or `true` depends on who makes it a text.
    private static func tag(_ value: DefinedValue) -> String? {
        switch value.content {
        case .text(let text): text
        case .number(let text) where text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }: text
        default: nil
        }
    }

    private mutating func mapTag(
        _ entry: DefinedArgument, _ sections: inout [(String, ProjectFile.EnvironmentSection)]
    ) {
        var open: [String] = []
        var written: [String] = []
        var sources: [ImportLedger.Key] = []
        for (index, environment) in environments.enumerated() where sections.indices.contains(index) {
            let shared = shared(entry.value, in: environment, of: programs(in: environment, else: entry.range.path))
            let value = shared.value
            sources += value.sources
            let place: [YAMLPathPart] = ["environments", .key(environment.name), "tags", .key(entry.name)]
            // Pulumi leaves out what is None.
            if value.isNone { continue }
            defer {
                let isWritten = sections[index].1.tags?.value.entries.contains { $0.key.value == entry.name } ?? false
                let place = "dorc.yaml: environments.\(environment.name).tags.\(entry.name)"
                tell(
                    shared, "tags.\(entry.name)",
                    at: ["environments", .key(environment.name), "tags", .key(entry.name)],
                    to: isWritten ? place : "dorc.yaml")
            }
            guard let text = Self.tag(value) else {
                comments.todo("tags.\(entry.name)", value.reason, from: entry.value.range, at: place)
                open.append(value.reason)
                continue
            }
            var trial = sections[index].1
            var tags = trial.tags?.value.entries.map { ($0.key.value, $0.value) } ?? []
            tags.append((entry.name, text))
            trial.tags = Located(made: LocatedMap(made: tags))
            var tried = ProjectFile.EnvironmentSection()
            tried.tags = trial.tags
            if let problem = AcceptedValue.problem(in: tried)
                ?? TrialProject.problem(of: ProjectFile(), environments: [("dev", tried)])
            {
                comments.todo("tags.\(entry.name)", "\(value.words) (\(problem))", from: entry.value.range, at: place)
                open.append(problem)
            } else {
                sections[index].1.tags = trial.tags
                written.append(environment.name)
            }
        }
        let target =
            written.isEmpty
            ? "dorc.yaml" : "dorc.yaml: environments.\(written.count == 1 ? written[0] : "*").tags.\(entry.name)"
        if let first = open.first {
            ledger.settle(entry.key, .differs, to: target, "it cannot be known: \(first)", isDecision: true)
        } else if written.isEmpty {
            ledger.settle(entry.key, .takenOver, "there is none")
        } else {
            ledger.settle(entry.key, .takenOver, to: target)
        }
        settle(sources, .takenOver, to: target, isDecision: !open.isEmpty)
        settleAll(entry.value, .noEquivalent, to: nil, "no environment uses it")
    }
}
