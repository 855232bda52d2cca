package import DorcModel
package import DorcText

/// How often and when a failed step is tried again. Step Functions guide, "Error handling": `MaxAttempts` and
/// `IntervalSeconds` are at most 99,999,999, `MaxDelaySeconds` is less than 31,622,401, and `BackoffRate` is at least 1.
package struct RetrySection: Section {
    package var origin = Origin()
    package var attempts: Located<Int>?
    package var interval: Located<Duration>?
    package var backoffRate: Located<Double>?
    package var maxDelay: Located<Duration>?
    package var errors: Located<[Located<VariableText>]>?

    package init() {}

    package static let type = ObjectType<Self>(
        "`retry`",
        keys: [
            Key(
                "attempts", \.attempts, .attempts, default: .value(Defaults.retryAttempts),
                otherNames: "maxattempts retries count times limit maximumattempts",
                "How often it is tried again after the first failure."),
            Key(
                "interval", \.interval, .duration(1...99_999_999), default: .value(Defaults.retryInterval),
                otherNames: "delay intervalseconds wait retrydelay", "Time before the first new try."),
            Key(
                "backoff_rate", \.backoffRate, .number(minimum: 1), default: .value(Defaults.retryBackoffRate),
                otherNames: "backoff multiplier factor", "Factor by which the time grows with each try."),
            Key(
                "max_delay", \.maxDelay, .duration(1...31_622_400), default: .words("no limit"),
                otherNames: "maxinterval maxdelayseconds maxretrydelay",
                "The longest time between two tries; above `interval`."),
            Key(
                "errors", \.errors, .errorNames, default: .words("`[\(Defaults.retryErrors.joined(separator: ", "))]`"),
                otherNames: "errorequals on exceptions", "Names of the errors after which it is tried again."),
        ])
}

extension ValueType<RetrySection> {
    /// A mapping, or the number of attempts alone.
    static var retry: ValueType { .section(orOnly: "attempts", \.attempts, .attempts) }
}

extension ValueType<Int> {
    fileprivate static var attempts: ValueType { .integer(0...99_999_999) }
}

extension ValueType<[Located<VariableText>]> {
    /// One name, or a list of them.
    static var errorNames: ValueType {
        .listOrOne(of: .variableText("an error's name", expressions: .refused, example: "States.ALL"), atLeast: 1)
    }
}
