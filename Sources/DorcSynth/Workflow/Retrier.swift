internal import CloudFormation
internal import DorcModel

/// One entry of a state's `Retry`: of several, the first that names an error decides about it.
struct Retrier: Sendable, Equatable {
    var errors: [String]
    /// Seconds.
    var interval: Int
    var attempts: Int
    var backoffRate: JSONNumber
    /// Seconds.
    var maxDelay: Int?
    var hasJitter: Bool

    init(_ retry: Retry) {
        self.init(
            errors: retry.errors, interval: retry.interval.seconds, attempts: retry.attempts,
            backoffRate: JSONNumber(retry.backoffRate), maxDelay: retry.maxDelay?.seconds, hasJitter: false)
    }

    init(
        errors: [String], interval: Int, attempts: Int, backoffRate: JSONNumber, maxDelay: Int? = nil, hasJitter: Bool
    ) {
        self.errors = errors
        self.interval = interval
        self.attempts = attempts
        self.backoffRate = backoffRate
        self.maxDelay = maxDelay
        self.hasJitter = hasJitter
    }

    func write(to list: inout TemplateWriter) {
        list.object {
            $0["ErrorEquals"] = errors
            $0["IntervalSeconds"] = interval
            $0["MaxAttempts"] = attempts
            $0["BackoffRate"] = backoffRate
            $0["MaxDelaySeconds"] = maxDelay
            $0["JitterStrategy"] = hasJitter ? "FULL" : nil
        }
    }
}

extension Retrier {
    /// ListExecutions can be called 100 times at once and twice a second in most regions (Step Functions guide,
    /// "Quotas"). A run that asks how many others there are can wait.
    static let listExecutionsThrottling = Retrier(
        errors: ["States.TaskFailed"], interval: 1, attempts: 40, backoffRate: JSONNumber(2), maxDelay: 120,
        hasJitter: true)

    /// The user's `retry` of a step that runs a function, with those that its runtime needs.
    ///
    /// The user's decides about every error that it names, so it comes first, and the built-in ones keep the others.
    /// `States.ALL` and `States.TaskFailed` name no error but kinds of them: the built-in ones, which know better how
    /// long to wait, come before those. Where such a kind is not to be retried, neither are the errors in it.
    static func ofFunction(_ retry: Retry?, builtIn: [Retrier]) -> [Retrier] {
        guard let retry else { return builtIn }
        func isBuiltIn(_ error: String) -> Bool { builtIn.contains { $0.errors.contains(error) } }
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
}
