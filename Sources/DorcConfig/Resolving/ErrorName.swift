internal import DorcText

/// Names of errors in `retry` and `catch`. Those that start with `States.` are Step Functions' own (its guide, "Error names").
enum ErrorName {
    static let reserved = [
        "States.ALL", "States.BranchFailed", "States.DataLimitExceeded", "States.ExceedToleratedFailureThreshold",
        "States.HeartbeatTimeout", "States.Http.Socket", "States.IntrinsicFailure", "States.ItemReaderFailed",
        "States.NoChoiceMatched", "States.ParameterPathFailure", "States.Permissions", "States.QueryEvaluationError",
        "States.ResultPathMatchFailure", "States.ResultWriterFailed", "States.Runtime", "States.TaskFailed",
        "States.Timeout",
    ]

    /// What Step Functions calls the errors of a function's call, without `Lambda.`: those of its guide ("Error handling in
    /// Step Functions", "Handle transient Lambda service exceptions"), and those of Lambda's `Invoke` (botocore's model).
    private static let ofLambda = [
        "AWSLambdaException", "ClientExecutionTimeoutException", "CodeArtifactUserDeletedException",
        "CodeArtifactUserFailedException", "CodeArtifactUserPendingException",
        "DurableExecutionAlreadyStartedException", "EC2AccessDeniedException", "EC2ThrottledException",
        "EC2UnexpectedException", "EFSIOException", "EFSMountConnectivityException",
        "EFSMountFailureException", "EFSMountTimeoutException", "ENILimitReachedException",
        "InvalidParameterValueException", "InvalidRequestContentException", "InvalidRuntimeException",
        "InvalidSecurityGroupIDException", "InvalidSubnetIDException", "InvalidZipFileException",
        "KMSAccessDeniedException", "KMSDisabledException", "KMSInvalidStateException",
        "KMSNotFoundException", "NoPublishedVersionException", "RecursiveInvocationException",
        "RequestTooLargeException", "ResourceConflictException", "ResourceNotFoundException",
        "ResourceNotReadyException", "S3FilesMountConnectivityException", "S3FilesMountFailureException",
        "S3FilesMountTimeoutException", "SdkClientException", "SerializedRequestEntityTooLargeException",
        "ServiceException", "SnapStartException", "SnapStartNotReadyException",
        "SnapStartTimeoutException", "SubnetIPAddressLimitReachedException", "TooManyRequestsException",
        "Unknown", "UnsupportedMediaTypeException",
    ].map { "Lambda.\($0)" }

    /// "Error handling in Step Functions": they end a run whatever its machine says.
    private static let terminal = ["States.DataLimitExceeded", "States.Runtime"]

    static func check(list names: [Located<String>], _ diagnostics: inout Diagnostics) {
        if names.count > 1, let all = names.first(where: { $0.value == "States.ALL" }) {
            diagnostics.report(
                Diagnostic(
                    .retryErrors, at: all.range, "`States.ALL` is written alone",
                    help: "it covers the other errors: remove them"))
        }
        for name in names { check(name, &diagnostics) }
    }

    /// The known name that the text is a mistyped form of. The names are long and their words alike, so that a third of
    /// the characters, which a suggestion may differ in, would make one error of another: here it is three in one place.
    private static func mistypedLambda(_ name: String) -> String? {
        guard name.lowercased().hasPrefix("lambda.") else { return nil }
        if let whole = ofLambda.first(where: { $0 == name + "Exception" || $0 + "Exception" == name }) { return whole }
        guard let closest = Suggestion.closest(to: name, among: ofLambda), abs(closest.count - name.count) <= 3
        else { return nil }
        let (written, known) = (name.lowercased(), closest.lowercased())
        let start = zip(written, known).prefix { $0 == $1 }.count
        let end = zip(written.reversed(), known.reversed()).prefix { $0 == $1 }.count
        return start + end + 3 >= max(written.count, known.count) ? closest : nil
    }

