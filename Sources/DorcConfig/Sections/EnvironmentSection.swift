package import DorcModel
package import DorcText

extension ProjectFile {
    /// An environment of dorc.yaml.
    package struct EnvironmentSection: Section {
        package var origin = Origin()
        package var account: Located<String>?
        package var region: Located<String>?
        package var tags: Located<LocatedMap<String>>?
        package var variables: Located<LocatedMap<String>>?
        package var vpcID: Located<CloudFormationValue>?
        package var privateSubnetIDs: Located<CloudFormationValue>?
        package var securityGroupIDs: Located<CloudFormationValue>?
        package var egress: Located<[Located<EgressSection>]>?
        package var previousVPCID: Located<CloudFormationValue>?
        package var previousPrivateSubnetIDs: Located<CloudFormationValue>?
        package var encryptionKey: Located<CloudFormationValue>?
        package var permissionsBoundary: Located<CloudFormationValue>?
        package var additionalLambdaRolePolicyARN: Located<CloudFormationValue>?
        package var additionalStateMachineRolePolicyARN: Located<CloudFormationValue>?
        package var additionalTriggerRolePolicyARN: Located<CloudFormationValue>?
        @Boxed package var notifications: Located<NotificationsSection>?
        @Boxed package var jobs: Located<JobsSection>?
        package var defaults: Located<FunctionDefaultsSection>?

        package init() {}

        package static let type = ObjectType<Self>(
            "an environment", together: .init("vpc_id", "private_subnet_ids", problem: Diagnostic.halfNetwork),
            elsewhere: Elsewhere(
                [("timeout retry", "write it in the environment's `defaults`")],
                functionKey: {
                    $0.isInDefaults
                        ? "write it in the environment's `defaults`"
                        : "write it in pipeline.yaml, at the function: \($0.atFunction)"
                }),
            keys: [
                Key(
                    "account", \.account, .accountID, default: .words("the account that deploys"),
                    otherNames: "accountid awsaccount", "Account of the environment, 12 digits."),
                Key(
                    "region", \.region, .region, default: .words("the project's"), otherNames: "awsregion",
                    "AWS region of the environment."),
                Key("tags", \.tags, .tags, "Tags of the environment's resources; they win over the project's."),
                // Longer ones, used often, would make more of a small file than a template holds.
                Key(
                    "variables", \.variables,
                    .map(
                        keys: "variables", oneKey: "the name of a variable", .variable,
                        "a name has letters, digits and `_`, and is not a built-in one",
                        of: .text(maximum: 4096, expressions: .passedOn)),
                    otherNames: "vars env environment parameters", "Values for `${name}` in pipeline.yaml."),
                Key(
                    "vpc_id", \.vpcID, .vpcID, default: .words("no VPC"), otherNames: "vpc",
                    "VPC that the Lambdas run in; goes with private_subnet_ids."),
                // Lambda guide, "Lambda quotas": 16 subnets and 5 security groups.
                Key(
                    "private_subnet_ids", \.privateSubnetIDs,
                    .deployList(
                        "a subnet's id such as `subnet-0d0d0d0d0d0d0d0d1`", .resource(prefix: "subnet-"),
                        atMost: (16, "subnets", "")),
                    otherNames: "subnets subnetids privatesubnets", "Subnets that the Lambdas run in, at most 16."),
                Key(
                    "security_group_ids", \.securityGroupIDs,
                    .deployList(
                        "a security group's id such as `sg-0d0d0d0d0d0d0d0d1`", .resource(prefix: "sg-"),
                        atMost: (4, "security groups", " besides the environment's own")),
                    needs: .network, "Security groups of the Lambdas in addition to the environment's own, at most 4."),
                Key(
                    "egress", \.egress, .list(of: .section), needs: .network,
                    "What the environment's security group lets out besides HTTPS, as in `[{port: 5432, to: 10.0.0.0/16}]`."
                ),
                Key(
                    "previous_vpc_id", \.previousVPCID, .vpcID,
                    "The `vpc_id` of before, while the Lambdas move to another VPC or leave it."),
                Key(
                    "previous_private_subnet_ids", \.previousPrivateSubnetIDs,
                    .deployList(
                        "a subnet's id such as `subnet-0d0d0d0d0d0d0d0d1`", .resource(prefix: "subnet-"),
                        atMost: (16, "subnets", "")),
                    needs: .oneOf("previous_vpc_id"),
                    "The `private_subnet_ids` of before, while jobs that run there end."),
                Key(
                    "encryption_key", \.encryptionKey,
                    .deployText(
                        "the ARN of a KMS key, or `aws`", .keyARN,
                        help:
                            "as in `arn:aws:kms:eu-west-2:111122223333:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d`, no alias"
                    ),
                    default: .words("one of the environment's own"),
                    "ARN of the KMS key for logs and failure notices, or `aws` for AWS's own encryption."),
                Key(
                    "permissions_boundary", \.permissionsBoundary, .policyARN,
                    otherNames: "boundary permissionsboundaryarn", "Permissions boundary of every role."),
                Key(
                    "additional_lambda_role_policy_arn", \.additionalLambdaRolePolicyARN, .policyARN,
                    "Managed policy that the Lambda role gets too."),
                Key(
                    "additional_state_machine_role_policy_arn", \.additionalStateMachineRolePolicyARN, .policyARN,
                    "Managed policy that the state machine role gets too."),
                Key(
                    "additional_trigger_role_policy_arn", \.additionalTriggerRolePolicyARN, .policyARN,
                    "Managed policy that the trigger role gets too."),
                Key(
                    "notifications", \.notifications, .section,
                    "Who is told of failed runs and alarms; `{}` for nobody."),
                Key("jobs", \.jobs, .section, "How much capacity the environment's jobs share, and which GPUs."),
                Key("defaults", \.defaults, .section, "Settings of every function in this environment."),
            ])
    }
}

extension KeyNeed {
    fileprivate static let network = KeyNeed(
        keys: ["vpc_id", "private_subnet_ids"], problem: { key, _, place in .noNetwork(for: key, at: place) })
}

extension ValueType<CloudFormationValue> {
    fileprivate static var vpcID: ValueType {
        .deployText("a VPC's id such as `vpc-0d0d0d0d0d0d0d0d0`", .resource(prefix: "vpc-"))
    }

    fileprivate static var policyARN: ValueType {
        .deployText(
            "the ARN of a managed policy", .policyARN,
            help: "as in `arn:aws:iam::111122223333:policy/data-access`: no region, and an account of 12 digits")
    }
}

extension Diagnostic {
    fileprivate static func halfNetwork(missing: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .halfNetwork, at: range, "`vpc_id` and `private_subnet_ids` go together: `\(missing)` is missing",
            help: "without both, the Lambdas run outside a VPC")
    }

    fileprivate static func noNetwork(for key: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .halfNetwork, at: range, "`\(key)` needs a VPC: `vpc_id` and `private_subnet_ids` are missing",
            help: "add both, or remove `\(key)`")
    }
}
