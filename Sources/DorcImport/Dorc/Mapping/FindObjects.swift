import DorcConfig
import DorcModel
import DorcText
import DorcYAML

extension DorcMapping {
    /// The creators say which objects count; where there is none, all objects do.
    mutating func findObjects() {
        let creators = facts.objects.indices.filter { facts.objects[$0].name.hasPrefix("Create") }
        infraFolders = Set(
            creators.filter { facts.objects[$0].name == "CreateInfra" }
                .map { OriginalRepository.folder(facts.objects[$0].range.path) })
        var unknown: [(creator: String, config: DefinedArgument)] = []
        var (infra, others) = ([String: [ImportedConfig]](), [String: [ImportedConfig]]())
        for index in creators {
            let creator = facts.objects[index]
            used.insert(index)
            if !facts.applied.contains(index) {
                ledger.remark(
                    .differs, "\(creator.name)(...)", at: creator.range, "its `apply()` is not called: dorc deploys it")
            }
            guard let config = creator["config"] else { continue }
            if config.value.isNone {
                ledger.settle(config.key, .noEquivalent, "there is none")
                continue
            }
            let folder = OriginalRepository.folder(creator.range.path)
            var isKnown = true
            for environment in environments {
                let value = resolved(config.value, in: environment, folder: folder)
                let isUniversal = creator.name == "CreateUniversal"
                guard let object = model(value, isUniversal ? "UniversalConfig" : "Config") else {
                    isKnown = false
                    continue
                }
                if isUniversal {
                    universals.append(object)
                } else if creator.name == "CreateInfra" {
                    infra[environment.name, default: []].append(ImportedConfig(object: object, folder: folder))
                } else {
                    others[environment.name, default: []].append(ImportedConfig(object: object, folder: folder))
                }
            }
            if isKnown {
                pending.append { $0.ledger.settle(config.key, .takenOver, to: "dorc.yaml") }
            } else {
                unknown.append((creator.name, config))
            }
        }
        for (name, config) in unknown {
            if name == "CreatePipeline", !infra.isEmpty {
                let words = "it cannot be known: \(config.value.reason); the infra package's holds"
                pending.append { $0.ledger.settle(config.key, .differs, to: "dorc.yaml", words) }
            } else {
                pending.append { $0.decide(config, config.value, "config", at: ["environments"]) }
            }
        }
        findConfigs(infra, others)
    }

    private mutating func findConfigs(_ infra: [String: [ImportedConfig]], _ others: [String: [ImportedConfig]]) {
        let rest = objects(named: "Config").map {
            ImportedConfig(object: $0, folder: infraFolders.sorted().first ?? OriginalRepository.folder($0.range.path))
        }
        let isAnyCreated = !infra.isEmpty || !others.isEmpty
        for environment in environments {
            var found = (infra[environment.name] ?? []) + (others[environment.name] ?? [])
            if !isAnyCreated { found = rest }
            var seen: Set<String> = []
            found = found.map { expanded($0, in: environment) }
            // Each program reads settings of its own.
            configs[environment.name] = found.filter {
                seen.insert("\(Self.place($0.object))\u{0}\($0.folder)").inserted
            }
        }
        if !isAnyCreated { use("Config") }
        for config in allConfigs {
            guard let universal = config.object["universal"], !universal.value.isNone else { continue }
            var isKnown = true
            for environment in environments {
                let value = resolved(universal.value, in: environment, folder: config.folder)
                if let object = model(value, "UniversalConfig") {
                    universals.append(object)
                } else {
                    isKnown = false
                }
            }
            pending.append { [isKnown] in
                $0.ledger.settle(
                    universal.key, isKnown ? .takenOver : .differs, to: "dorc.yaml",
                    isKnown ? "" : "it cannot be known: \(universal.value.reason)")
            }
        }
        if universals.isEmpty {
            universals = objects(named: "UniversalConfig")
            use("UniversalConfig")
        }
        var seen: Set<String> = []
        universals = universals.filter { seen.insert(Self.place($0)).inserted }
    }

