internal import DorcModel
internal import DorcText

extension Retry {
    /// What every call of a Lambda is tried again after.
    static let ofLambda = [idleFunction, lambdaThrottling, transientLambdaErrors]

    /// The first call of a function that nobody called for weeks is refused, while Lambda makes its image or its
    /// network ready again, which takes about two minutes at most (Lambda guide, "Lambda function states"). A version that was
    /// published a moment ago may be pending too, and its calls fail (same page; Lambda API, Invoke: "another operation is in
    /// progress").
    private static let idleFunction = Retry(
        errors: [
            "Lambda.CodeArtifactUserPendingException", "Lambda.ResourceConflictException",
            "Lambda.ResourceNotReadyException",
        ],
        interval: Duration(10), attempts: 10, backoffRate: 1.5, maxDelay: Duration(60))

    /// All functions of an account share 1,000 calls at once, in a new account 10 (Lambda guide, "Lambda quotas"): who
    /// waits gets a turn.
    private static let lambdaThrottling = Retry(
        errors: ["Lambda.TooManyRequestsException"], interval: Duration(5), attempts: 60, backoffRate: 1.5,
        maxDelay: Duration(120), hasJitter: true)

    /// "Error handling in Step Functions": Lambda's transient errors are to be retried by every machine.
    private static let transientLambdaErrors = Retry(
        errors: [
            "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
        ],
        interval: Duration(2), attempts: 6, backoffRate: 2, maxDelay: Duration(60), hasJitter: true)
}
