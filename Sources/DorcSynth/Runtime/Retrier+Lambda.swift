internal import DorcModel

extension Retrier {
    /// What every call of a Lambda is tried again after.
    static let ofLambda = [idleFunction, lambdaThrottling, transientLambdaErrors]

    /// The first call of a function that nobody called for weeks is refused, while Lambda makes its image or its
    /// network ready again, which takes about two minutes at most (Lambda guide, "Lambda function states").
    private static let idleFunction = Retrier(
        errors: ["Lambda.CodeArtifactUserPendingException", "Lambda.ResourceNotReadyException"], interval: 10,
        attempts: 10, backoffRate: JSONNumber(1.5), maxDelay: 60, hasJitter: false)

    /// All functions of an account share 1,000 calls at once, in a new account 10 (Lambda guide, "Lambda quotas"): who
    /// waits gets a turn.
    private static let lambdaThrottling = Retrier(
        errors: ["Lambda.TooManyRequestsException"], interval: 5, attempts: 60, backoffRate: JSONNumber(1.5),
        maxDelay: 120,
        hasJitter: true)

    /// "Error handling in Step Functions": Lambda's transient errors are to be retried by every machine.
    private static let transientLambdaErrors = Retrier(
        errors: [
            "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
        ],
        interval: 2, attempts: 6, backoffRate: JSONNumber(2), maxDelay: 60, hasJitter: true)
}
