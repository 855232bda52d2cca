extension DiagnosticEntry {
    static func ofFunctionSettings(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .environmentTooLarge:
            DiagnosticEntry(
                cause: "a function's environment variables have more than 4,096 bytes",
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
        case .reservedVariable:
            DiagnosticEntry(
                cause: "a function's environment variable has a name that Lambda sets itself",
                cure: "choose another name",
                example: .pipeline(
                    """
                    functions:
                      extract: {environment: {AWS_REGION: eu-west-1}}
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
