import DorcConfig
import DorcModel
import DorcText
import DorcYAML

extension DorcMapping {
    /// The creators say which objects count; where there is none, all objects do.
    mutating func findObjects() {
        var (infra, pipelines, universal) = ([Int](), [Int](), [Int]())
        for (index, object) in facts.objects.enumerated() where object.name.hasPrefix("Create") {
            used.insert(index)
            if !facts.applied.contains(index) {
                ledger.remark(
                    .differs, "\(object.name)(...)", at: object.range, "its `apply()` is not called: dorc deploys it")
            }
            if let config = argument("config", of: index) {
                if let target = self.object(config.value) {
                    ledger.settle(config.key, .takenOver, to: "dorc.yaml")
                    switch object.name {
                    case "CreateInfra": infra.append(target)
                    case "CreateUniversal": universal.append(target)
                    default: pipelines.append(target)
                    }
                } else {
                    ledger.settle(
                        config.key, .differs, to: "dorc.yaml", "what it is cannot be known: \(config.value.reason)")
                }
            }
        }
        let rest = facts.objects.indices.filter { facts.objects[$0].name == "Config" }
        configs = unique((infra + pipelines).filter { facts.objects[$0].name == "Config" })
        if configs.isEmpty { configs = rest }
        let named = configs.compactMap { object(argument("universal", of: $0)?.value) }
        let others = facts.objects.indices.filter { facts.objects[$0].name == "UniversalConfig" }
        universals = unique((universal + named).filter { facts.objects[$0].name == "UniversalConfig" })
        if universals.isEmpty { universals = others }
        for index in configs + universals { used.insert(index) }
        for index in configs {
            guard let universal = argument("universal", of: index) else { continue }
            if universal.value.isUnknown {
                ledger.settle(universal.key, .differs, "what it is cannot be known: \(universal.value.reason)")
            } else {
                ledger.settle(universal.key, .takenOver, to: "dorc.yaml")
            }
        }
    }

    private func unique(_ indices: [Int]) -> [Int] {
        var seen: Set<Int> = []
        return indices.filter { seen.insert($0).inserted }
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
        for stack in settings.stacks {
            guard let key = stack.values["environment"]?.key else { continue }
            guard let environment = environments.first(where: { $0.original == stack.environment }) else {
                ledger.settle(key, .noEquivalent, "the universal package is in no environment")
                continue
            }
            let target = "dorc.yaml: environments.\(environment.name)"
            ledger.settle(
                key, environment.name == environment.original ? .takenOver : .differs, to: target,
                environment.name == environment.original
                    ? "" : "an environment's name has lower-case letters and digits")
        }
        if environments.isEmpty {
            environments = [ImportedEnvironment(name: "dev", original: "dev")]
            comments.add("TODO environments: no Pulumi.<environment>.yaml names one", at: ["environments", "dev"])
        }
    }

    mutating func mapSource() {
        let names = ["source_code_folder", "source_code_path"]
        guard let argument = agreed(names, of: universals, to: "dorc.yaml: source") else { return }
        guard let text = argument.value.text else {
            return ledger.settle(
                argument.key, .differs, to: "dorc.yaml: source",
                "it cannot be known: `src` is assumed; \(argument.value.reason)")
        }
        var parts = text.split(separator: "/").map(String.init)
        parts.removeAll { $0 == "." }
        let path = parts.joined(separator: "/")
        guard !path.isEmpty, AcceptedValue.problem(with: path, at: \ProjectFile.source) == nil
        else {
            return ledger.settle(
                argument.key, .differs, to: "dorc.yaml: source",
                "`\(text)` is not a folder of the repository: `src` is taken")
        }
        source = path
        ledger.settle(argument.key, .takenOver, to: "dorc.yaml: source")
    }
}
