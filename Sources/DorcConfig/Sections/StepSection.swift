package import DorcModel
package import DorcText

extension PipelineFile {
    /// A step as written.
    package struct StepSection: Sendable {
        package var range: SourceRange
        /// All that stand there, with those that could not be read.
        package var writtenKeys: Set<String>
        package var name: Located<String>?
        package var function: Located<String>?
        package var pipeline: Located<String>?
        package var waitForCompletion: Located<Bool>?
        package var task: Located<VariableText>?
        package var permissions: Located<[Located<PermissionSection>]>?
        package var wait: Located<WaitSection>?
        package var arguments: Located<JSONSource>?
        package var after: Located<[Located<String>]>?
        package var when: Located<VariableText>?
        package var forEach: Located<IterationSection>?
        package var maxConcurrency: Located<Int>?
        package var batch: Located<Int>?
        package var toleratedFailures: Located<ToleratedFailures>?
        package var retry: Located<RetrySection>?
        package var timeout: Located<Duration>?
        package var `catch`: Located<[Located<CatchSection>]>?
        package var onlyOnError: Located<Bool>?
        package var then: Located<HandlerEnd>?
    }

    /// `wait: 5m`, or `wait: {until: ...}`.
    package struct WaitSection: Sendable {
        package var duration: Located<Duration>?
        package var until: Located<VariableText>?
    }

    package struct CatchSection: Sendable {
        package var errors: Located<[Located<VariableText>]>?
        package var next: Located<String>?
    }

    /// What the items of `for_each` are.
    package struct IterationSection: Sendable {
        package var range: SourceRange
        package var writtenKeys: Set<String>
        /// Written as a mapping: a Distributed Map.
        package var isDistributed = true
        package var items: Located<JSONSource>?
        package var s3: Located<FolderSection>?
        package var csv: Located<ObjectSection>?
        package var jsonLines: Located<ObjectSection>?
        package var results: Located<FolderSection>?
    }

    /// Objects of a bucket.
    package struct FolderSection: Sendable {
        package var bucket: Located<VariableText>?
        package var prefix: Located<VariableText>?
    }

    /// One object of a bucket.
    package struct ObjectSection: Sendable {
        package var bucket: Located<VariableText>?
        package var key: Located<VariableText>?
    }
}

/// How a run goes on behind the last step of an error path.
package enum HandlerEnd: String, Sendable, CaseIterable {
    case `continue`, fail
}

/// A statement of an IAM policy, as written.
package struct PermissionSection: Sendable {
    package var range: SourceRange
    package var actions: Located<[Located<String>]>?
    package var resources: Located<[Located<VariableText>]>?
    /// Why a statement has to name every resource.
    package var reason: Located<String>?
}
