import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// A rAPId trigger: an S3 trigger on rAPId's data bucket, and variables and secrets for the client. The original makes a client
/// of rAPId for each pipeline while it deploys; dorc has none, and reads its credentials from Secrets Manager.
extension DorcMapping {
    mutating func mapRapid(_ part: inout TriggerDraft, _ draft: inout OriginalPipeline) {
        let trigger = part.trigger
        var s3 = PipelineFile.S3Section()
        s3.bucket = (try? VariableText(parsing: "${\(bucketVariable(draft, trigger))}")).map { Located(made: $0) }
        let arguments = ["domain", "name"].map { trigger[$0] }
        let texts = arguments.map { $0?.value.text }
        var problem: String?
        if let domain = texts[0], let name = texts[1] {
            let layer = rapidLayer(&part, draft)
            // As the original's `rAPIdTrigger.create_s3_path_prefix` has it.
            s3.prefix = Located(made: VariableText(literal: "data/\(layer)/\(domain.lowercased())/\(name)/"))
            var tried = part.section
            tried.s3 = Located(made: s3)
            problem = self.problem(tried)
            for argument in arguments.compactMap({ $0 }) where problem == nil {
                part.parts.append(.init(argument: argument, place: ".s3.prefix"))
            }
        }
        if problem != nil || texts.contains(nil) { openPrefix(problem, &s3, &part) }
        part.section.s3 = Located(made: s3)
        part.remarks.append(("rAPIdTrigger(...)", ".s3", Self.notices, false))
        addClient(&part, &draft)
    }

    /// A prefix that matches nothing, where domain and name do not give one.
    private func openPrefix(_ problem: String?, _ s3: inout PipelineFile.S3Section, _ part: inout TriggerDraft) {
        let trigger = part.trigger
        s3.prefix = Located(made: VariableText(literal: Self.placeholder))
        let said = ["domain", "name"].map { name in "\(name): \(trigger[name]?.value.words ?? "not said")" }
        let words = "`data/<layer of rAPId>/<domain>/<name>/` of \(said.joined(separator: ", "))"
        let unknown = ["domain", "name"].compactMap { trigger[$0] }.first { $0.value.text == nil }
        let range = unknown?.value.range ?? trigger.range
        part.comments.append(("prefix", problem.map { "\(words) (\($0))" } ?? words, range, ["s3", "prefix"]))
        part.remarks.append(
            ("prefix of rAPId's data", ".s3.prefix", "`\(Self.placeholder)` stands for \(words)", true))
        for name in ["domain", "name"] {
            guard let argument = trigger[name] else { continue }
            part.parts.append(
                .init(
                    argument: argument, outcome: .differs, place: ".s3.prefix",
                    words: argument.value.text == nil
                        ? "it cannot be known: \(argument.value.reason)" : "it is part of a TODO"))
        }
    }

    /// The layer of rAPId that the pipeline reads from: the `source` of the LayerConfig with its folder.
    private mutating func rapidLayer(_ part: inout TriggerDraft, _ draft: OriginalPipeline) -> String {
        for universal in universals {
            guard let argument = universal["rapid_layer_config"], case .list(let items) = argument.value.content
            else { continue }
            for item in items {
                guard let layer = model(item, "LayerConfig"), layer["folder"]?.value.text == draft.originalLayer,
                    let source = layer["source"], let text = source.value.text
                else { continue }
                for argument in [argument, layer["folder"], source].compactMap({ $0 }) {
                    part.parts.append(.init(argument: argument, place: ".s3.prefix"))
                }
                return text
            }
        }
        let range = draft.definition.range
        part.comments.append(
            (
                "prefix", "no LayerConfig has the folder `\(draft.originalLayer)`: its name is taken for rAPId's layer",
                range, ["s3", "prefix"]
            ))
        part.remarks.append(
            (
                "layer of rAPId", ".s3.prefix",
                "no LayerConfig has the folder `\(draft.originalLayer)`: its name is taken", true
            ))
        return draft.originalLayer
    }

    /// What the environments' configurations say, with the folder of the program that creates with them.
    private mutating func rapidValue(_ name: String, in environment: ImportedEnvironment) -> (Agreed, String)? {
        var objects: [DefinedObject] = []
        var folder = ""
        for config in configs[environment.name] ?? [] {
            guard let argument = config.object["rAPId_config", "rapid_config"],
                let rapid = model(argument.value, "rAPIdConfig")
            else { continue }
            if objects.isEmpty { folder = config.folder }
            objects.append(rapid)
        }
        return agreed([name], of: objects).map { ($0, folder) }
    }

    /// A variable of each environment with the name of rAPId's data bucket.
    private mutating func bucketVariable(_ draft: OriginalPipeline, _ trigger: DefinedObject) -> String {
        rapidVariable("rapid_data_bucket", "data_bucket_name", "the bucket that rAPId keeps its data in", trigger)
    }

