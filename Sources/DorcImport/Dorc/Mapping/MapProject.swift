import DorcConfig
import DorcModel
import DorcText
import DorcYAML

extension DorcMapping {
    mutating func mapProject() {
        for settle in pending { settle(&self) }
        mapName()
        mapRegion()
        if source != "src" { project.source = Located(made: source) }
        var sections: [(String, ProjectFile.EnvironmentSection)] = []
        for environment in environments {
            var section = ProjectFile.EnvironmentSection()
            mapRegion(of: environment, &section)
            section.variables = variables.values(in: environment.name).map { Located(made: $0) }
            sections.append((environment.name, section))
        }
        mapTags(&sections)
        mapConfigs(&sections)
        mapUniversalRest()
        project.environments = Located(made: LocatedMap(made: sections))
        comments.header("Imported from the Python original of dorc. Look for TODO: each is a decision that is due.")
        remarkDefaults()
    }

    /// dorc.yaml, when all that goes into it is known.
    mutating func writeProject() {
        files.append(ImportedFile(path: ConfigRepository.fileName, project, comments: comments))
    }

    /// The settings that name the environments.
    mutating func settleEnvironments() {
        for environment in environments {
            let stacks = settings.stacks.filter { $0.environment == environment.original }
            let names = Set(stacks.map(\.name)).sorted()
            if names.count > 1, let first = stacks.first {
                ledger.remark(
                    .differs, "stacks of \(environment.original)", at: first.range,
                    to: "dorc.yaml: environments.\(environment.name)",
                    "the stacks \(names.map { "`\($0)`" }.joined(separator: ", ")) became one environment")
            }
        }
        for stack in settings.stacks {
            let path = "config.environment"
            let own = stack.settings.first { $0.isOwn && $0.name == "environment" }
            guard let key = ledger.key(own?.path ?? path, in: stack.range.path) else { continue }
            guard let environment = environments.first(where: { $0.original == stack.environment }) else {
                ledger.settle(key, .noEquivalent, "the universal package is in no environment")
                continue
            }
            ledger.settle(
                key, environment.name == environment.original ? .takenOver : .differs,
                to: "dorc.yaml: environments.\(environment.name)",
                environment.name == environment.original
                    ? "" : "an environment's name has lower-case letters and digits")
        }
    }

    private mutating func mapName() {
        let agreed = agreed(["project"], of: universals)
        let spelled = agreed.map { self.spelled($0.argument.value) }
        let text = spelled?.text
        let name = ImportNames.project(text ?? "project")
        project.project = Located(made: name)
        let target = "dorc.yaml: project"
        guard let agreed else { return missing("project") }
        if let text {
            settle(
                agreed, from: spelled?.sources ?? [], text == name ? .takenOver : .differs, to: target,
                text == name
                    ? "" : "it is called `\(name)`: the name has lower-case letters, digits and single `-`, at most 30")
        } else {
            decide(agreed, "project", at: ["project"], to: target)
            settle(spelled?.sources ?? [], .differs, to: target, isDecision: true)
        }
        for shared in spelled?.shared ?? [] { tell(shared, "project", at: ["project"], to: target) }
    }

    /// A text that is the same in all environments.
    private func spelled(
        _ value: DefinedValue
    ) -> (text: String?, sources: [ImportLedger.Key], shared: [SharedValue]) {
        let all = environments.map { shared(value, in: $0, of: programs(in: $0, else: value.range.path)) }
        let texts = all.map(\.value.text)
        let sources = all.flatMap(\.value.sources)
        guard let first = texts.first, texts.allSatisfy({ $0 == first }) else { return (nil, sources, all) }
        return (first, sources, all)
    }

    /// What dorc asks for and cannot be known: a region that is one, and a TODO.
    private static let someRegion = "eu-west-2"

    private mutating func mapRegion() {
        let target = "dorc.yaml: region"
        let agreed = agreed(["region"], of: universals)
        let spelled = agreed.map { self.spelled($0.argument.value) }
        let text = spelled?.text
        defer { for shared in spelled?.shared ?? [] { tell(shared, "region", at: ["region"], to: target) } }
        if let agreed, let text, AcceptedValue.problem(with: text, at: \ProjectFile.region) == nil {
            project.region = Located(made: text)
            return settle(agreed, from: spelled?.sources ?? [], .takenOver, to: target)
        }
        project.region = Located(made: Self.someRegion)
        guard let agreed else { return missing("region") }
        decide(agreed, "region", at: ["region"], to: target, text.map { _ in "it is not a region" })
        settle(spelled?.sources ?? [], .differs, to: target, isDecision: true)
    }

