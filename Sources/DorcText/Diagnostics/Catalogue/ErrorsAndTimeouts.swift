extension DiagnosticEntry {
    static func ofErrorsAndTimeouts(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .defaultTimeout:
            DiagnosticEntry(
                .warning,
                cause: """
                    a step waits for another service (`.sync`, `.waitForTaskToken`), and neither it nor the pipeline has \
                    a `timeout`: the run ends after a day
                    """,
                cure: "write how long it may take",
                page: "workflow.md#timeouts",
                example: .pipeline(
                    """
                    steps:
                      - name: convert
                        task: arn:aws:states:::glue:startJobRun.sync
                        arguments: {JobName: convert}
                        permissions: []
                    """))
        case .expressMap:
            DiagnosticEntry(
                cause: """
                    a step with `mode: express` does what no Express workflow can: it may take more than five minutes, or waits \
                    for the end of a job, for a token or for an activity
                    """,
                warning: "all tries of its `retry`, with the waits between them, may take more than five minutes",
                cure: "shorten the function's `timeout` or the `retry`, or remove `mode: express`",
                page: "workflow.md#for-each-of-many-for_each",
                example: .pipeline(
                    """
                    steps:
                      - extract
                      - {name: load, for_each: {items: [1, 2]}, mode: express}
                    """))
        case .fewerReserved:
            DiagnosticEntry(
                .warning,
                cause: """
                    a `for_each` calls a function more often at once than its `reserved_concurrency` lets run: Lambda refuses the \
                    other calls, and while they are tried again, the time of an Express item or the tries may run out
                    """,
                cure: "write a `max_concurrency` that is no higher at the step, or raise the reservation",
                page: "workflow.md#for-each-of-many-for_each",
                example: .pipeline(
                    """
                    functions: {load: {reserved_concurrency: 5, timeout: 1m}}
                    steps:
                      - extract
                      - {name: load, for_each: {items: "{% $states.input.files %}"}, max_concurrency: 50, mode: express}
                    """))
        case .retryErrors:
            DiagnosticEntry(
                cause: "`States.ALL` is listed with other errors, or is in a `catch` that is not the last",
                cure: "write it alone, and last",
                page: "workflow.md#retry",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, retry: {errors: [States.ALL, ApiBusy]}}
                    """))
        case .runTimeout:
            DiagnosticEntry(
                cause: "a run ends before its `wait` steps are over; without a `timeout` that is after a day",
                warning: """
                    it ends soon after them; or a step, or a run of another pipeline that it waits for, may take longer \
                    than the run
                    """,
                cure: "raise the pipeline's `timeout`",
                page: "workflow.md#timeouts",
                example: .pipeline(
                    """
                    timeout: 1h
                    steps:
                      - extract
                      - {name: settle, wait: 2h}
                    """))
        case .stepTimeout:
            DiagnosticEntry(
                .warning,
                cause: """
                    a step's `timeout` is shorter than its function's: the call goes on when the step has given up
                    """,
                cure: "shorten the function's `timeout` too",
                page: "workflow.md#timeouts",
                example: .pipeline(
                    """
                    functions:
                      extract: {timeout: 10m}
                    steps:
                      - {name: extract, timeout: 1m}
                    """))
        case .terminalError:
            DiagnosticEntry(
                .warning,
                cause: """
                    `retry` or `catch` names `States.Runtime` or `States.DataLimitExceeded`, which end a run whatever its \
                    machine says
                    """,
                cure: "remove it",
                page: "workflow.md#retry",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, retry: {errors: [States.Runtime]}}
                    """))
        case .unknownError:
            DiagnosticEntry(
                .warning,
                cause: """
                    an error in `retry` or `catch` looks like a mistyped one of Lambda's; or no error has the name: \
                    `Exception`, which does not stand for its subclasses, or a class with its module
                    """,
                cure: "write the one that the message suggests",
                page: "workflow.md#retry",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, retry: {errors: [Lambda.TooManyRequestException]}}
                    """))
        case .unmatchedError:
            DiagnosticEntry(
                .warning,
                cause: """
                    a `catch` of a Distributed Map names only errors of its items, or a `retry` names \
                    `States.ExceedToleratedFailureThreshold`
                    """,
                cure: "remove `errors`, or name that error in the `catch`",
                page: "workflow.md#when-a-step-fails-catch",
                example: .pipeline(
                    """
                    steps:
                      - {name: extract, retry: {errors: [States.ExceedToleratedFailureThreshold]}}
                    """))
        default: nil
        }
    }
}
