internal import CloudFormation
internal import DorcModel

/// The three roles of an environment, each for what its pipelines do and scoped to their names.
struct SharedRoles {
    let shared: EnvironmentContext

    private var naming: Naming { shared.naming }
    private var settings: Environment { shared.environment }
    private var place: String { shared.place }

    var lambda: Role {
        let policy = LambdaPolicy(function: "\(naming.prefix)-*", isInNetwork: settings.usesNetwork)
        return role(
            "lambda", "Functions of \(place)", trust: LambdaPolicy.trust.statements, policy.statements,
            settings.additionalPolicies.lambda)
    }

    var stateMachine: Role {
        let machines = ARN("states", "stateMachine:", naming.prefix, "-*")
        return role(
            "state-machine", "State machines of \(place)",
            trust: [
                .trust(
                    "states.amazonaws.com",
                    where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [.arn(machines)])])
            ], SharedMachinePolicy(naming: naming).statements, settings.additionalPolicies.stateMachine)
    }

    var trigger: Role {
        let group = Expression.reference(shared.shared(SharedID.scheduleGroup))
        let queue = Expression.reference(shared.shared(SharedID.deadLetterQueue))
        let rules = Expression.arn(ARN("events", "rule/", naming.prefix, "-*"))
        return role(
            "trigger", "Schedules and event rules of \(place)",
            trust: [
                .trust("events.amazonaws.com", where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [rules])]),
                .trust(
                    "scheduler.amazonaws.com",
                    where: [.ownAccount, .init("StringEquals", "aws:SourceArn", [group])]),
            ],
            [
                PolicyStatement(
                    "StartPipelines", ["states:StartExecution"],
                    on: [.arn(ARN("states", "stateMachine:", naming.prefix, "-*"))]),
                PolicyStatement("KeepFailedStarts", ["sqs:SendMessage"], on: [queue]),
            ], settings.additionalPolicies.trigger)
    }

    /// What people in a channel of Slack may do there, and what the picture of an alarm takes (Amazon Q Developer in chat
    /// applications guide, "IAM policies", notification permissions). No other account can pass it on (IAM guide, "Granting a
    /// user permissions to pass a role to an AWS service").
    var slack: Role {
        role(
            "slack", "Channels of Slack that are told of \(place)", trust: [.trust("chatbot.amazonaws.com", where: [])],
            [
                PolicyStatement(
                    "ShowAlarms",
                    [
                        "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics",
                        "cloudwatch:ListMetrics",
                    ], on: [.literal("*")])
            ], nil)
    }

    private func role(
        _ name: String, _ description: String, trust: [PolicyStatement], _ statements: [PolicyStatement],
        _ additional: CloudFormationValue?
    ) -> Role {
        Role(
            name: naming.shared(name), description: description, trust: PolicyDocument(trust),
            policy: PolicyDocument(statements), managedPolicies: [additional].compactMap { $0 },
            permissionsBoundary: settings.permissionsBoundary)
    }
}