    /// What looks like Lambda's name for a limit, and the name that Step Functions gets (Lambda guide, "Troubleshoot
    /// execution issues"; the local runner's documentation has them too).
    private static let limits = [
        "lambda.timeout": "Sandbox.Timedout", "lambda.timedout": "Sandbox.Timedout",
        "lambda.timeouterror": "Sandbox.Timedout", "lambda.timeoutexception": "Sandbox.Timedout",
        "lambda.tasktimedout": "Sandbox.Timedout", "sandbox.timeout": "Sandbox.Timedout",
        "sandbox.timedout": "Sandbox.Timedout", "lambda.outofmemory": "Runtime.OutOfMemory",
        "lambda.outofmemoryerror": "Runtime.OutOfMemory", "lambda.memoryerror": "Runtime.OutOfMemory",
        "runtime.outofmemoryerror": "Runtime.OutOfMemory", "runtime.outofmemory": "Runtime.OutOfMemory",
    ]

    /// Other names of a class in Python, and the one that it has itself.
    private static let aliases = ["IOError": "OSError", "EnvironmentError": "OSError", "WindowsError": "OSError"]

    /// An error of Python has the name of its class alone: `awslambdaric`, bootstrap.py, answers with `etype.__name__`.
    private static func neverMatches(_ name: Located<String>) -> Diagnostic? {
        let place = name.range.firstLine
        if let right = limits[name.value.lowercased()], right != name.value {
            return Diagnostic(
                .unknownError, at: place, "no error is called `\(name.value)`", replacement: right)
        }
        if ["Exception", "BaseException"].contains(name.value) {
            return Diagnostic(
                .unknownError, at: place,
                "`\(name.value)` is an error of exactly this class: those of its subclasses have other names",
                help: "write `States.ALL` for every error, or the names of the classes that are raised",
                replacement: "States.ALL")
        }
        if let own = aliases[name.value] {
            return Diagnostic(
                .unknownError, at: place, "the class `\(name.value)` is called `\(own)`", replacement: own)
        }
        // Services and Step Functions begin with a capital, as `S3.NoSuchKeyException`, and modules of Python do not.
        guard let dot = name.value.lastIndex(of: "."), dot != name.value.startIndex,
            name.value.first?.isLowercase == true || name.value.first == "_"
        else { return nil }
        let own = name.value[name.value.index(after: dot)...]
        guard let first = own.unicodeScalars.first, first.properties.isAlphabetic || first == "_" else { return nil }
        return Diagnostic(
            .unknownError, at: place,
            "no error is called `\(name.value)`: the name is that of the class, without its module",
            replacement: String(own))
    }

    private static func check(_ name: Located<String>, _ diagnostics: inout Diagnostics) {
        TemplateHazard.check(name.value, at: name.range, &diagnostics)
        if name.value.isEmpty || name.value.unicodeScalars.count > 256 || name.value.contains(where: \.isWhitespace) {
            diagnostics.report(
                .invalidValue(
                    name.value, expected: "an error's name", at: name.range.firstLine,
                    help:
                        "the name of a Python exception such as `ValueError`, or one of Step Functions' such as `States.Timeout`"
                ))
        } else if name.value.hasPrefix("States."), !reserved.contains(name.value),
            !name.value.hasPrefix("States.Http.StatusCode.")
        {
            diagnostics.report(
                Diagnostic(
                    .invalidValue, at: name.range.firstLine, "Step Functions has no error `\(name.value)`",
                    help: "the names of Step Functions are \(reserved.map { "`\($0)`" }.joined(separator: ", "))",
                    replacement: Suggestion.closest(to: name.value, among: reserved)))
        } else if !ofLambda.contains(name.value), let closest = mistypedLambda(name.value) {
            diagnostics.report(
                Diagnostic(
                    .unknownError, at: name.range.firstLine,
                    "Lambda has no error `\(name.value)`", replacement: closest))
        } else if terminal.contains(name.value) {
            diagnostics.report(.terminalError(name))
        } else if let finding = neverMatches(name) {
            diagnostics.report(finding)
        }
    }
}

extension Diagnostic {
    fileprivate static func terminalError(_ name: Located<String>) -> Diagnostic {
        Diagnostic(
            .terminalError, at: name.range.firstLine,
            "no `retry` and no `catch` takes `\(name.value)`: Step Functions ends the run with it",
            help: name.value == "States.Runtime"
                ? "remove it; what an expression gets wrong is `States.QueryEvaluationError`, which they can take"
                : "remove it; pass the place of large data instead of the data, and give a Distributed Map `results`")
    }
}
