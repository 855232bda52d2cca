extension DiagnosticEntry {
    static func ofLimits(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .accountQuota:
            DiagnosticEntry(
                .warning,
                cause: """
                    the project needs more than nine tenths of what AWS allows an account by default: 2,000 stacks, \
                    300 rules, 500 schedule groups, 5,000 alarms, 2,500 security groups or 900 reserved concurrent calls \
                    in a region, 1,000 IAM roles
                    """,
                cure: "ask AWS to raise the quota, or give environments accounts of their own",
                example: .words("280 `s3` triggers in one account"))
        case .definitionTooLarge:
            DiagnosticEntry(
                cause: "a state machine's definition is above 1,048,576 bytes",
                warning: "it is above nine tenths of that",
                cure: "split the pipeline, and run the parts with `pipeline:` steps",
                page: "workflow.md#run-another-pipeline",
                example: .words("five steps with 220,000 bytes of `arguments` each"))
        case .historyTooLong:
            DiagnosticEntry(
                cause: "a run has more than 25,000 events even if nothing fails",
                warning: "it has more than 22,500",
                cure: "split the pipeline, or use a Distributed Map",
                page: "workflow.md#for-each-of-many-for_each",
                example: .words("a `for_each` with a list of 4,000 items"))
        case .idCollision:
            DiagnosticEntry(
                cause: "two things of a stack would get one logical id",
                cure: "rename one",
                page: "concepts.md#names",
                example: .unknown)
        case .internalError:
            DiagnosticEntry(
                cause: "dorc contradicts itself",
                cure: "report it: this is a defect of dorc",
                example: .unknown)
        case .nameCollision:
            DiagnosticEntry(
                cause: "two things would get one name in AWS",
                cure: "rename one",
                page: "concepts.md#names",
                example: .files([
                    "src/raw-areas/census/pipeline.yaml": "steps: [{name: settle, wait: 5m}]",
                    "src/raw/areas-census/pipeline.yaml": "steps: [{name: settle, wait: 5m}]",
                ]))
        case .nameTooLong:
            DiagnosticEntry(
                cause: "a repository's name is above 256 characters, or a pipeline's folder above 250",
                cure: "shorten the folders' names",
                page: "concepts.md#names",
                example: .words("a layer, a pipeline and a function whose folders have names of 90 characters each"))
        case .policyTooLarge:
            DiagnosticEntry(
                cause: """
                    a role's own policies have more than 10,240 characters, its trust policy more than 2,048, or a \
                    repository's policy more than 10,240
                    """,
                warning: "they have more than nine tenths of that",
                cure: "name resources with `*` at the end of their ARNs, or put statements into a managed policy",
                page: "permissions.md#what-access-has-no-word-for-permissions",
                example: .words("`permissions` with the ARNs of 200 tables"))
        case .templateTooLarge:
            DiagnosticEntry(
                cause: "a template is above 1,000,000 bytes",
                warning: "it is above nine tenths of that",
                cure: "split the pipeline",
                example: .words("five schedules with an `input` of 220,000 bytes each"))
        case .tooDeep:
            DiagnosticEntry(
                cause: "`Parallel` states are more than 40 deep inside each other",
                cure: "let branches meet more often, or split the pipeline",
                page: "workflow.md#side-by-side",
                example: .words("41 steps in a row, each with another one parallel to it that nothing waits for"))
        case .tooManyReferences:
            DiagnosticEntry(
                cause:
                    "a template has more than 60 different dynamic references: `secrets` of Lambdas, and what is written as "
                    + "`{{resolve:...}}`",
                warning: "it has more than 60 with those that repeat, and AWS does not say whether these count",
                cure:
                    "let functions ask for secrets at run time (`access: {secrets: ...}`), write the ids of subnets, or split the "
                    + "pipeline",
                page: "permissions.md#secrets",
                example: .words("a function with 61 `secrets`"))
        case .tooManyResources:
            DiagnosticEntry(
                cause: "a pipeline needs more than 500 resources",
                warning: "it needs more than 450",
                cure: "split it, and run the parts with `pipeline:` steps",
                page: "workflow.md#run-another-pipeline",
                example: .words("510 triggers"))
        case .tooManyRules:
            DiagnosticEntry(
                cause: "the environment's security group has more than 60 rules for IPv4 or for IPv6",
                warning: "it has more than 54",
                cure: "merge ranges, or name a prefix list or a group of your own",
                page: "environments.md#what-the-functions-reach",
                example: .words("70 ranges of addresses in `egress`"))
        default: nil
        }
    }
}
