package import DorcModel
package import DorcText

/// `defaults` of dorc.yaml, of an environment, or of a pipeline.
package struct FunctionDefaultsSection: Sendable {
    package var memory: Located<Int>?
    package var timeout: Located<Duration>?
    package var ephemeralStorage: Located<Int>?
    package var logRetention: Located<Duration>?
    package var retry: Located<RetrySection>?
}

/// A function's own settings in pipeline.yaml.
package struct FunctionSection: Sendable {
    package var range: SourceRange
    package var memory: Located<Int>?
    package var timeout: Located<Duration>?
    package var ephemeralStorage: Located<Int>?
    package var logRetention: Located<Duration>?
    package var environment: Located<LocatedMap<Located<VariableText>>>?
    package var secrets: Located<LocatedMap<Located<VariableText>>>?
    package var permissions: Located<[Located<PermissionSection>]>?
    package var image: Located<VariableText>?
}

/// How often and when a failed step is tried again.
package struct RetrySection: Sendable {
    package var attempts: Located<Int>?
    package var interval: Located<Duration>?
    package var backoffRate: Located<Double>?
    package var maxDelay: Located<Duration>?
    package var errors: Located<[Located<VariableText>]>?
}
