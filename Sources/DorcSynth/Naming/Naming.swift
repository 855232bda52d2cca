package import DorcModel
internal import DorcText

/// The physical names in one environment. All start with `<project>-<environment>-`: the roles' policies are scoped to
/// that prefix.
package struct Naming: Sendable {
    package let prefix: String

    package init(project: String, environment: String) {
        prefix = "\(project)-\(environment)"
    }

    package func pipeline(_ id: PipelineID) -> PipelineNaming {
        PipelineNaming(prefix: String(joining: prefix, "-", id.layer, "-", id.name))
    }

    package var infraStack: String { "\(prefix)-infra" }

    /// What the environment has once, such as `census-demo-dev-lambda`.
    package func shared(_ name: String) -> String { "\(prefix)-\(name)" }

    /// A folder's name has no dot: no function has the repository of another one's image for jobs.
    static func repository(project: String, _ pipeline: PipelineID, _ image: FunctionImage) -> String {
        let name = String(joining: project, "/", pipeline.layer, "/", pipeline.name, "/", image.function)
        return image.isJob ? name + ".job" : name
    }
}

/// The physical names of one pipeline in one environment. Limits are those of `limits.md`, "Names".
package struct PipelineNaming: Sendable {
    let prefix: String

    package func function(_ name: String) -> String { Self.limited(String(joining: prefix, "-", name), to: 64) }

    package var stateMachine: String { Self.limited(prefix, to: 80) }

    /// The role of the pipeline's own state machine.
    package var stateMachineRole: String { Self.limited("\(prefix)-state-machine", to: 64) }

    /// The role of one function. No other role ends in `-lambda`, but the environment's, which is shorter.
    package func functionRole(_ name: String) -> String { Self.limited("\(prefix)-\(name)-lambda", to: 64) }

    /// The role of one function that runs as a job, and of what starts its container.
    package func jobRole(_ name: String) -> String { Self.limited("\(prefix)-\(name)-job", to: 64) }
    package func executionRole(_ name: String) -> String { Self.limited("\(prefix)-\(name)-execution", to: 64) }

    /// A schedule or an event rule.
    package func trigger(_ name: String) -> String { Self.limited(String(joining: prefix, "-", name), to: 64) }

    /// A stack's name takes no underscore.
    package var coreStack: String { Self.limited(Self.hyphenated(prefix), to: 128) }

    static func hyphenated(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
        return String(decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
    }

    /// A longer name is cut, and ends in the first eight digits of the whole name's SHA-256 instead.
    static func limited(_ name: String, to limit: Int) -> String {
        guard name.utf8.count > limit else { return name }
        var head = name.prefix(limit - 9)
        while let last = head.last, last == "-" || last == "_" { head.removeLast() }
        return "\(head)-\(HexadecimalDigest.short(name))"
    }
}