    private mutating func rapidVariable(
        _ name: String, _ argument: String, _ what: String, _ trigger: DefinedObject
    ) -> String {
        guard variables[name] == nil else { return name }
        var texts: [String: String] = [:]
        var said: [(environment: String, agreed: Agreed, sources: [ImportLedger.Key], problem: String?)] = []
        for environment in environments {
            let path: [YAMLPathPart] = ["environments", .key(environment.name), "variables", .key(name)]
            texts[environment.name] = Self.placeholder
            guard let (agreed, folder) = rapidValue(argument, in: environment) else {
                comments.todo(name, "\(what) is not said", from: trigger.range, at: path)
                ledger.remark(
                    .differs, "rAPIdConfig(...)", at: trigger.range,
                    to: "dorc.yaml: environments.\(environment.name).variables.\(name)",
                    "none says `\(argument)` for `\(environment.name)`", isDecision: true)
                continue
            }
            let value = resolved(agreed.argument.value, in: environment, folder: folder)
            let one = value.text.map { LocatedMap(made: [("value", $0)]) }
            let problem = one.flatMap {
                AcceptedValue.problem(with: $0, at: \ProjectFile.EnvironmentSection.variables)
            }
            if let text = value.text, problem == nil {
                texts[environment.name] = text
                said.append((environment.name, agreed, value.sources, nil))
            } else {
                comments.todo(name, Self.words(value, problem), from: agreed.argument.value.range, at: path)
                let words = Self.words(value, problem, isKnown: "it cannot be known")
                said.append((environment.name, agreed, value.sources, words))
            }
        }
        _ = variables.add(texts, origin: name, names: [name])
        for (environment, agreed, sources, problem) in said {
            let place = "dorc.yaml: environments.\(environment).variables.\(name)"
            settle(sources, .takenOver, to: place, isDecision: problem != nil)
            settle(
                agreed, problem == nil ? .takenOver : .differs,
                to: "dorc.yaml: environments.*.variables.\(name)", problem ?? "", isDecision: problem != nil)
            settleAll(agreed.argument.value, .noEquivalent, to: nil, "no environment uses it")
        }
        return name
    }

    /// Variables and secrets of each function, by the names that rAPId's own client reads.
    private mutating func addClient(_ part: inout TriggerDraft, _ draft: inout OriginalPipeline) {
        let trigger = part.trigger
        let names = draft.file.steps?.value.compactMap(\.value.function?.value) ?? []
        guard !names.isEmpty else { return }
        let url = rapidVariable("rapid_url", "url", "rAPId's address", trigger)
        let place = "\(target(draft)): functions"
        let secret = "rapid/\(draft.id.layer)-\(draft.id.name)"
        var environment: [(String, Located<VariableText>)] = []
        var secrets: [(String, Located<VariableText>)] = []
        if let text = try? VariableText(parsing: "${\(url)}") { environment.append(("RAPID_URL", Located(made: text))) }
        var isClientSecret = true
        if let key = trigger["client_key"], !key.value.isNone {
            if let written = text(key.value, hint: "rapid_client", of: draft), written.missing == nil {
                isClientSecret = false
                environment.append(("RAPID_CLIENT_ID", Located(made: written.text)))
                part.parts.append(
                    .init(
                        argument: key, sources: written.sources, place: "\(place).*.environment.RAPID_CLIENT_ID"))
            } else {
                part.parts.append(
                    .init(
                        argument: key, outcome: .differs, place: "\(place).*.secrets.RAPID_CLIENT_ID",
                        words: "it cannot be known: \(key.value.reason); it is read from the secret `\(secret)`"))
            }
        }
        if isClientSecret {
            secrets.append(("RAPID_CLIENT_ID", Located(made: VariableText(literal: "\(secret):client_id"))))
        }
        secrets.append(("RAPID_CLIENT_SECRET", Located(made: VariableText(literal: "\(secret):client_secret"))))
        var functions: [(String, FunctionSection)] = []
        for name in names {
            var section = FunctionSection()
            section.environment = Located(made: LocatedMap(made: environment))
            section.secrets = Located(made: LocatedMap(made: secrets))
            functions.append((name, section))
        }
        draft.file.settings.functions = Located(made: LocatedMap(made: functions))
        draft.comments.todo(
            "secret",
            "create `\(secret)` in Secrets Manager, with the credentials of a client of rAPId that may read and write",
            from: trigger.range, at: ["functions"])
        part.remarks.append(
            (
                "client of rAPId", place,
                "the original makes one while it deploys, or looks it up, and has its secret in plain text: create the secret `\(secret)`",
                true
            ))
    }
}
