import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// The original's Config, which is for one environment at a time.
extension DorcMapping {
    private typealias Section = ProjectFile.EnvironmentSection
    private typealias Path = WritableKeyPath<ProjectFile.EnvironmentSection, Located<CloudFormationValue>?>

    /// What an argument became in the environments.
    private struct Outcome {
        var agreed: Agreed
        /// What it was taken from, by environment.
        var sources: [(environment: String, keys: [ImportLedger.Key])] = []
        var written: [String] = []
        /// With a TODO.
        var open: [(environment: String, words: String)] = []
    }

    /// Syntactically right, and nobody's: a deployment fails at once, where one without a VPC would run in the wrong place.
    private static let someVPC = CloudFormationValue.text("vpc-00000000000000000")
    private static let someSubnets = CloudFormationValue.list([.text("subnet-00000000000000000")])

    mutating func mapConfigs(_ sections: inout [(String, ProjectFile.EnvironmentSection)]) {
        mapNetwork(&sections)
        let policies: [(name: String, key: String, path: Path)] = [
            ("additional_lambda_role_policy_arn", "additional_lambda_role_policy_arn", \.additionalLambdaRolePolicyARN),
            (
                "additional_state_function_role_policy_arn", "additional_state_machine_role_policy_arn",
                \.additionalStateMachineRolePolicyARN
            ),
            (
                "additional_cloudevent_state_machine_trigger_role_policy_arn", "additional_trigger_role_policy_arn",
                \.additionalTriggerRolePolicyARN
            ),
        ]
        for (name, key, path) in policies {
            let words =
                name.contains("cloudevent")
                ? "the original attaches it to the state machine's role by mistake: in dorc it is the trigger role's"
                : ""
            map(name, key, path, placeholder: nil, words, &sections)
        }
        mapRapidRest()
        for config in environments.flatMap({ configs[$0.name] ?? [] }) {
            decideUnpacked(config.object, "config", at: ["environments"])
            settleOthers(of: config.object)
        }
    }

    private func target(_ key: String) -> String { "dorc.yaml: environments.*.\(key)" }

    /// Both, or neither: dorc's Lambdas run in a VPC only with its subnets. What is known of the two is kept.
    private mutating func mapNetwork(_ sections: inout [(String, ProjectFile.EnvironmentSection)]) {
        map("vpc_id", "vpc_id", \.vpcID, placeholder: Self.someVPC, "", &sections)
        map(
            "private_subnet_ids", "private_subnet_ids", \.privateSubnetIDs, placeholder: Self.someSubnets, "", &sections
        )
        for index in sections.indices {
            let section = sections[index].1
            guard (section.vpcID == nil) != (section.privateSubnetIDs == nil) else { continue }
            let key = section.vpcID == nil ? "vpc_id" : "private_subnet_ids"
            if section.vpcID == nil {
                sections[index].1.vpcID = Located(made: Self.someVPC)
            } else {
                sections[index].1.privateSubnetIDs = Located(made: Self.someSubnets)
            }
            let name = sections[index].0
            guard let range = configs[name]?.first?.object.range ?? firstRange else { continue }
            comments.todo(key, "no Config says it", from: range, at: ["environments", .key(name), .key(key)])
            ledger.remark(
                .differs, "Config(...)", at: range, to: "dorc.yaml: environments.\(name).\(key)",
                "it has no `\(key)`, which goes with the other of the two", isDecision: true)
        }
        if let index = sections.firstIndex(where: { $0.1.vpcID != nil }),
            let vpc = configs[sections[index].0]?.lazy.compactMap({ $0.object["vpc_id"] }).first
        {
            ledger.remark(
                .differs, "security groups", at: vpc.range, to: "dorc.yaml: environments.\(sections[index].0).vpc_id",
                "one of the environment's for all functions, where the original has one for each")
        }
    }

