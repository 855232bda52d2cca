internal import DorcModel
internal import DorcText

/// The settings of a function that are numbers. They are written in layers, from weak to strong: dorc.yaml's `defaults`, its
/// environment's, the pipeline's `defaults`, its environment's, the function's, its environment's.
struct FunctionSettings: Sendable {
    /// MB.
    private(set) var memory = Defaults.memory
    private(set) var timeout = Defaults.functionTimeout
    /// MB.
    private(set) var ephemeralStorage = Defaults.ephemeralStorage
    private var logRetention = Defaults.logRetention
    /// Where the timeout is written; nil for the default.
    private(set) var timeoutRange: SourceRange?
    /// Nil for a Lambda.
    private(set) var compute: Located<ComputeSection>?

    var logRetentionDays: Int { logRetention.seconds / 86400 }

    mutating func apply(_ section: FunctionSettingsSection) {
        if let value = section.memory?.value { memory = value }
        if let timeout = section.timeout { (self.timeout, timeoutRange) = (timeout.value, timeout.range) }
        if let value = section.compute { compute = value }
        if let value = section.ephemeralStorage?.value { ephemeralStorage = value }
        if let value = section.logRetention?.value { logRetention = value }
    }
}

extension Retry {
    init(_ section: RetrySection, _ context: ResolutionContext, _ diagnostics: inout Diagnostics) {
        let interval = section.interval?.value ?? Defaults.retryInterval
        if let delay = section.maxDelay, delay.value <= interval {
            diagnostics.report(
                .outOfRange(
                    "\(delay.value)", allowed: "`max_delay` is longer than `interval`, which is \(interval)",
                    at: delay.range))
        }
        let names = section.errors?.value.compactMap { text in
            context.literal(text, "an error's name", &diagnostics).map { Located($0, text.range) }
        }
        ErrorName.check(list: names ?? [], &diagnostics)
        self.init(
            errors: names?.map(\.value) ?? Defaults.retryErrors, interval: interval,
            attempts: section.attempts?.value ?? Defaults.retryAttempts,
            backoffRate: section.backoffRate?.value ?? Defaults.retryBackoffRate, maxDelay: section.maxDelay?.value)
    }
}
