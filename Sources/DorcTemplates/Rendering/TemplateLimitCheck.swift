internal import DorcSynth
internal import DorcText
internal import OrderedCollections

/// Limits of AWS's that only the finished template shows (`limits.md`, "Templates and stacks" and "Content").
struct TemplateLimitCheck {
    /// CloudFormation's guide gives 1,048,576 bytes for a template in S3; cfn-lint refuses more than 1,000,000.
    private static let template = Limit(1_000_000)
    /// Step Functions; CloudFormation writes the definition as indented JSON.
    private static let definition = Limit(1_048_576)
    /// IAM: all inline policies of a role together, without white space.
    private static let rolePolicy = Limit(10_240)
    /// IAM: without white space.
    private static let trustPolicy = Limit(2048)
    /// ECR's API.
    private static let repositoryPolicy = Limit(10_240)

    let stack: Stack
    let value: Value
    /// Bytes of the template.
    let size: Int

    func run(into diagnostics: inout Diagnostics) {
        var findings = Diagnostics()
        checkResources(&findings)
        diagnostics.report(contentsOf: findings)
        // A definition that is too large makes the template so.
        let hasLargeDefinition = findings.items.contains { $0.id == .definitionTooLarge && $0.severity == .error }
        if !hasLargeDefinition { checkSize(&diagnostics) }
    }

    private func checkSize(_ diagnostics: inout Diagnostics) {
        Self.template.check(size, &diagnostics) { severity in
            Diagnostic(
                .templateTooLarge, severity, at: stack.origin,
                "the template of `\(stack.name)` has \(size) bytes; at most \(Self.template.most) are possible",
                help: stack.kind == .core
                    ? "split the pipeline into several, and run them with `pipeline:` steps"
                    : "shorten `tags`, or let fewer environments share one registry")
        }
    }

    private func checkResources(_ diagnostics: inout Diagnostics) {
        guard let resources = value["Resources"], case .map(let members) = resources else { return }
        var checksRepositories = true
        for (member, node) in zip(members, stack.resources.values) {
            guard let properties = member.value["Properties"] else { continue }
            switch node.resource {
            case .role(let role):
                let policies = properties["Policies"]?.items.compactMap { $0["PolicyDocument"] } ?? []
                check(policies, Self.rolePolicy, "the policy of the role `\(role.name)`", node.origin, &diagnostics)
                check(
                    [properties["AssumeRolePolicyDocument"]].compactMap(\.self), Self.trustPolicy,
                    "the trust policy of the role `\(role.name)`", node.origin, &diagnostics)
            // Their policies differ in the functions' names only: where one is too large, the environments are too many.
            case .repository(let repository) where checksRepositories:
                checksRepositories = false
                check(
                    [properties["RepositoryPolicyText"]].compactMap(\.self), Self.repositoryPolicy,
                    "the policy of the repository `\(repository.name)`",
                    stack.origin, &diagnostics,
                    help: "it names every environment: let fewer accounts share one registry")
            case .stateMachine:
                checkDefinition(properties["Definition"] ?? properties["DefinitionString"], node, &diagnostics)
            default: break
            }
        }
    }

    private func check(
        _ policies: [Value], _ limit: Limit, _ what: String, _ place: SourceRange, _ diagnostics: inout Diagnostics,
        help: String = "name resources with `*` at the end of their ARNs, or put statements into a managed policy"
    ) {
        let length = policies.reduce(0) { $0 + deployedLength($1) }
        limit.check(length, &diagnostics) { severity in
            Diagnostic(
                .policyTooLarge, severity, at: place,
                "\(what) has about \(length) characters; at most \(limit.most) are possible", help: help)
        }
    }

    /// Characters of the JSON without white space, with the longest that CloudFormation's functions may become.
    private func deployedLength(_ value: Value) -> Int {
        switch value {
        case .string(let text): text.unicodeScalars.count + 2
        case .integer(let number): String(number).utf8.count
        case .number(let text): text.utf8.count
        case .boolean, .null: 5
        case .list(let items): items.reduce(2) { $0 + deployedLength($1) + 1 }
        case .map(let members):
            members.reduce(2) { $0 + $1.key.unicodeScalars.count + 4 + deployedLength($1.value) }
        case .sub(let text): Self.substituted(text).unicodeScalars.count + 2
        case .getAtt(let attribute): 70 + (nameLength(attribute.prefix { $0 != "." }) ?? 80)
        case .ref(let name): 70 + (nameLength(name[...]) ?? 80)
        case .importValue, .split, .join, .select: 150
        }
    }

    /// Of a resource of the stack; an ARN has at most 70 characters beside it.
    private func nameLength(_ id: Substring) -> Int? {
        stack.resources.values.first { $0.id.text == id }?.resource.name?.utf8.count
    }

    private static func substituted(_ text: String) -> String {
        text.replacing("${AWS::AccountId}", with: "000000000000").replacing("${AWS::Region}", with: "ap-southeast-1")
            .replacing("${AWS::Partition}", with: "aws-us-gov").replacing("${AWS::URLSuffix}", with: "amazonaws.com.cn")
    }

    /// Of a text that is joined at deployment; an ARN has at most 140 characters here, and a name in `Fn::Sub` stands for one.
    private static func textLength(_ value: Value) -> Int {
        switch value {
        case .string(let text): text.utf8.count
        case .sub(let text): text.utf8.count + 100
        case .join(let delimiter, .list(let items)): items.reduce(0) { $0 + textLength($1) + delimiter.utf8.count }
        default: 140
        }
    }

    /// No template below a quarter of the limit can hold a definition that comes near it.
    private func checkDefinition(_ definition: Value?, _ node: ResourceNode, _ diagnostics: inout Diagnostics) {
        guard let definition, size > Self.definition.most / 4 else { return }
        let length =
            if case .join = definition { Self.textLength(definition) } else { JSONWriter.write(definition).count }
        Self.definition.check(length, &diagnostics) { severity in
            Diagnostic(
                .definitionTooLarge, severity, at: node.origin,
                "the state machine's definition has about \(length) bytes; at most \(Self.definition.most) are possible",
                help: "split the pipeline into several, and run them with `pipeline:` steps")
        }
    }
}

extension Value {
    fileprivate subscript(_ key: String) -> Value? {
        guard case .map(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    fileprivate var items: [Value] { if case .list(let items) = self { items } else { [] } }
}
