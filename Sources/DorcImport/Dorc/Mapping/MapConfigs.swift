import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// The original's Config, which is for one environment at a time.
extension DorcMapping {
    private typealias Section = ProjectFile.EnvironmentSection
    private typealias Path = WritableKeyPath<ProjectFile.EnvironmentSection, Located<CloudFormationValue>?>

    mutating func mapConfigs(_ sections: inout [(String, ProjectFile.EnvironmentSection)]) {
        mapNetwork(&sections)
        let policies: [(String, String, Path)] = [
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
            guard let argument = agreed([name], of: configs, to: target(key)), !argument.value.isNone else { continue }
            let isTaken = set(argument, key, path, &sections)
            if isTaken, name.contains("cloudevent") {
                ledger.settle(
                    argument.key, .differs,
                    "the original attaches it to the state machine's role by mistake: in dorc it is the trigger role's")
            }
        }
        mapRapidRest()
        for index in configs {
            for argument in facts.objects[index].arguments where !ledger.isSettled(argument.key) {
                settleAll(
                    argument, argument.value.isNone ? .takenOver : .noEquivalent,
                    argument.value.isNone ? "there is none" : "the original knows no such argument, and ignores it")
            }
        }
    }

    private func target(_ key: String) -> String { "dorc.yaml: environments.*.\(key)" }

    /// Both, or neither: dorc's Lambdas run in a VPC only with its subnets.
    private mutating func mapNetwork(_ sections: inout [(String, ProjectFile.EnvironmentSection)]) {
        let vpc = agreed(["vpc_id"], of: configs, to: target("vpc_id"))
        let subnets = agreed(["private_subnet_ids"], of: configs, to: target("private_subnet_ids"))
        let before = sections
        let hasVPC = vpc.map { set($0, "vpc_id", \.vpcID, &sections) } ?? false
        let hasSubnets = subnets.map { set($0, "private_subnet_ids", \.privateSubnetIDs, &sections) } ?? false
        for index in sections.indices {
            let section = sections[index].1
            guard (section.vpcID == nil) != (section.privateSubnetIDs == nil) else { continue }
            let other = section.vpcID == nil ? subnets : vpc
            let key = section.vpcID == nil ? "private_subnet_ids" : "vpc_id"
            sections[index].1.vpcID = before[index].1.vpcID
            sections[index].1.privateSubnetIDs = before[index].1.privateSubnetIDs
            guard let other else { continue }
            comments.todo(
                key, "\(other.value.words) (`vpc_id` and `private_subnet_ids` go together)", from: other.value.range,
                at: ["environments", .key(sections[index].0), .key(key)])
            ledger.settle(
                other.key, .differs, "it is in a TODO: `vpc_id` and `private_subnet_ids` go together", isDecision: true)
        }
        if hasVPC, hasSubnets, let vpc {
            ledger.remark(
                .differs, "security groups", at: vpc.range, to: "dorc.yaml: environments.*.egress",
                "one of the environment's for all functions, where the original has one for each")
        }
    }

    /// Sets a key in every environment in which it is known, and a TODO in the others.
    private mutating func set(
        _ argument: DefinedArgument, _ key: String, _ path: Path,
        _ sections: inout [(String, ProjectFile.EnvironmentSection)]
    ) -> Bool {
        var isWhole = true
        for (index, environment) in environments.enumerated() where sections.indices.contains(index) {
            let folder = OriginalRepository.folder(argument.range.path)
            let value = resolved(argument.value, in: environment, folder: folder, to: target(key))
            let place: [YAMLPathPart] = ["environments", .key(environment.name), .key(key)]
            guard let found = Self.cloudFormation(value) else {
                isWhole = false
                decide(argument, value, key, at: place)
                continue
            }
            if let problem = AcceptedValue.problem(with: found, at: path)
                ?? trialProblem(found, path, sections[index].1)
            {
                isWhole = false
                decide(argument, value, key, at: place, problem)
                continue
            }
            sections[index].1[keyPath: path] = Located(made: found)
        }
        if isWhole { ledger.settle(argument.key, .takenOver, to: target(key)) }
        return isWhole
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
        for index in configs {
            guard let argument = argument("rAPId_config", "rapid_config", of: index) else { continue }
            guard let rapid = model(argument.value, "rAPIdConfig") else {
                if argument.value.isUnknown {
                    ledger.settle(
                        argument.key, .differs, "what it is cannot be known: \(argument.value.reason)")
                }
                continue
            }
            ledger.settle(argument.key, .takenOver, to: target("variables"))
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
