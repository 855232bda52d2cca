internal import CloudFormation
internal import DorcModel

/// The statements of the role that one pipeline's state machine has for itself.
struct MachinePolicy {
    let uses: MachineUses
    /// What the user allows: of `.sync` only what is missing there is added.
    let permissions: [Permission]
    /// What it may do so that it can call functions.
    let calls: [PolicyStatement]
    /// Those that it starts.
    let machines: [Expression]
    let executions: [Expression]
    /// Those with Distributed Maps and a limit of active runs.
    let ownMachines: [Expression]
    let ownExecutions: [Expression]

    /// Of the role of the state machine of that name.
    init(
        _ uses: MachineUses, machine: String, calls: [PolicyStatement], started: [(Reference, name: String)],
        permissions: [Permission]
    ) {
        self.uses = uses
        self.permissions = permissions
        self.calls = calls
        machines = started.map { .reference($0.0) }
        executions = started.map { .arn(ARN("states", "execution:\($0.name):*")) }
        ownMachines = [.arn(ARN("states", "stateMachine:", machine))]
        ownExecutions = [
            .arn(ARN("states", "execution:", machine, ":*")), .arn(ARN("states", "execution:", machine, "/*")),
        ]
    }

    var statements: [PolicyStatement] {
        var statements = calls
        if uses.startsRuns {
            statements.append(PolicyStatement("StartPipelines", ["states:StartExecution"], on: machines))
        }
        if uses.waitsForRuns {
            // "IAM policies for calling Step Functions workflows": .sync:2 follows the run through a managed rule.
            statements += [
                PolicyStatement(
                    "FollowPipelines", ["states:DescribeExecution", "states:StopExecution"], on: executions),
                Self.followThroughEvents,
            ]
        }
        if uses.listsRuns {
            statements.append(PolicyStatement("CountRuns", ["states:ListExecutions"], on: ownMachines))
        }
        if uses.runsDistributedMaps {
            // "IAM policies for using Distributed Map states": each item is an execution of the machine itself.
            statements += [
                PolicyStatement("StartItems", ["states:StartExecution"], on: ownMachines),
                PolicyStatement(
                    "FollowItems", ["states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"],
                    on: ownExecutions),
            ]
        }
        return statements + JobPolicy(uses.followed, permissions).statements + objects + Self.observation
    }

    private var objects: [PolicyStatement] {
        var statements: [PolicyStatement] = []
        for (position, (bucket, prefix)) in uses.listed.enumerated() {
            // A prefix that only the run knows cannot stand in a policy.
            let conditions = prefix.map { prefix -> [PolicyStatement.Condition] in
                prefix.isExpression ? [] : [.init("StringLike", "s3:prefix", [.text(prefix + .literal("*"))])]
            }
            statements.append(
                PolicyStatement(
                    Self.numbered("ListItems", position), ["s3:ListBucket"], on: [Self.object(bucket, nil)],
                    where: conditions ?? []))
        }
        if !uses.read.isEmpty {
            statements.append(
                PolicyStatement(
                    "ReadItems", ["s3:GetObject"],
                    on: uses.read.map { Self.object($0.bucket, $0.key.isExpression ? .literal("*") : $0.key) }))
        }
        if !uses.written.isEmpty {
            // "IAM policies for using Distributed Map states", writing results.
            statements.append(
                PolicyStatement(
                    "WriteResults",
                    ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
                    on: uses.written.map { bucket, prefix in
                        let known = prefix.flatMap { $0.isExpression ? nil : $0 + .literal("/") } ?? .literal("")
                        return Self.object(bucket, known + .literal("*"))
                    }))
        }
        return statements
    }

    private static func numbered(_ sid: String, _ position: Int) -> String {
        position == 0 ? sid : "\(sid)\(position + 1)"
    }

    private static func object(_ bucket: Text, _ key: Text?) -> Expression {
        let path = key.map { bucket + .literal("/") + $0 } ?? bucket
        return .arn(ARN("s3", hasRegion: false, account: .none, path.substitution))
    }

    static let followThroughEvents = PolicyStatement(
        "FollowPipelinesThroughEvents", ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
        on: [.arn(ARN("events", "rule/", OptimizedIntegration.executionRule))])

    /// What every machine with logs and traces has.
    static let observation = [
        // The log delivery API takes no narrower resource ("Logging in CloudWatch Logs", Step Functions guide).
        PolicyStatement(
            "DeliverLogs",
            [
                "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
                "logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries",
                "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
            ], on: [.literal("*")]),
        PolicyStatement(
            "WriteTraces",
            [
                "xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords",
                "xray:PutTraceSegments",
            ],
            on: [.literal("*")]),
    ]
}

extension Text {
    /// For `Fn::Sub`.
    fileprivate var substitution: String {
        mapLiterals { $0.split(separator: "${", omittingEmptySubsequences: false).joined(separator: "${!") }
            .filled { "${\($0.rawValue)}" }
    }
}
