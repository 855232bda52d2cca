internal import DorcModel
internal import DorcText

/// The ARNs that stand in an environment of dorc.yaml: whether they can be used there.
struct EnvironmentARNCheck {
    let section: ProjectFile.EnvironmentSection
    let environment: Environment

    func run(into diagnostics: inout Diagnostics) {
        for policy in [
            section.permissionsBoundary, section.additionalLambdaRolePolicyARN,
            section.additionalStateMachineRolePolicyARN, section.additionalTriggerRolePolicyARN,
        ] {
            guard let policy, let fields = soundFields(of: policy, &diagnostics) else { continue }
            checkAccount(fields[4], policy.range, &diagnostics)
        }
        // CloudWatch Logs takes a key of its own region only; EventBridge and CloudWatch publish in their own region.
        for (value, what) in [
            (section.encryptionKey, "key"), (section.notifications?.value.topic, "topic"),
        ] {
            guard let value, let fields = soundFields(of: value, &diagnostics), fields[3] != environment.region else {
                continue
            }
            diagnostics.report(
                Diagnostic(
                    .arnRegion, at: value.range.firstLine,
                    "the \(what) is in `\(fields[3])`, the environment `\(environment.name)` in `\(environment.region)`",
                    help: "name a \(what) of the environment's own region"))
        }
    }

    /// The six fields of an ARN, where it is one and in the right partition. What CloudFormation puts in is put in here too.
    private func soundFields(
        of value: Located<CloudFormationValue>, _ diagnostics: inout Diagnostics
    ) -> [String]? {
        let source: String
        let variable: String?
        switch value.value {
        case .text(let text): (source, variable) = (text, nil)
        case .sub(let text): (source, variable) = (text, "${AWS::Partition}")
        case .list, .ref, .importValue, .split, .join, .select: return nil
        }
        let arn = value.value.literal ?? substituted(source)
        guard !DynamicReference.isIn(arn), ARNRule.split(arn).count == 6, arn.hasPrefix("arn:") else { return nil }
        let rule = ARNRule(partition: environment.partition, environment: environment.name)
        guard let problem = rule.problem(in: arn, variable: variable) else { return ARNRule.split(arn) }
        diagnostics.report(.unusableARN(problem, writtenAs: value.value.literal, at: value.range.firstLine))
        return nil
    }

    private func substituted(_ text: String) -> String {
        text.replacing("${AWS::Partition}", with: environment.partition.id)
            .replacing("${AWS::Region}", with: environment.region)
            .replacing("${AWS::AccountId}", with: environment.account ?? "000000000000")
    }

    private func checkAccount(_ account: String, _ range: SourceRange, _ diagnostics: inout Diagnostics) {
        guard let own = environment.account, Identifiers.isAccount(account), account != own else { return }
        diagnostics.report(
            Diagnostic(
                .policyAccount, at: range.firstLine,
                "the policy is in account \(account), the environment `\(environment.name)` in \(own)",
                help: "IAM attaches policies of the role's own account, and those of AWS: name one of \(own)"))
    }
}
