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

    /// What messages to a channel of Slack come to.
    package func slack(_ channel: SlackChannel) -> String { "\(prefix)-slack-\(channel.channel)" }

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

    /// The machine of a trigger that waits for several pipelines, and its role: no pipeline or trigger has a `--` in its name.
    package func join(_ trigger: String) -> String { Self.limited(String(joining: prefix, "--", trigger), to: 80) }
    package func joinRole(_ trigger: String) -> String { Self.limited(String(joining: prefix, "--", trigger), to: 64) }

    /// SNS: 256 characters. No other topic ends so.
    package var noticeTopic: String { "\(Self.limited(prefix, to: 248))-notices" }

    /// Rules that tell of runs. A trigger's name has no dot.
    package func notices(_ kind: PipelineNotices.Kind) -> String { "\(Self.limited(prefix, to: 56)).\(kind.rawValue)" }

    /// CloudWatch: 255 characters. No other alarm ends so.
    package var withoutSuccessAlarm: String { "\(Self.limited(prefix, to: 240))-without-success" }

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
