internal import DorcModel
internal import DorcText

/// Channels that Amazon Q Developer in chat applications would refuse.
struct SlackCheck {
    let project: Project

    /// A channel that is used in an environment.
    private struct Use {
        var environment: Environment
        var channel: SlackChannel
        var range: SourceRange
    }

    func run(into diagnostics: inout Diagnostics) {
        let uses = project.environments.indices.flatMap(uses)
        guard !uses.isEmpty else { return }
        var first: [Place: Use] = [:]
        for use in uses {
            // The type exists in the regions of `aws` alone (cfn-lint's schemas of the regions; its pattern of a role's
            // ARN begins with `arn:aws:`).
            if use.environment.partition.id != "aws" {
                diagnostics.report(.slackPartition(use.environment, at: use.range))
            }
            guard let account = use.environment.account else { continue }
            let place = Place(account: account, channel: use.channel)
            if let other = first[place], other.environment.name != use.environment.name {
                diagnostics.report(
                    .slackChannelTwice(use.channel, account, use.environment, at: use.range, other: other.range))
            }
            first[place] = first[place] ?? use
        }
    }

    private struct Place: Hashable {
        var account: String
        var channel: SlackChannel
    }

    private func uses(in index: Int) -> [Use] {
        let environment = project.environments[index]
        var uses: [Use] = []
        if let channel = environment.notifications.slack, let range = environment.notifications.slackRange {
            uses.append(Use(environment: environment, channel: channel, range: range))
        }
        for pipeline in project.pipelines {
            guard let notices = pipeline.environments[index].notices, let channel = notices.slack,
                let range = notices.slackRange
            else { continue }
            uses.append(Use(environment: environment, channel: channel, range: range))
        }
        return uses
    }
}

/// Environments in which runs start by themselves and nobody is told of those that fail. Who starts a run by hand looks at
/// it.
enum NobodyToldCheck {
    static func run(_ project: Project, into diagnostics: inout Diagnostics) {
        for (index, environment) in project.environments.enumerated() where environment.notifications.range == nil {
            let untold = project.pipelines.filter { pipeline in
                let definition = pipeline.environments[index]
                return definition.triggersEnabled && !definition.triggers.isEmpty
                    && definition.notices?.kinds.contains(.failure) != true
            }
            guard let first = untold.first else { continue }
            diagnostics.report(.nobodyTold(environment, of: first.id, others: untold.count - 1))
        }
    }
}

extension Diagnostic {
    fileprivate static func slackPartition(_ environment: Environment, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .slackPartition, at: range,
            "Amazon Q Developer in chat applications is not in the partition `\(environment.partition.id)` of AWS, and environment"
                + " `\(environment.name)` is",
            help: "remove `slack` there, and use `email`, or a `topic` that something of yours reads",
            notes: [Note(environment.range, "this environment")])
    }

    fileprivate static func slackChannelTwice(
        _ channel: SlackChannel, _ account: String, _ environment: Environment, at range: SourceRange,
        other: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .slackChannelTwice, at: range,
            "the channel `\(channel.channel)` of environment `\(environment.name)` is that of another environment in account \(account)",
            help: "an account can have a channel configured once: give each environment a channel of its own",
            notes: [Note(other, "the other environment has it here")])
    }

    fileprivate static func nobodyTold(_ environment: Environment, of pipeline: PipelineID, others: Int) -> Diagnostic {
        let what = others == 0 ? "" : others == 1 ? " and another pipeline" : " and \(others) other pipelines"
        return Diagnostic(
            .nobodyTold, at: environment.range,
            "nobody is told when a run of `\(pipeline)`\(what) fails in environment `\(environment.name)`",
            help:
                "add `notifications: {email: data@example.gov.uk}` to the environment; `notifications: {}` says that nobody has"
                + " to be told")
    }
}
