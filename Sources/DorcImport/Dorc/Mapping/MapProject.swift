import DorcConfig
import DorcModel
import DorcText
import DorcYAML

extension DorcMapping {
    mutating func mapProject() {
        mapName()
        mapRegion()
        if source != "src" { project.source = Located(made: source) }
        mapTags()
        var sections: [(String, ProjectFile.EnvironmentSection)] = []
        for environment in environments {
            var section = ProjectFile.EnvironmentSection()
            mapRegion(of: environment, &section)
            let values = variables.compactMap { name, texts in texts[environment.name].map { (name, $0) } }
            if !values.isEmpty {
                section.variables = Located(made: LocatedMap(made: values.sorted { $0.0 < $1.0 }))
            }
            sections.append((environment.name, section))
        }
        mapConfigs(&sections)
        mapUniversalRest()
        project.environments = Located(made: LocatedMap(made: sections))
        comments.header("Imported from the Python original of dorc. What is marked TODO needs a decision.")
        remarkDefaults()
        files.append(ImportedFile(path: ConfigRepository.fileName, project, comments: comments))
    }

    private mutating func mapName() {
        let target = "dorc.yaml: project"
        let argument = agreed(["project"], of: universals, to: target)
        let text = argument?.value.text
        let name = ImportNames.project(text ?? "project")
        project.project = Located(made: name)
        guard let argument else {
            return comments.add("TODO project: no UniversalConfig says it", at: ["project"])
        }
        if text == nil {
            decide(argument, argument.value, "project", at: ["project"])
        } else if text != name {
            ledger.settle(
                argument.key, .differs, to: target,
                "it is called `\(name)`: the name has lower-case letters, digits and single `-`, at most 30")
        } else {
            ledger.settle(argument.key, .takenOver, to: target)
        }
    }

    /// What dorc asks for and cannot be known: a region that is one, and a TODO.
    private static let someRegion = "eu-west-2"

    private mutating func mapRegion() {
        let target = "dorc.yaml: region"
        let argument = agreed(["region"], of: universals, to: target)
        if let argument, let text = argument.value.text,
            AcceptedValue.problem(with: text, at: \ProjectFile.region) == nil
        {
            project.region = Located(made: text)
            return ledger.settle(argument.key, .takenOver, to: target)
        }
        project.region = Located(made: Self.someRegion)
        guard let argument else {
            return comments.add("TODO region: no UniversalConfig says it", at: ["region"])
        }
        decide(
            argument, argument.value, "region", at: ["region"], argument.value.text.map { _ in "it is not a region" })
    }

    /// `aws:region` of Pulumi's files.
    private mutating func mapRegion(
        of environment: ImportedEnvironment, _ section: inout ProjectFile.EnvironmentSection
    ) {
        let target = "dorc.yaml: environments.\(environment.name).region"
        guard let setting = setting("aws:region", in: environment, folder: "", to: target) else { return }
        guard AcceptedValue.problem(with: setting.text, at: \ProjectFile.EnvironmentSection.region) == nil else {
            return ledger.settle(setting.key, .noEquivalent, "`\(setting.text)` is not a region")
        }
        if setting.text != project.region?.value { section.region = Located(made: setting.text) }
    }

    private mutating func mapTags() {
        let target = "dorc.yaml: tags"
        guard let argument = agreed(["tags"], of: universals, to: target), !argument.value.isNone else { return }
        guard case .mapping(let entries) = argument.value.content else {
            return decide(argument, argument.value, "tags", at: ["tags"])
        }
        ledger.settle(argument.key, .takenOver, to: target)
        var tags: [(String, String)] = []
        for entry in entries {
            guard let text = entry.value.text else {
                decide(entry, entry.value, entry.name, at: ["tags", .key(entry.name)])
                continue
            }
            let one = LocatedMap(made: [(entry.name, text)])
            // With those before it: two keys must not differ in case alone.
            var trial = ProjectFile()
            trial.tags = Located(made: LocatedMap(made: tags + [(entry.name, text)]))
            let problem =
                AcceptedValue.problem(with: one, at: \ProjectFile.tags)
                ?? TrialProject.problem(of: trial, environments: [])
            if let problem {
                decide(entry, entry.value, entry.name, at: ["tags", .key(entry.name)], problem)
            } else {
                tags.append((entry.name, text))
                ledger.settle(entry.key, .takenOver, to: "\(target).\(entry.name)")
            }
        }
        if !tags.isEmpty { project.tags = Located(made: LocatedMap(made: tags)) }
    }

    private mutating func mapUniversalRest() {
        for index in universals {
            for argument in facts.objects[index].arguments where !ledger.isSettled(argument.key) {
                switch argument.name {
                case "config_repo_path":
                    ledger.settle(
                        argument.key, .noEquivalent,
                        "dorc finds the config repository from the current folder, or by `--config` and CONFIG_REPO_PATH"
                    )
                case "rapid_layer_config":
                    settleAll(
                        argument, argument.value.isNone ? .takenOver : .noEquivalent, "no trigger of rAPId uses it")
                default:
                    settleAll(
                        argument, argument.value.isNone ? .takenOver : .noEquivalent,
                        argument.value.isNone ? "there is none" : "the original knows no such argument, and ignores it")
                }
            }
        }
    }

    /// A TODO in dorc.yaml.
    mutating func decide(
        _ argument: DefinedArgument, _ value: DefinedValue, _ key: String, at path: [YAMLPathPart],
        _ problem: String? = nil
    ) {
        comments.todo(key, Self.words(value, problem), from: value.range, at: path)
        ledger.settle(
            argument.key, .differs, to: ConfigRepository.fileName,
            Self.words(value, problem, isKnown: "it cannot be known"), isDecision: true)
    }

    /// What the original fixes, and dorc has other values for.
    private mutating func remarkDefaults() {
        guard let index = universals.first ?? configs.first else { return }
        let range = facts.objects[index].range
        ledger.remark(
            .differs, "memory of the functions", at: range, to: "dorc.yaml: defaults.memory",
            "512 MB, where the original's functions have Lambda's 128 MB")
        ledger.remark(
            .differs, "logs of the functions", at: range, to: "dorc.yaml: defaults.log_retention",
            "they are kept for 30 days, where the original's are kept for ever")
    }
}