    /// Sets a key in every environment in which it is known, and a TODO in the others.
    private mutating func map(
        _ name: String, _ key: String, _ path: Path, placeholder: CloudFormationValue?, _ words: String,
        _ sections: inout [(String, ProjectFile.EnvironmentSection)]
    ) {
        var outcomes: [ImportLedger.Key: Outcome] = [:]
        var order: [ImportLedger.Key] = []
        for (index, environment) in environments.enumerated() where sections.indices.contains(index) {
            let configs = configs[environment.name] ?? []
            guard let agreed = agreed([name], of: configs.map(\.object)) else { continue }
            let argument = agreed.argument
            if outcomes[argument.key] == nil { order.append(argument.key) }
            var outcome = outcomes[argument.key] ?? Outcome(agreed: agreed)
            let shared = shared(
                argument.value, in: environment,
                of: configs.filter { $0.object[name]?.key == argument.key }.map(\.folder))
            let value = shared.value
            outcome.sources.append((environment.name, value.sources))
            // An optional setting that the environment does not have.
            if value.isNone {
                outcomes[argument.key] = outcome
                continue
            }
            defer {
                let isWritten = sections[index].1[keyPath: path] != nil
                tell(
                    shared, key, at: ["environments", .key(environment.name), .key(key)],
                    to: isWritten ? "dorc.yaml: environments.\(environment.name).\(key)" : "dorc.yaml")
            }
            let found = Self.cloudFormation(value)
            let problem = found.flatMap { found in
                AcceptedValue.problem(with: found, at: path) ?? trialProblem(found, path, sections[index].1)
            }
            if let found, problem == nil {
                sections[index].1[keyPath: path] = Located(made: found)
                outcome.written.append(environment.name)
            } else {
                let place: [YAMLPathPart] = ["environments", .key(environment.name), .key(key)]
                comments.todo(key, Self.words(value, problem), from: argument.value.range, at: place)
                outcome.open.append((environment.name, Self.words(value, problem, isKnown: "it cannot be known")))
                if let placeholder { sections[index].1[keyPath: path] = Located(made: placeholder) }
            }
            outcomes[argument.key] = outcome
        }
        for outcome in order.compactMap({ outcomes[$0] }) {
            settle(outcome, key, hasPlaceholder: placeholder != nil, words)
        }
    }

    private mutating func settle(_ outcome: Outcome, _ key: String, hasPlaceholder: Bool, _ words: String) {
        let names = outcome.open.map { "`\($0.environment)`" }.joined(separator: ", ")
        let written = hasPlaceholder ? outcome.written + outcome.open.map(\.environment) : outcome.written
        // As exactly as one target can say it.
        let target =
            written.isEmpty
            ? "dorc.yaml" : "dorc.yaml: environments.\(written.count == 1 ? written[0] : "*").\(key)"
        for (environment, keys) in outcome.sources where !keys.isEmpty {
            let isOpen = outcome.open.contains { $0.environment == environment }
            settle(
                keys, .takenOver,
                to: written.contains(environment) ? "dorc.yaml: environments.\(environment).\(key)" : "dorc.yaml",
                isDecision: isOpen)
        }
        if let first = outcome.open.first {
            let place = outcome.open.count == environments.count ? "" : "in \(names): "
            settle(outcome.agreed, .differs, to: target, place + first.words, isDecision: true)
        } else if outcome.written.isEmpty {
            settle(outcome.agreed, .takenOver, to: nil, "there is none")
        } else {
            settle(outcome.agreed, words.isEmpty ? .takenOver : .differs, to: target, words)
        }
        settleAll(outcome.agreed.argument.value, .noEquivalent, to: nil, "no environment uses it")
    }

    /// The network's keys are tried as they are: each goes with the other.
    private func trialProblem(
        _ value: CloudFormationValue, _ path: Path, _ section: ProjectFile.EnvironmentSection
    ) -> String? {
        guard path != \.vpcID, path != \.privateSubnetIDs else { return nil }
        var trial = ProjectFile.EnvironmentSection()
        trial.region = section.region ?? project.region
        trial[keyPath: path] = Located(made: value)
        return TrialProject.problem(of: ProjectFile(), environments: [("dev", trial)])
    }

    private static func cloudFormation(_ value: DefinedValue) -> CloudFormationValue? {
        switch value.content {
        case .text(let text): return .text(text)
        case .list(let items):
            let texts = items.compactMap(\.text)
            return texts.count == items.count && !texts.isEmpty ? .list(texts.map { .text($0) }) : nil
        default: return nil
        }
    }

    /// What of rAPId's configuration no trigger has used.
    private mutating func mapRapidRest() {
        for config in allConfigs {
            guard let argument = config.object["rAPId_config", "rapid_config"] else { continue }
            guard let rapid = model(argument.value, "rAPIdConfig") else {
                if argument.value.isNone {
                    ledger.settle(argument.key, .takenOver, "there is none")
                } else {
                    ledger.settle(argument.key, .noEquivalent, "it cannot be known: \(argument.value.reason)")
                }
                continue
            }
            if rapid.arguments.contains(where: { ledger.isSettled($0.key) }) {
                ledger.settle(argument.key, .takenOver, to: "dorc.yaml")
            } else {
                ledger.settle(argument.key, .noEquivalent, "no trigger of rAPId uses it")
            }
            for other in rapid.arguments where !ledger.isSettled(other.key) {
                let words =
                    switch other.name {
                    case "user_pool_id", "dorc_rapid_client_id":
                        "dorc makes no clients of rAPId: it reads their credentials from Secrets Manager"
                    case "prefix": "dorc takes the data bucket's whole name, in the variable `rapid_data_bucket`"
                    case "url", "data_bucket_name": "no trigger of rAPId uses it"
                    default: "the original knows no such argument, and ignores it"
                    }
                settleAll(other, .noEquivalent, words)
            }
        }
    }
}
