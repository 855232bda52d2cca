import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// A rAPId trigger: an S3 trigger on rAPId's data bucket, and variables and secrets for the client. The original makes a client
/// of rAPId for each pipeline while it deploys; dorc has none, and reads its credentials from Secrets Manager.
extension DorcMapping {
    mutating func mapRapid(
        _ trigger: DefinedObject, _ section: inout PipelineFile.TriggerSection, _ draft: inout OriginalPipeline
    ) -> Bool {
        let place = "\(target(draft)): triggers[0].s3"
        addClient(trigger, &draft)
        guard let domain = trigger["domain"] else { return missing("domain", trigger, &draft) }
        guard let name = trigger["name"] else { return missing("name", trigger, &draft) }
        guard let domainText = domain.value.text, let nameText = name.value.text else {
            for argument in [domain, name] where argument.value.text == nil {
                decide(argument, argument.value, "trigger", at: ["triggers"], of: &draft)
            }
            return false
        }
        let layer = rapidLayer(&draft)
        for argument in [domain, name] { ledger.settle(argument.key, .takenOver, to: "\(place).prefix") }
        var s3 = PipelineFile.S3Section()
        // As the original's `rAPIdTrigger.create_s3_path_prefix` has it.
        s3.prefix = Located(made: VariableText(literal: "data/\(layer)/\(domainText.lowercased())/\(nameText)/"))
        s3.bucket = (try? VariableText(parsing: "${\(bucketVariable(draft))}")).map { Located(made: $0) }
        section.s3 = Located(made: s3)
        ledger.remark(.differs, "rAPIdTrigger(...)", at: trigger.range, to: place, Self.notices)
        return true
    }

    /// The layer of rAPId that the pipeline reads from: the `source` of the LayerConfig with its folder.
    private mutating func rapidLayer(_ draft: inout OriginalPipeline) -> String {
        let place = "\(target(draft)): triggers[0].s3.prefix"
        for universal in universals {
            guard let argument = argument("rapid_layer_config", of: universal),
                case .list(let items) = argument.value.content
            else { continue }
            ledger.settle(argument.key, .takenOver, to: place)
            for item in items {
                guard let layer = model(item, "LayerConfig"), layer["folder"]?.value.text == draft.originalLayer,
                    let source = layer["source"], let text = source.value.text
                else { continue }
                if let folder = layer["folder"] { ledger.settle(folder.key, .takenOver, to: place) }
                ledger.settle(source.key, .takenOver, to: place)
                return text
            }
        }
        let range = draft.definition.range
        draft.comments.todo(
            "prefix", "no LayerConfig has the folder `\(draft.originalLayer)`: its name is taken for rAPId's layer",
            from: range, at: ["triggers", 0, "s3", "prefix"])
        ledger.remark(
            .differs, "layer of rAPId", at: range, to: place,
            "no LayerConfig has the folder `\(draft.originalLayer)`: its name is taken", isDecision: true)
        return draft.originalLayer
    }

    private func rapidConfigs() -> [Int] {
        configs.compactMap { object(argument("rAPId_config", "rapid_config", of: $0)?.value) }
            .filter { facts.objects[$0].name == "rAPIdConfig" }
    }

    /// A variable of each environment with the name of rAPId's data bucket.
    private mutating func bucketVariable(_ draft: OriginalPipeline) -> String {
        let name = "rapid_data_bucket"
        guard variables[name] == nil else { return name }
        let found = agreed(["data_bucket_name"], of: rapidConfigs(), to: "dorc.yaml: environments.*.variables.\(name)")
        addVariable(name, found, "the bucket that rAPId keeps its data in", draft)
        return name
    }

    private mutating func addVariable(
        _ name: String, _ argument: DefinedArgument?, _ what: String, _ draft: OriginalPipeline
    ) {
        let target = "dorc.yaml: environments.*.variables.\(name)"
        var texts: [String: String] = [:]
        var isKnown = argument != nil
        for environment in environments {
            let path: [YAMLPathPart] = ["environments", .key(environment.name), "variables", .key(name)]
            texts[environment.name] = Self.placeholder
            guard let argument else {
                comments.todo(name, "\(what) is not said", from: draft.definition.range, at: path)
                continue
            }
            let value = resolved(argument.value, in: environment, folder: draft.folder, to: target)
            if let text = value.text {
                texts[environment.name] = text
            } else {
                isKnown = false
                comments.todo(name, value.reason, from: value.range, at: path)
            }
        }
        variables[name] = texts
        if let argument {
            ledger.settle(
                argument.key, isKnown ? .takenOver : .differs, to: target, isKnown ? "" : "it cannot be known",
                isDecision: !isKnown)
        }
    }

    /// Variables and secrets of each function, by the names that rAPId's own client reads.
    private mutating func addClient(_ trigger: DefinedObject, _ draft: inout OriginalPipeline) {
        if variables["rapid_url"] == nil {
            let found = agreed(["url"], of: rapidConfigs(), to: "dorc.yaml: environments.*.variables.rapid_url")
            addVariable("rapid_url", found, "rAPId's address", draft)
        }
        let place = "\(target(draft)): functions"
        let secret = "rapid/\(draft.id.layer)-\(draft.id.name)"
        var environment: [(String, Located<VariableText>)] = []
        var secrets: [(String, Located<VariableText>)] = []
        if let text = try? VariableText(parsing: "${rapid_url}") {
            environment.append(("RAPID_URL", Located(made: text)))
        }
        if let key = trigger["client_key"], !key.value.isNone {
            if let text = text(key.value, hint: "rapid_client", of: draft, to: place) {
                environment.append(("RAPID_CLIENT_ID", Located(made: text)))
                ledger.settle(key.key, .takenOver, to: "\(place).*.environment.RAPID_CLIENT_ID")
            } else {
                decide(key, key.value, "RAPID_CLIENT_ID", at: ["functions"], of: &draft)
            }
        }
        if !environment.contains(where: { $0.0 == "RAPID_CLIENT_ID" }) {
            secrets.append(("RAPID_CLIENT_ID", Located(made: VariableText(literal: "\(secret):client_id"))))
        }
        secrets.append(("RAPID_CLIENT_SECRET", Located(made: VariableText(literal: "\(secret):client_secret"))))
        var functions: [(String, FunctionSection)] = []
        for name in draft.file.steps?.value.compactMap(\.value.function?.value) ?? [] {
            var section = FunctionSection()
            section.environment = Located(made: LocatedMap(made: environment))
            section.secrets = Located(made: LocatedMap(made: secrets))
            functions.append((name, section))
        }
        guard !functions.isEmpty else { return }
        draft.file.settings.functions = Located(made: LocatedMap(made: functions))
        draft.comments.todo(
            "secret",
            "create `\(secret)` in Secrets Manager, with the credentials of a client of rAPId that may read and write",
            from: trigger.range, at: ["functions"])
        ledger.remark(
            .differs, "client of rAPId", at: trigger.range, to: place,
            "the original makes one while it deploys, or looks it up, and has its secret in plain text: create the secret `\(secret)`",
            isDecision: true)
    }
}
