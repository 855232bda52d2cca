internal import CloudFormation
internal import DorcModel
internal import DorcText

/// The entries of a state's `Retry`: of several, the first that names an error decides about it.
extension Retry {
    func write(to list: inout TemplateWriter) {
        list.object {
            $0["ErrorEquals"] = errors
            $0["IntervalSeconds"] = interval.seconds
            $0["MaxAttempts"] = attempts
            $0["BackoffRate"] = JSONNumber(backoffRate)
            $0["MaxDelaySeconds"] = maxDelay?.seconds
            $0["JitterStrategy"] = hasJitter ? "FULL" : nil
        }
    }

    /// ListExecutions can be called 100 times at once and twice a second in most regions (Step Functions guide,
    /// "Quotas"). A run that asks how many others there are can wait.
    static let listExecutionsThrottling = Retry(
        errors: ["States.TaskFailed"], interval: Duration(1), attempts: 100, backoffRate: 2, maxDelay: Duration(120),
        hasJitter: true)

    /// The user's `retry` of a step that runs a function, with those that its runtime needs.
    ///
    /// The user's decides about every error that it names, so it comes first, and the built-in ones keep the others.
    /// `States.ALL` and `States.TaskFailed` name no error but kinds of them: the built-in ones, which know better how
    /// long to wait, come before those. Where such a kind is not to be retried, neither are the errors in it.
    static func ofFunction(_ retry: Retry?, builtIn: [Retry]) -> [Retry] {
        guard let retry else { return builtIn }
        func isBuiltIn(_ error: String) -> Bool { builtIn.contains { $0.errors.contains(error) } }
        let namesKind = retry.errors.contains { kinds.contains($0) }
        if namesKind, retry.attempts == 0 { return ofOther(retry) }
        let others = builtIn.compactMap { retrier -> Retry? in
            guard retrier.errors.contains(where: retry.errors.contains) else { return retrier }
            var retrier = retrier
            retrier.errors.removeAll { retry.errors.contains($0) }
            return retrier.errors.isEmpty ? nil : retrier
        }
        guard namesKind else { return [retry] + others }
        var named = retry
        named.errors.removeAll { kinds.contains($0) || !isBuiltIn($0) }
        guard !named.errors.isEmpty else { return others + [retry] }
        var rest = retry
        rest.errors.removeAll { isBuiltIn($0) }
        return [named] + others + [rest]
    }

    /// Of a step that runs something else. No attempts after any error are as good as no entry.
    static func ofOther(_ retry: Retry?) -> [Retry] {
        guard let retry else { return [] }
        return retry.attempts == 0 && retry.errors == ["States.ALL"] ? [] : [retry]
    }

    private static let kinds: Set<String> = ["States.ALL", "States.TaskFailed"]
}
