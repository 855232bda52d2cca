internal import DorcModel
internal import DorcText

/// One entry of a state's `Retry`: of several, the first that names an error decides about it.
package struct Retrier: Sendable, Equatable {
    package var errors: [String]
    /// Seconds.
    package var interval: Int
    package var attempts: Int
    package var backoffRate: Double
    /// Seconds.
    package var maxDelay: Int?
    package var hasJitter: Bool

    init(_ retry: Retry) {
        self.init(
            errors: retry.errors, interval: retry.interval.seconds, attempts: retry.attempts,
            backoffRate: retry.backoffRate, maxDelay: retry.maxDelay?.seconds, hasJitter: false)
    }

    init(
        errors: [String], interval: Int, attempts: Int, backoffRate: Double, maxDelay: Int? = nil, hasJitter: Bool
    ) {
        self.errors = errors
        self.interval = interval
        self.attempts = attempts
        self.backoffRate = backoffRate
        self.maxDelay = maxDelay
        self.hasJitter = hasJitter
    }

    /// What every call of a function is tried again after.
    package static let builtIn = [idleFunction, lambdaThrottling, transientLambdaErrors]

    /// The first call of a function that nobody called for weeks is refused, while Lambda makes its image or its
    /// network ready again, which takes about two minutes at most (Lambda guide, "Lambda function states").
    private static let idleFunction = Retrier(
        errors: ["Lambda.CodeArtifactUserPendingException", "Lambda.ResourceNotReadyException"], interval: 10,
        attempts: 10, backoffRate: 1.5, maxDelay: 60, hasJitter: false)

    /// All functions of an account share 1,000 calls at once, in a new account 10 (Lambda guide, "Lambda quotas"): who
    /// waits gets a turn.
    private static let lambdaThrottling = Retrier(
        errors: ["Lambda.TooManyRequestsException"], interval: 5, attempts: 60, backoffRate: 1.5, maxDelay: 120,
        hasJitter: true)

    /// "Error handling in Step Functions": Lambda's transient errors are to be retried by every machine.
    private static let transientLambdaErrors = Retrier(
        errors: [
            "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
        ],
        interval: 2, attempts: 6, backoffRate: 2, maxDelay: 60, hasJitter: true)

    /// ListExecutions can be called 100 times at once and twice a second in most regions (Step Functions guide,
    /// "Quotas"). A run that asks how many others there are can wait.
    static let listExecutionsThrottling = Retrier(
        errors: ["States.TaskFailed"], interval: 1, attempts: 40, backoffRate: 2, maxDelay: 120, hasJitter: true)

    /// The user's `retry` of a step that runs a function, with the built-in retriers.
    ///
    /// The user's decides about every error that it names, so it comes first, and the built-in ones keep the others.
    /// `States.ALL` and `States.TaskFailed` name no error but kinds of them: the built-in ones, which know better how
    /// long to wait, come before those. Where such a kind is not to be retried, neither are the errors in it.
    static func ofFunction(_ retry: Retry?) -> [Retrier] {
        guard let retry else { return builtIn }
        let own = Retrier(retry)
        let namesKind = retry.errors.contains { kinds.contains($0) }
        if namesKind, retry.attempts == 0 { return own.ofOther }
        let others = builtIn.compactMap { retrier -> Retrier? in
            var retrier = retrier
            retrier.errors.removeAll { retry.errors.contains($0) }
            return retrier.errors.isEmpty ? nil : retrier
        }
        guard namesKind else { return [own] + others }
        var named = own
        named.errors.removeAll { kinds.contains($0) || !isBuiltIn($0) }
        guard !named.errors.isEmpty else { return others + [own] }
        var rest = own
        rest.errors.removeAll { isBuiltIn($0) }
        return [named] + others + [rest]
    }

    /// Of a step that runs something else.
    static func ofOther(_ retry: Retry?) -> [Retrier] { retry.map { Retrier($0).ofOther } ?? [] }

    /// No attempts after any error are as good as no retrier.
    private var ofOther: [Retrier] { attempts == 0 && errors == ["States.ALL"] ? [] : [self] }

    private static let kinds: Set<String> = ["States.ALL", "States.TaskFailed"]

    private static func isBuiltIn(_ error: String) -> Bool { builtIn.contains { $0.errors.contains(error) } }
}