    private mutating func missing(_ key: String) {
        guard let range = firstRange else { return }
        comments.todo(key, "no UniversalConfig says it", from: range, at: [.key(key)])
        ledger.remark(
            .differs, "UniversalConfig(...)", at: range, to: "dorc.yaml: \(key)", "none says the \(key)",
            isDecision: true)
    }

    /// `aws:region` of Pulumi's files.
    private mutating func mapRegion(
        of environment: ImportedEnvironment, _ section: inout ProjectFile.EnvironmentSection
    ) {
        let reference = DefinedValue.SettingReference(
            namespace: "aws", key: "region", path: [], kind: .text, isSecret: false, isRequired: false, fallback: nil)
        let value = DefinedValue(content: .setting(reference), range: .whole("dorc.yaml"))
        var shared = shared(value, in: environment, of: infraFolders.sorted() + pipelines.map(\.folder))
        // Where a file does not say it, the surroundings of the deployment did.
        shared.others.removeAll { $0.value.isNone }
        let found = shared.value
        guard let text = found.text else { return }
        guard AcceptedValue.problem(with: text, at: \ProjectFile.EnvironmentSection.region) == nil else {
            for key in found.sources { ledger.settle(key, .noEquivalent, "`\(text)` is not a region") }
            return
        }
        if text != project.region?.value { section.region = Located(made: text) }
        let target = section.region == nil ? "dorc.yaml: region" : "dorc.yaml: environments.\(environment.name).region"
        settle(found.sources, .takenOver, to: target)
        let place: [YAMLPathPart] =
            section.region == nil ? ["region"] : ["environments", .key(environment.name), "region"]
        tell(shared, "region", at: place, to: target)
    }

    private mutating func mapUniversalRest() {
        for object in universals {
            for argument in object.arguments where !ledger.isSettled(argument.key) && !argument.value.isNone {
                switch argument.name {
                case "config_repo_path":
                    settleAll(
                        argument, .noEquivalent,
                        "dorc finds the config repository from the current folder, or by `--config` and CONFIG_REPO_PATH"
                    )
                case "rapid_layer_config": settleAll(argument, .noEquivalent, "no trigger of rAPId uses it")
                default: break
                }
            }
            decideUnpacked(object, "project", at: ["project"])
            settleOthers(of: object)
        }
    }

    /// `**` of something that only running would tell.
    mutating func decideUnpacked(_ object: DefinedObject, _ key: String, at path: [YAMLPathPart]) {
        for argument in object.arguments where argument.name == "**" && !ledger.isSettled(argument.key) {
            decide(argument, argument.value, key, at: path)
        }
    }

    /// A TODO in dorc.yaml.
    mutating func decide(
        _ argument: DefinedArgument, _ value: DefinedValue, _ key: String, at path: [YAMLPathPart],
        to target: String = ConfigRepository.fileName, _ problem: String? = nil
    ) {
        decide(Agreed(argument: argument, others: []), key, at: path, to: target, problem)
    }

    private mutating func decide(
        _ agreed: Agreed, _ key: String, at path: [YAMLPathPart], to target: String, _ problem: String? = nil
    ) {
        let value = agreed.argument.value
        comments.todo(key, Self.words(value, problem), from: value.range, at: path)
        settle(
            agreed, .differs, to: target, Self.words(value, problem, isKnown: "it cannot be known"), isDecision: true)
        settleAll(value, .differs, to: ConfigRepository.fileName, "it is part of a TODO")
    }

    /// What the original fixes, and dorc has other values for.
    private mutating func remarkDefaults() {
        guard let range = universals.first?.range ?? allConfigs.first?.object.range else { return }
        ledger.remark(
            .differs, "memory of the functions", at: range, to: "dorc.yaml",
            "512 MB, where the original's functions have Lambda's 128 MB: `defaults: {memory: 128}` is the same")
        ledger.remark(
            .differs, "logs of the functions", at: range, to: "dorc.yaml",
            "they are kept for 30 days, where the original's are kept for ever: `defaults: {log_retention: ...}` keeps them longer"
        )
    }
}
