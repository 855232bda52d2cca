internal import DorcModel
internal import DorcText

/// Where a function's settings come from, weak to strong: dorc.yaml's `defaults`, its environment's, the pipeline's
/// `defaults`, its environment's, the function's, its environment's.
struct SettingLayers {
    private let defaults: [FunctionDefaultsSection]
    private let functions: [LocatedMap<FunctionSection>]

    init(projectFile: ProjectFile, file: PipelineFile, environment: String) {
        let overrides = file.environments?.value[environment]
        defaults = [
            projectFile.defaults?.value, projectFile.environments?.value[environment]?.defaults?.value,
            file.defaults?.value, overrides?.defaults?.value,
        ].compactMap { $0 }
        functions = [file.functions?.value, overrides?.functions?.value].compactMap { $0 }
    }

    func setting<Value>(
        _ function: String, _ own: KeyPath<FunctionSection, Located<Value>?>,
        _ shared: KeyPath<FunctionDefaultsSection, Located<Value>?>
    ) -> Value? {
        for section in sections(of: function).reversed() {
            if let value = section[keyPath: own] { return value.value }
        }
        return self.shared(shared)
    }

    /// What holds for every function.
    func shared<Value>(_ key: KeyPath<FunctionDefaultsSection, Located<Value>?>) -> Value? {
        defaults.last { $0[keyPath: key] != nil }?[keyPath: key]?.value
    }

    /// Weak to strong.
    func sections(of function: String) -> [FunctionSection] { functions.compactMap { $0[function] } }

    func retry(_ scope: VariableScope, _ diagnostics: inout Diagnostics) -> Retry? {
        defaults.last { $0.retry != nil }?.retry.map { Retry($0.value, scope, &diagnostics) }
    }
}

extension Retry {
    init(_ section: RetrySection, _ scope: VariableScope, _ diagnostics: inout Diagnostics) {
        let attempts = section.attempts?.value ?? Defaults.retryAttempts
        let interval = section.interval?.value ?? Defaults.retryInterval
        if let delay = section.maxDelay, delay.value <= interval {
            diagnostics.report(
                .outOfRange(
                    "\(delay.value)", allowed: "`max_delay` is longer than `interval`, which is \(interval)",
                    at: delay.range))
        }
        let names = section.errors?.value.compactMap { text in
            scope.literal(text, "an error's name", &diagnostics).map { Located($0, text.range) }
        }
        ErrorName.check(list: names ?? [], &diagnostics)
        self.init(
            attempts: attempts, interval: interval,
            backoffRate: section.backoffRate?.value ?? Defaults.retryBackoffRate,
            maxDelay: section.maxDelay?.value, errors: names?.map(\.value) ?? Defaults.retryErrors)
    }
}
