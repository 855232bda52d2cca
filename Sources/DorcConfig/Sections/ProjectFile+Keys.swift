internal import DorcModel

extension ProjectFile {
    package static let type = ObjectType(
        "dorc.yaml",
        keys: [
            Key(
                "project", \.project, .projectName, required: true,
                "Name of the project; it prefixes every name in AWS."),
            Key(
                "region", \.region, .region, required: true,
                "AWS region of every environment without a `region` of its own."),
            Key(
                "repository", \.repository, .repositoryID,
                "What tells this repository from others, such as `github.com/example/pipelines`: becomes the tag `repository`."
            ),
            Key("source", \.source, .relativePath, default: "`\(Defaults.source)`", "Folder with the layers."),
            Key("tags", \.tags, .tags, "Tags of every taggable resource; environments and pipelines add to them."),
            Key("images", \.images, ImagesSection.type.type, "How the functions' images are built."),
            Key(
                "registry", \.registry, RegistrySection.type.type,
                "Where images live, if in one account for all environments; else each has its own."),
            Key(
                "defaults", \.defaults, FunctionDefaultsSection.projectType.type,
                "Settings of every function, unless an environment, a pipeline or the function says otherwise."),
            Key(
                "environments", \.environments,
                .map(
                    keys: "environment names", oneKey: "the name of an environment",
                    rule: "an environment's name is `[a-z][a-z0-9]*`, at most 19 characters, and not `universal`",
                    of: EnvironmentSection.type.type,
                    where: { Names.isEnvironment($0) && $0.utf8.count <= Names.longestEnvironment && $0 != "universal" }
                ),
                required: true, "The environments that the project is deployed to."),
        ],
        allowsOwnKeys: true,
        make: { range, _ in ProjectFile(range: range) })
}

extension ProjectFile.ImagesSection {
    static let type = ObjectType(
        "`images`",
        keys: [
            Key(
                "dockerfile", \.dockerfile, .relativePath, default: "`\(Defaults.dockerfile)`",
                "The recipe of every function's image."),
            Key(
                "architecture", \.architecture, .choice, default: "`\(Defaults.architecture.rawValue)`",
                "Instruction set of images and Lambdas."),
            Key(
                "include", \.include, .list(of: .relativePath),
                "Shared files and folders that go into every function's build context and content hash."),
            Key(
                "untagged_expiry", \.untaggedExpiry, .duration(86400...365 * 86400),
                default: "`\(Defaults.untaggedExpiry)`",
                "When images without a tag are removed from the registry; whole days."),
            Key(
                "keep", \.keep, .integer(2...20_000), default: "`\(Defaults.keptImages)`",
                "How many images of each function the registry keeps; has to exceed the versions that an environment lags"
                    + " behind."),
            Key(
                "build_arguments", \.buildArguments,
                .map(
                    keys: "build arguments", oneKey: "the name of a build argument",
                    rule: "a name has letters, digits and `_`, and is not CODE_PATH",
                    of: .text(),
                    where: { Names.isVariable($0) && $0 != "CODE_PATH" }),
                "Docker build arguments of every image, beside CODE_PATH."),
        ],
        make: { _, _ in ProjectFile.ImagesSection() })
}

extension ProjectFile.RegistrySection {
    static let type = ObjectType(
        "`registry`",
        keys: [
            Key(
                "account", \.account, .accountID, required: true,
                "The one account that holds the images of all environments.")
        ],
        make: { _, _ in ProjectFile.RegistrySection() })
}

extension ProjectFile.NotificationsSection {
    static let type = ObjectType(
        "`notifications`",
        keys: [
            Key(
                "email", \.email, .listOrOne(of: .emailAddress),
                "Addresses that are told of failed runs; each confirms its subscription once."),
            Key(
                "topic", \.topic, .topicARN, default: "one of the environment's own",
                "ARN of an SNS topic that exists; its policy has to let EventBridge and CloudWatch publish."),
        ],
        make: { _, _ in ProjectFile.NotificationsSection() })
}

extension ProjectFile.EnvironmentSection {
    static let type = ObjectType(
        "an environment",
        keys: [
            Key(
                "account", \.account, .accountID, default: "the account that deploys",
                "Account of the environment, 12 digits."),
            Key("region", \.region, .region, default: "the project's", "AWS region of the environment."),
            Key("tags", \.tags, .tags, "Tags of the environment's resources; they win over the project's."),
            Key(
                "variables", \.variables,
                .map(
                    keys: "variables", oneKey: "the name of a variable",
                    rule: "a name has letters, digits and `_`, and is not a built-in one",
                    of: .text(maximum: 4096, expressions: .passedOn),
                    where: { Names.isVariable($0) && !BuiltInVariable.names.contains($0) }),
                "Values for `${name}` in pipeline.yaml."),
            Key(
                "vpc_id", \.vpcID, .vpcID, default: "no VPC",
                "VPC that the Lambdas run in; goes with private_subnet_ids."),
            Key(
                "private_subnet_ids", \.privateSubnetIDs,
                .deployList(
                    "a subnet's id such as `subnet-0d0d0d0d0d0d0d0d1`",
                    where: { Identifiers.isResource($0, prefix: "subnet-") }),
                "Subnets that the Lambdas run in, at most 16."),
            Key(
                "security_group_ids", \.securityGroupIDs,
                .deployList(
                    "a security group's id such as `sg-0d0d0d0d0d0d0d0d1`",
                    where: { Identifiers.isResource($0, prefix: "sg-") }),
                "Security groups of the Lambdas beside the environment's own, at most 4."),
            Key(
                "egress", \.egress, .list(of: ProjectFile.EgressSection.type.type),
                "What the environment's own security group lets out beside HTTPS, as in `[{port: 5432, to: 10.0.0.0/16}]`."
            ),
            Key(
                "previous_vpc_id", \.previousVPCID, .vpcID,
                "The `vpc_id` of before, while the Lambdas move to another VPC or leave it."),
            Key(
                "encryption_key", \.encryptionKey, .keyARN, default: "one of the environment's own",
                "ARN of the KMS key for logs and failure notices, or `aws` for AWS's own encryption."),
            Key("permissions_boundary", \.permissionsBoundary, .policyARN, "Permissions boundary of every role."),
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
                "notifications", \.notifications, ProjectFile.NotificationsSection.type.type,
                "Who is told of failed runs."),
            Key(
                "defaults", \.defaults, FunctionDefaultsSection.projectType.type,
                "Settings of every function in this environment."),
        ],
        make: { ProjectFile.EnvironmentSection(range: $0, writtenKeys: $1) })
}
