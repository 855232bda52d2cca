extension DiagnosticEntry {
    static func ofEnvironments(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .arnFields:
            DiagnosticEntry(
                cause: "an ARN has a region or an account that its service's ARNs do not have, or lacks one",
                cure: "write the fields that the message names",
                example: .pipeline(
                    """
                    permissions:
                      - {actions: sts:AssumeRole, resources: "arn:${partition}:iam:::role/export"}
                    """))
        case .arnPartition:
            DiagnosticEntry(
                cause: """
                    an ARN is in another partition of AWS than the environment, or its region is in another than the ARN
                    """,
                cure: "write `${partition}`",
                page: "environments.md#accounts-policies-and-notifications",
                example: .pipeline(
                    """
                    permissions:
                      - {actions: sns:Publish, resources: "arn:aws-cn:sns:${region}:${account}:ready"}
                    """))
        case .arnRegion:
            DiagnosticEntry(
                cause: "`encryption_key` or `topic` is in another region than the environment",
                cure: "name one of the environment's region",
                example: .project(
                    """
                    environments:
                      dev: {notifications: {topic: "arn:aws:sns:us-east-1:111122223333:alerts"}}
                    """))
        case .policyAccount:
            DiagnosticEntry(
                cause: "a boundary or additional policy is in another account than the environment",
                cure: "name one of the environment's account",
                example: .project(
                    """
                    environments:
                      dev:
                        account: "111122223333"
                        permissions_boundary: arn:aws:iam::444455556666:policy/boundary
                    """))
        case .registryNeedsAccount:
            DiagnosticEntry(
                cause: "`registry` is set, and an environment has no `account`",
                cure: "add the `account`",
                page: "environments.md#registry",
                example: .project(
                    """
                    registry: {account: "111122223333"}
                    environments:
                      dev: {}
                    """))
        case .registryPartition:
            DiagnosticEntry(
                cause: "with `registry`, environments are in several partitions of AWS",
                cure: "remove `registry`, or make a project for each partition",
                page: "environments.md#registry",
                example: .project(
                    """
                    registry: {account: "111122223333"}
                    environments:
                      dev: {account: "111122223333"}
                      china: {account: "444455556666", region: cn-north-1}
                    """))
        case .twoTopics:
            DiagnosticEntry(
                cause: "`notifications` has both addresses and an existing `topic`",
                cure: "subscribe them where the topic is defined, or remove `topic`",
                page: "notifications.md#of-an-environment",
                example: .project(
                    """
                    environments:
                      dev:
                        notifications:
                          email: data@example.gov.uk
                          topic: arn:aws:sns:eu-west-2:111122223333:alerts
                    """))
        case .unknownEnvironment:
            DiagnosticEntry(
                cause: "dorc.yaml has no such environment",
                cure: "correct the name",
                example: .pipeline(
                    """
                    environments:
                      develop: {timeout: 2h}
                    """))
        case .unknownVariable:
            DiagnosticEntry(
                cause: "an environment does not define the variable",
                cure: "define it under its `variables`",
                page: "environments.md#variables",
                example: .pipeline(
                    """
                    triggers:
                      - {name: landed, s3: {bucket: "${landing}"}}
                    """))
        case .variableNeedsAccount:
            DiagnosticEntry(
                cause: "`${account}` is used where it has to be known before the deployment",
                cure: "give the environment an `account`",
                page: "environments.md#variables",
                example: .pipeline(
                    "description: Loads the census into ${account}",
                    and: ["dorc.yaml": "environments: {dev: {}}"]))
        case .variableSyntax:
            DiagnosticEntry(
                cause: "a `${` is not closed, or contains no name",
                cure: "write `${name}`; a literal `${` is `$${`",
                page: "environments.md#variables",
                example: .pipeline("description: Loads the census of ${region"))
        default: nil
        }
    }
}
