extension DiagnosticEntry {
    static func ofTasksAndDefinitions(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .invalidDefinition:
            DiagnosticEntry(
                cause: """
                    the file of `definition` is not a state machine that Step Functions accepts: a field that a state's \
                    type or query language does not have, a value of another type or out of range, a `Next` that \
                    leads nowhere, no end
                    """,
                warning: "an error's name is one that Step Functions does not have",
                cure: "correct it at the place shown",
                page: "workflow.md#write-it-yourself-definition",
                example: .definition(
                    """
                    StartAt: Settle
                    States:
                      Settle: {Type: Wait, Seconds: 60, Next: Done}
                    """))
        case .invalidTask:
            DiagnosticEntry(
                cause: "Step Functions has no such integration, or not with this pattern",
                warning: """
                    a name of `aws-sdk` does not resemble any that dorc knows: AWS may have added it since
                    """,
                cure: "use an optimised integration, or `arn:aws:states:::aws-sdk:service:action`",
                page: "workflow.md#call-a-service-of-aws",
                example: .pipeline(
                    """
                    steps:
                      - name: notify
                        task: arn:aws:states:::sns:publsh
                        arguments: {TopicArn: "arn:aws:sns:eu-west-2:111122223333:ready", Message: ready}
                        permissions: []
                    """))
        case .noTaskToken:
            DiagnosticEntry(
                cause: """
                    `.waitForTaskToken` waits for an answer with a token, and the arguments do not pass it on
                    """,
                cure: #"""
                    add `"{% $states.context.Task.Token %}"` to the arguments (`$$.Task.Token` in JSONPath)
                    """#,
                page: "workflow.md#call-a-service-of-aws",
                example: .pipeline(
                    """
                    timeout: 1h
                    steps:
                      - name: approve
                        task: arn:aws:states:::sqs:sendMessage.waitForTaskToken
                        arguments: {QueueUrl: "https://sqs.eu-west-2.amazonaws.com/111122223333/q", MessageBody: go}
                        permissions: []
                    """))
        case .taskWithoutPermissions:
            DiagnosticEntry(
                .warning,
                cause: """
                    a `task`, or a Task of a `definition`, calls what no `permissions` allow; or `.sync` needs permissions \
                    that dorc does not know
                    """,
                cure: "name its actions and resources, or `[]` if another policy allows it",
                page: "permissions.md#tasks-that-wait",
                example: .pipeline(
                    """
                    steps:
                      - name: notify
                        task: arn:aws:states:::sns:publish
                        arguments: {TopicArn: "arn:aws:sns:eu-west-2:111122223333:ready", Message: ready}
                    """))
        case .twoTimeouts:
            DiagnosticEntry(
                cause: "the pipeline has a `timeout`, and its `definition` a `TimeoutSeconds`",
                cure: "remove one",
                page: "workflow.md#write-it-yourself-definition",
                example: .definition(
                    """
                    StartAt: Settle
                    TimeoutSeconds: 3600
                    States:
                      Settle: {Type: Wait, Seconds: 60, End: true}
                    """, others: "timeout: 1h\n"))
        case .twoWorkflows:
            DiagnosticEntry(
                cause: "a pipeline has both `steps` and a `definition`",
                cure: "remove one",
                page: "workflow.md#write-it-yourself-definition",
                example: .definition(
                    """
                    StartAt: Settle
                    States:
                      Settle: {Type: Wait, Seconds: 60, End: true}
                    """, others: "steps: [extract]\n"))
        case .unreachableState:
            DiagnosticEntry(
                cause: "in a `definition`, no path leads from `StartAt` to a state",
                cure: "remove it, or lead another state to it",
                page: "workflow.md#write-it-yourself-definition",
                example: .definition(
                    """
                    StartAt: Settle
                    States:
                      Settle: {Type: Wait, Seconds: 60, End: true}
                      Done: {Type: Succeed}
                    """))
        default: nil
        }
    }
}

extension DiagnosticExample {
    fileprivate static func definition(_ machine: String, others: String = "") -> Self {
        pipeline(others + "definition: workflow.asl.yaml", and: ["src/raw/census/workflow.asl.yaml": machine])
    }
}
