extension DiagnosticEntry {
    static func ofFunctionSettings(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .accessTwice:
            DiagnosticEntry(
                .warning,
                cause: "a list of `access` names something twice, or something that is among the rest of it",
                cure: "remove one of the two",
                page: "permissions.md#data-access",
                example: .pipeline(
                    """
                    access:
                      s3_read: [landing/census/*, landing/census/2031/*]
                    """))
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
        case .oneObject:
            DiagnosticEntry(
                .note,
                cause: "`access` names one object of a bucket, by a key that looks like a folder",
                cure: "write `/*` at its end, if everything under it is meant",
                page: "permissions.md#data-access",
                example: .pipeline(
                    """
                    access: {s3_read: landing/census}
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
        case .unreadBucket:
            DiagnosticEntry(
                .note,
                cause: """
                    no function of a pipeline may read the objects of the bucket that its trigger is about, or that a `for_each` goes \
                    through
                    """,
                cure: "give `access` to the function that reads them, unless the bucket's own policy lets it",
                page: "permissions.md#data-access",
                example: .pipeline(
                    """
                    triggers:
                      - {name: landed, s3: {bucket: landing, prefix: census/}}
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
                cause: """
                    `permissions` are on `*`, or on an ARN that ends in `:*` alone, without a `reason`; or `access` names `*`
                    """,
                cure: "name the ARNs, or say with `reason` why they cannot be named",
                page: "permissions.md#what-access-has-no-word-for-permissions",
                example: .pipeline(
                    """
                    permissions:
                      - {actions: sns:Publish, resources: "*"}
                    """))
        default: nil
        }
    }
}
