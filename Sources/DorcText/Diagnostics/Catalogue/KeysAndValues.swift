extension DiagnosticEntry {
    static func ofKeysAndValues(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .deadExpression:
            DiagnosticEntry(
                .warning,
                cause: """
                    `{% ... %}`, `{{ ... }}`, a key that ends in `.$`, `<aws.scheduler...>` or a plain path such as \
                    `$.detail.bucket` is where nothing evaluates it
                    """,
                cure: "write JSONata in the `arguments` of a step, or a `${variable}` of dorc.yaml",
                page: "concepts.md#where-expressions-work",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, arguments: {day: $.detail.day}}
                    """))
        case .dynamicReference:
            DiagnosticEntry(
                cause: "a `{{resolve:...}}` is malformed, or where CloudFormation would show its value to all",
                cure: "write it as in `{{resolve:ssm:/network/vpc-id}}`, in a function's `environment` or in dorc.yaml",
                example: .pipeline(
                    """
                    functions:
                      extract: {environment: {API_URL: "{{resolve:ssm}}"}}
                    """))
        case .emptyValue:
            DiagnosticEntry(
                cause: "a key has no value, or a list that needs items is empty",
                cure: "give it one, or remove the key",
                example: .pipeline("timeout:"))
        case .functionArguments:
            DiagnosticEntry(
                cause: "a CloudFormation function has arguments of the wrong form",
                cure: "write them in the form that the message shows",
                page: "environments.md#cloudformations-functions",
                example: .project(
                    """
                    environments:
                      dev:
                        vpc_id: !Select [first, [vpc-0d0d0d0d]]
                        private_subnet_ids: [subnet-0d0d0d0d]
                    """))
        case .invalidDuration:
            DiagnosticEntry(
                cause: "a duration has no unit or is not a whole number",
                cure: "write one such as `90s`, `15m`, `2h` or `7d`",
                example: .pipeline("timeout: 3600"))
        case .invalidName:
            DiagnosticEntry(
                cause: "a name has characters that it may not have",
                cure: "choose one by the rule that the message gives",
                page: "concepts.md#names",
                example: .project("project: Census_Demo"))
        case .invalidValue:
            DiagnosticEntry(
                cause: "a string is not of the kind that the key expects",
                cure: "write one such as the message shows",
                example: .project("region: London"))
        case .misplacedKey:
            DiagnosticEntry(
                cause: """
                    a key does not go with the others: `retry` at a `wait`, `timezone` at an S3 trigger, `batch` at an \
                    inline `for_each`
                    """,
                cure: "remove it, or move it to where it belongs",
                example: .pipeline(
                    """
                    steps:
                      - {name: settle, wait: 5m, retry: 2}
                    """))
        case .missingKey:
            DiagnosticEntry(
                cause: "a required key is missing",
                cure: "add it",
                example: .pipeline(
                    """
                    triggers:
                      - {schedule: every 1h}
                    """))
        case .outOfRange:
            DiagnosticEntry(
                cause: "a number, duration or size is beyond what AWS accepts",
                cure: "stay within the bounds shown",
                example: .pipeline("defaults: {memory: 64}"))
        case .tagNotAllowed:
            DiagnosticEntry(
                cause: """
                    a tag is where none may be: a CloudFormation function, or `!!str` at something other than a string; \
                    or it is not one of the six functions
                    """,
                cure: "remove it, or use one of the functions",
                page: "environments.md#cloudformations-functions",
                example: .pipeline("description: !Ref Project"))
        case .unknownKey:
            DiagnosticEntry(
                cause: """
                    the key does not exist; for those of other tools (`depends_on`, `retries`, `cron`) the message names \
                    the one that is meant
                    """,
                cure: "correct its name, or move it to where the help says",
                example: .pipeline(
                    """
                    functions:
                      extract: {memroy: 256}
                    """))
        case .unknownPseudoParameter:
            DiagnosticEntry(
                cause: "`!Ref` or `!Sub` names something other than a pseudo parameter",
                cure: "use one of those listed: the templates have no parameters",
                page: "environments.md#cloudformations-functions",
                example: .project(
                    """
                    environments:
                      dev: {vpc_id: !Ref Vpc, private_subnet_ids: [subnet-0d0d0d0d]}
                    """))
        case .wrongType:
            DiagnosticEntry(
                cause: "a list is where a string is expected, or the like",
                cure: "write what is expected",
                example: .project("tags: data"))
        default: nil
        }
    }
}
