internal import CloudFormation
internal import DorcModel

/// What jobs and those who start their containers may do.
enum BatchPolicy {
    /// ECS guide, "Task IAM role": other services and accounts must not use the role through ECS.
    static let taskTrust = PolicyDocument([
        .trust(
            "ecs-tasks.amazonaws.com",
            where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [.arn(ARN("ecs", "*"))])])
    ])

    /// What dorc's runner needs: to answer the runs of the environment's pipelines.
    static func answer(_ naming: Naming, _ sid: String = "AnswerRuns") -> PolicyStatement {
        PolicyStatement(
            sid, ["states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"],
            on: [.arn(ARN("states", "stateMachine:", naming.prefix, "-*"))])
    }

    /// What starts a container: its image and its log stream (ECS guide, "Amazon ECS task execution IAM role"). `repository` is nil
    /// where the image is not in ECR.
    static func execution(logGroup: String, repository: Expression?) -> [PolicyStatement] {
        let pull = repository.map { repository in
            [
                // It takes no resource.
                PolicyStatement("AuthorizeToRegistries", ["ecr:GetAuthorizationToken"], on: [.literal("*")]),
                PolicyStatement(
                    "PullImages",
                    ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                    on: [repository]),
            ]
        }
        return (pull ?? []) + [
            PolicyStatement(
                "WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"],
                on: [.arn(ARN("logs", "log-group:/aws/batch/", logGroup, ":*"))])
        ]
    }

    /// Secrets Manager guide: an ARN ends in a hyphen and six characters, which a name alone does not tell. A secret with a key of its
    /// owner's is decrypted through Secrets Manager only.
    static func secrets(_ secrets: [JobSecret], in region: String) -> [PolicyStatement] {
        guard !secrets.isEmpty else { return [] }
        var resources: [Expression] = []
        var seen: Set<Text> = []
        for secret in secrets where seen.insert(secret.secret).inserted {
            let text = secret.secret
            if text.sample.hasPrefix("arn:") {
                resources.append(.text(text))
                resources.append(.text(text + .literal("-??????")))
            } else {
                resources.append(.arn(ARN("secretsmanager", "secret:", text.sample, "-??????")))
            }
        }
        return [
            PolicyStatement("ReadSecrets", ["secretsmanager:GetSecretValue"], on: resources),
            PolicyStatement(
                "DecryptSecrets", ["kms:Decrypt"], on: [.arn(ARN("kms", "key/*"))],
                where: [
                    .init("StringEquals", "kms:ViaService", [.regionalService("secretsmanager")]),
                    .init("ArnLike", "kms:EncryptionContext:SecretARN", resources),
                ]),
        ]
    }
}

extension Compute.Kind {
    /// As in `census-demo-dev-fargate-spot`.
    func queue(in naming: Naming) -> String { naming.shared(rawValue) }

    func queueARN(in naming: Naming) -> ARN { ARN("batch", "job-queue/", queue(in: naming)) }
}

/// What of Batch a machine uses.
struct JobUses {
    /// The names of job definitions.
    var definitions: [String]
    /// Whether it waits for the end of containers, beside answers of dorc's runner.
    var followsContainers: Bool

    func statements(in naming: Naming) -> [PolicyStatement] {
        guard !definitions.isEmpty else { return [] }
        // Of whatever queue: a run that is going on submits to that of its own definition, when the pipeline's jobs have another by now.
        let queues = Expression.arn(ARN("batch", "job-queue/", naming.prefix, "-*"))
        // With its revision, and as Batch knows it without.
        let jobs = definitions.flatMap { name -> [Expression] in
            [.arn(ARN("batch", "job-definition/", name)), .arn(ARN("batch", "job-definition/", name, ":*"))]
        }
        var statements = [PolicyStatement("SubmitJobs", ["batch:SubmitJob"], on: jobs + [queues])]
        if followsContainers {
            // "IAM policies for calling AWS Batch" (Step Functions guide). DescribeJobs takes no resource, and a job's id is not known
            // before it is submitted (service authorization reference, AWS Batch).
            statements += [
                PolicyStatement("FollowContainers", ["batch:DescribeJobs"], on: [.literal("*")]),
                PolicyStatement("StopContainers", ["batch:TerminateJob"], on: [.arn(ARN("batch", "job/*"))]),
                PolicyStatement(
                    "FollowContainersThroughEvents", ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
                    on: [.arn(ARN("events", "rule/StepFunctionsGetEventsForBatchJobsRule"))]),
            ]
        }
        return statements
    }
}
