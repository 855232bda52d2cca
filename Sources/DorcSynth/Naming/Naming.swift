package import DorcModel
internal import DorcText

/// The physical names in one environment. All start with `<project>-<environment>-`: the roles' policies are scoped to
/// that prefix.
package struct Naming: Sendable {
    package let project: String
    package let environment: String
    package let prefix: String

    package init(project: String, environment: String) {
        self.project = project
        self.environment = environment
        prefix = "\(project)-\(environment)"
    }

    /// Limits are those of `limits.md`, "Names".
    package func function(_ pipeline: PipelineID, _ name: String) -> String {
        Self.limited("\(joined(pipeline))-\(name)", to: 64)
    }

    package func stateMachine(_ pipeline: PipelineID) -> String { Self.limited(joined(pipeline), to: 80) }

    /// The role of one pipeline's state machine.
    package func stateMachineRole(_ pipeline: PipelineID) -> String {
        Self.limited("\(joined(pipeline))-state-machine", to: 64)
    }

    /// The role of one function. No other role ends in `-lambda`, but the environment's, which is shorter.
    package func functionRole(_ pipeline: PipelineID, _ name: String) -> String {
        Self.limited("\(joined(pipeline))-\(name)-lambda", to: 64)
    }

    /// A schedule or an event rule.
    package func trigger(_ pipeline: PipelineID, _ name: String) -> String {
        Self.limited("\(joined(pipeline))-\(name)", to: 64)
    }

    /// A stack's name takes no underscore.
    package func coreStack(_ pipeline: PipelineID) -> String {
        Self.limited(Self.hyphenated(joined(pipeline)), to: 128)
    }

    package var infraStack: String { "\(prefix)-infra" }

    /// What the environment has once, such as `census-demo-dev-lambda`.
    package func shared(_ name: String) -> String { "\(prefix)-\(name)" }

    package static func repository(project: String, _ pipeline: PipelineID, _ function: String) -> String {
        "\(project)/\(pipeline.layer)/\(pipeline.name)/\(function)"
    }

    private func joined(_ pipeline: PipelineID) -> String { "\(prefix)-\(pipeline.layer)-\(pipeline.name)" }

    static func hyphenated(_ name: String) -> String {
        String(decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
    }

    /// A longer name is cut, and ends in the first eight digits of the whole name's SHA-256 instead.
    static func limited(_ name: String, to limit: Int) -> String {
        guard name.utf8.count > limit else { return name }
        var head = name.prefix(limit - 9)
        while let last = head.last, last == "-" || last == "_" { head.removeLast() }
        return "\(head)-\(HexadecimalDigest.short(name))"
    }
}
