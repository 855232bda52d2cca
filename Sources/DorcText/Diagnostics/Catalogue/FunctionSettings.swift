extension DiagnosticEntry {
    /// With a VPC, which jobs need.
    private static let computeProject = """
        environments:
          dev: {vpc_id: vpc-0d0d0d0d0d0d0d0d0, private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]}
        """

    static func ofFunctionSettings(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .computeNetwork:
            DiagnosticEntry(
                cause: "a function has `compute`, and the environment has no VPC",
                cure: "give the environment `vpc_id` and `private_subnet_ids`, or remove `compute`",
                page: "compute.md#what-an-environment-needs",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: {vcpu: 4, memory: 16384}}
                    """))
        case .computeOnEC2:
            DiagnosticEntry(
                .note,
                cause: "Fargate does not have this size of a job, and has one that is close: it runs on EC2",
                cure: "nothing; or write the other size, which starts sooner",
                page: "compute.md#sizes",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: {vcpu: 3, memory: 16384}}
                    """, and: ["dorc.yaml": computeProject]))
        case .computeSize:
            DiagnosticEntry(
                cause: "neither Fargate nor EC2 has a size like that of `compute`",
                cure: "write a size of the table",
                page: "compute.md#sizes",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: {vcpu: 0.5, memory: 65536}}
                    """, and: ["dorc.yaml": computeProject]))
        case .environmentTooLarge:
            DiagnosticEntry(
                cause: "a function's environment variables have more than 4,096 bytes, those of a job more than 20,480",
                warning: "they have more than nine tenths of that",
                cure: "read larger data from S3 or Parameter Store",
                example: .words("a table of 5,000 characters in the `environment` of a function"))
        case .imageRegion:
            DiagnosticEntry(
                cause: "the image of a function is in another region than the environment",
                cure: "push it to the environment's region, which `${region}` names",
                page: "workflow.md#functions-settings",
                example: .pipeline(
                    """
                    functions:
                      legacy: {image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/tool:v4.1"}
                    steps: [legacy]
                    """))
        case .invalidSecret:
            DiagnosticEntry(
                cause: "a string in `secrets` is not a secret of Secrets Manager",
                cure: "write `name`, `name:key` or an ARN",
                page: "permissions.md#secrets",
                example: .pipeline(
                    """
                    functions:
                      extract: {secrets: {API_KEY: census key}}
                    """))
        case .jobSetting:
            DiagnosticEntry(
                cause:
                    "a setting does not go with what runs the function: a Lambda, a job, or a container built elsewhere",
                cure: "remove it, or write what goes with it",
                page: "compute.md#what-is-different-in-a-job",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: {vcpu: 4, memory: 16384}, ephemeral_storage: 2048}
                    """, and: ["dorc.yaml": computeProject]))
        case .lambdaLimit:
            DiagnosticEntry(
                cause: "a function that runs as a Lambda may take longer than 15 minutes",
                cure: "run it as a job with `compute`, or split the work with `for_each`",
                page: "compute.md#which-one",
                example: .pipeline(
                    """
                    functions:
                      extract: {timeout: 6h}
                    """))
        case .reservedVariable:
            DiagnosticEntry(
                cause: "a function's environment variable has a name that Lambda, AWS Batch or dorc sets itself",
                cure: "choose another name",
                example: .pipeline(
                    """
                    functions:
                      extract: {environment: {AWS_REGION: eu-west-1}}
                    """))
        case .unknownProfile:
            DiagnosticEntry(
                cause: "`compute` names a profile that dorc.yaml does not have",
                cure: "correct the name, or add it to `compute_profiles`",
                page: "compute.md#sizes",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: huge}
                    """))
        case .unusedSettings:
            DiagnosticEntry(
                cause: "`functions` has a function that nothing uses",
                cure: "correct the name, or remove it",
                page: "workflow.md#functions-settings",
                example: .pipeline(
                    """
                    functions:
                      extrct: {memory: 1024}
                    """))
        case .variableTwice:
            DiagnosticEntry(
                cause: "a name is in both `environment` and `secrets` of a function",
                cure: "remove one",
                page: "permissions.md#secrets",
                example: .pipeline(
                    """
                    functions:
                      extract:
                        environment: {API_KEY: none}
                        secrets: {API_KEY: census/api-key}
                    """))
        case .wildcardResource:
            DiagnosticEntry(
                cause: "`permissions` are on `*`, or on an ARN that ends in `:*` alone, without a `reason`",
                cure: "name the ARNs, or say with `reason` why they cannot be named",
                page: "permissions.md#a-functions-own-permissions",
                example: .pipeline(
                    """
                    permissions:
                      - {actions: sns:Publish, resources: "*"}
                    """))
        default: nil
        }
    }
}