    /// With what `**` gives it in an environment.
    private mutating func expanded(_ config: ImportedConfig, in environment: ImportedEnvironment) -> ImportedConfig {
        var config = config
        config.object.arguments = config.object.arguments.flatMap { argument -> [DefinedArgument] in
            guard argument.name == "**" else { return [argument] }
            let value = resolved(argument.value, in: environment, folder: config.folder)
            guard case .mapping(let entries) = value.content else { return [argument] }
            pending.append {
                $0.ledger.settle(argument.key, .takenOver, to: "dorc.yaml")
                $0.settle(value.sources, .takenOver, to: "dorc.yaml: environments.\(environment.name)")
            }
            return entries
        }
        return config
    }

    /// Each once, in the order of the environments.
    var allConfigs: [ImportedConfig] {
        var seen: Set<String> = []
        return environments.flatMap { configs[$0.name] ?? [] }.filter { seen.insert(Self.place($0.object)).inserted }
    }

    private static func place(_ object: DefinedObject) -> String {
        "\(object.range.path):\(object.range.start.line):\(object.range.start.column)"
    }

    private func objects(named name: String) -> [DefinedObject] { facts.objects.filter { $0.name == name } }

    private mutating func use(_ name: String) {
        for index in facts.objects.indices where facts.objects[index].name == name { used.insert(index) }
    }

    /// Each Pulumi.<environment>.yaml of a pipeline, or of the infra package, names one. The universal package has none.
    mutating func findEnvironments() {
        let universal = Set(
            facts.objects.filter { $0.name == "CreateUniversal" }.map { OriginalRepository.folder($0.range.path) })
        let others = Set(
            facts.objects.filter { $0.name.hasPrefix("Create") && $0.name != "CreateUniversal" }
                .map { OriginalRepository.folder($0.range.path) })
        var names = ImportNames()
        var found: Set<String> = []
        let stacks = settings.stacks.filter { !universal.contains($0.folder) || others.contains($0.folder) }
        for name in Set(stacks.map(\.environment)).sorted() where found.insert(name).inserted {
            environments.append(ImportedEnvironment(name: names.environment(name), original: name))
        }
        if environments.isEmpty {
            environments = [ImportedEnvironment(name: "dev", original: "dev")]
            comments.add("TODO environments: no Pulumi.<environment>.yaml names one", at: ["environments", "dev"])
            if let range = firstRange {
                pending.append {
                    $0.ledger.remark(
                        .differs, "environments", at: range, to: "dorc.yaml: environments.dev",
                        "no Pulumi.<environment>.yaml names one", isDecision: true)
                }
            }
        }
    }

    /// For what is in no file.
    var firstRange: SourceRange? { facts.objects.first?.range }

    mutating func mapSource() {
        guard let agreed = agreed(["source_code_folder", "source_code_path"], of: universals) else { return }
        let argument = agreed.argument
        let file = ConfigRepository.fileName
        guard let text = argument.value.text else {
            return pending.append {
                $0.settle(
                    agreed, .differs, to: file, "it cannot be known: `src` is assumed; \(argument.value.reason)")
            }
        }
        var parts = text.split(separator: "/").map(String.init)
        parts.removeAll { $0 == "." }
        let path = parts.joined(separator: "/")
        guard !path.isEmpty, !repository.files(in: path).isEmpty,
            AcceptedValue.problem(with: path, at: \ProjectFile.source) == nil
        else {
            return pending.append {
                $0.settle(agreed, .differs, to: file, "`\(text)` is not a folder of the repository: `src` is taken")
            }
        }
        source = path
        pending.append {
            if path == "src" {
                $0.settle(agreed, .takenOver, to: file, "it is the default")
            } else {
                $0.settle(agreed, .takenOver, to: "\(file): source")
            }
        }
    }
}
