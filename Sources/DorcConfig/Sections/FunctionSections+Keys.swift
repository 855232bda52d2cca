internal import DorcModel
package import DorcText
internal import DorcYAML

extension FunctionDefaultsSection {
    static let projectType = ObjectType(
        "`defaults`",
        keys: [
            Key("memory", \.memory, .memory, default: "`\(Defaults.memory)`", FunctionSettingText.memory),
            Key(
                "timeout", \.timeout, .functionTimeout, default: "`\(Defaults.functionTimeout)`",
                FunctionSettingText.timeout),
            Key(
                "ephemeral_storage", \.ephemeralStorage, .ephemeralStorage, default: "`\(Defaults.ephemeralStorage)`",
                FunctionSettingText.ephemeralStorage),
            Key(
                "log_retention", \.logRetention, .logRetention, default: "`\(Defaults.logRetention)`",
                FunctionSettingText.logRetention),
            Key(
                "retry", \.retry, .retry, default: "what is no fault of the function",
                "How often a failed step is tried again, and when."),
        ],
        make: { _, _ in FunctionDefaultsSection() })
}

extension FunctionSection {
    static let type = ObjectType(
        "a function",
        keys: [
            Key("memory", \.memory, .memory, default: "from `defaults`", FunctionSettingText.memory),
            Key("timeout", \.timeout, .functionTimeout, default: "from `defaults`", FunctionSettingText.timeout),
            Key(
                "ephemeral_storage", \.ephemeralStorage, .ephemeralStorage, default: "from `defaults`",
                FunctionSettingText.ephemeralStorage),
            Key(
                "log_retention", \.logRetention, .logRetention, default: "from `defaults`",
                FunctionSettingText.logRetention),
            Key(
                "environment", \.environment,
                .environmentVariables(.variableText(expressions: .ignored(.environmentVariable))),
                "Environment variables of the function, at most 4,096 bytes."),
            Key(
                "secrets", \.secrets,
                .environmentVariables(.variableText("a secret, `name` or `name:key`", expressions: .refused)),
                "Environment variables with secrets of Secrets Manager, `name` or `name:key`, which CloudFormation looks up"
                    + " at deployment."),
            Key(
                "permissions", \.permissions, .list(of: PermissionSection.type.type),
                "What the function may do: it gets a role of its own."),
            Key(
                "image", \.image, .variableText("an image's URI", expressions: .refused),
                "An image built elsewhere, with tag or digest: the function then has no folder and no repository."),
        ],
        make: { range, _ in FunctionSection(range: range) })
}

extension ValueType<LocatedMap<Located<VariableText>>> {
    fileprivate static func environmentVariables(_ value: ValueType<VariableText>) -> ValueType {
        .map(
            keys: "environment variables", oneKey: "the name of an environment variable",
            rule: "a name has letters, digits and `_`, at least two characters, the first a letter (Lambda)",
            of: .located(value),
            // What is reserved has a message of its own.
            where: { Names.isEnvironmentVariable($0) || LambdaEnvironment.isReserved($0) })
    }
}

private enum FunctionSettingText {
    static let memory = "Memory in MB; the CPU grows with it."
    static let timeout = "How long one call may take."
    static let ephemeralStorage = "Size of /tmp in MB."
    static let logRetention = "How long logs are kept; one of CloudWatch's steps."
}

extension ValueType where Value: Sendable {
    static func located<Inner>(_ type: ValueType<Inner>) -> ValueType where Value == Located<Inner> {
        ValueType(type.shape) { node, diagnostics in type.decode(node, &diagnostics).map { Located($0, node.range) } }
    }
}

extension ValueType<Int> {
    /// Lambda guide: 128 MB to 10,240 MB in steps of 1 MB.
    static var memory: ValueType { .integer(128...10240, unit: "MB") }
    /// Lambda guide: 512 MB to 10,240 MB.
    static var ephemeralStorage: ValueType { .integer(512...10240, unit: "MB") }
}

extension ValueType<Duration> {
    /// Lambda guide: at most 900 s.
    static var functionTimeout: ValueType {
        .duration(
            1...900,
            tooLong:
                "Lambda ends every call after 15 minutes: split the work with `for_each`, or run it in AWS Batch or ECS"
                + " with a `task` step")
    }

    static var logRetention: ValueType {
        let base = ValueType.duration(86400...3653 * 86400)
        return ValueType(base.shape) { node, diagnostics in
            guard let value = base.decode(node, &diagnostics) else { return nil }
            if let days = LogRetention.days(value) { return Duration(days * 86400) }
            let next = LogRetention.allowedDays.first { $0 * 86400 >= value.seconds }
            diagnostics.report(
                Diagnostic(
                    .invalidValue, at: node.range.firstLine,
                    "CloudWatch keeps logs for certain numbers of days only, not for \(value)",
                    help: "write one of \(LogRetention.allowedDays.map { "\($0)d" }.joined(separator: ", "))",
                    replacement: next.map { "\($0)d" }))
            return nil
        }
    }
}

/// The retention times that CloudWatch Logs offers (its API, PutRetentionPolicy).
package enum LogRetention {
    package static let allowedDays = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ]

    package static func days(_ duration: Duration) -> Int? {
        allowedDays.first { $0 * 86400 == duration.seconds }
    }
}

extension RetrySection {
    static let type = ObjectType(
        "`retry`",
        keys: [
            Key(
                "attempts", \.attempts, .integer(0...99_999_999), default: "`\(Defaults.retryAttempts)`",
                "How often it is tried again after the first failure."),
            Key(
                "interval", \.interval, .duration(1...99_999_999), default: "`\(Defaults.retryInterval)`",
                "Time before the first new try."),
            Key(
                "backoff_rate", \.backoffRate, .number(minimum: 1),
                default: "`\(JSONNumber(Defaults.retryBackoffRate).text)`",
                "Factor by which the time grows with each try."),
            Key(
                "max_delay", \.maxDelay, .duration(1...31_622_400), default: "no limit",
                "The longest time between two tries; above `interval`."),
            Key(
                "errors", \.errors, .listOrOne(of: .variableText("an error's name", expressions: .refused), atLeast: 1),
                default: "`[\(Defaults.retryErrors.joined(separator: ", "))]`",
                "Names of the errors after which it is tried again."),
        ],
        make: { _, _ in RetrySection() })
}

extension ValueType<RetrySection> {
    /// A mapping, or the number of attempts alone.
    static var retry: ValueType {
        let attempts = ValueType<Int>.integer(0...99_999_999)
        return ValueType(.either(attempts.shape, .object(RetrySection.type.shape))) { node, diagnostics in
            if case .scalar = node.content {
                return attempts.decode(node, &diagnostics).map { RetrySection(attempts: Located($0, node.range)) }
            }
            return RetrySection.type.decode(node, &diagnostics)
        }
    }
}
