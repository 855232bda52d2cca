package import DorcModel
package import DorcText
package import DorcYAML

/// `pipeline.yaml` as written: every key that stands there, with its place.
package struct PipelineFile: Sendable {
    package var range: SourceRange
    /// All that stand there, with those that could not be read.
    package var writtenKeys: Set<String>
    package var description: Located<VariableText>?
    package var owner: Located<VariableText>?
    package var tags: Located<LocatedMap<Located<VariableText>>>?
    package var timeout: Located<Duration>?
    package var maxActiveRuns: Located<Int>?
    package var defaults: Located<FunctionDefaultsSection>?
    package var functions: Located<LocatedMap<FunctionSection>>?
    package var permissions: Located<[Located<PermissionSection>]>?
    package var definition: Located<String>?
    package var steps: Located<[Located<StepSection>]>?
    package var schedule: Located<VariableText>?
    package var triggers: Located<[Located<TriggerSection>]>?
    package var environments: Located<LocatedMap<OverridesSection>>?

    package struct TriggerSection: Sendable {
        package var range: SourceRange
        /// All that stand there, with those that could not be read.
        package var writtenKeys: Set<String>
        package var name: Located<String>?
        package var schedule: Located<VariableText>?
        package var timezone: Located<VariableText>?
        package var startDate: Located<VariableText>?
        package var endDate: Located<VariableText>?
        package var flexibleWindow: Located<Duration>?
        package var input: Located<JSONSource>?
        package var s3: Located<S3Section>?
        package var event: Located<EventPatternSection>?
        package var afterPipeline: Located<[Located<String>]>?
        package var on: Located<CompletionKind>?
        package var environments: Located<[Located<String>]>?
    }

    package struct S3Section: Sendable {
        package var bucket: Located<VariableText>?
        package var prefix: Located<VariableText>?
        package var suffix: Located<VariableText>?
    }

    package struct OverridesSection: Sendable {
        package var timeout: Located<Duration>?
        package var maxActiveRuns: Located<Int>?
        package var defaults: Located<FunctionDefaultsSection>?
        package var functions: Located<LocatedMap<FunctionSection>>?
        package var triggersEnabled: Located<Bool>?
    }
}

/// An event pattern of EventBridge, with the place of each of its parts.
package struct EventPatternSection: Sendable {
    package var node: YAMLNode
    package var pattern: JSONSource
}
