internal import DorcYAML

/// Operators that call a service of AWS's -> `task` steps with what they may do.
struct TaskCalls {
    let value: WrittenValue
    let place: String

    func build(_ task: inout TaskState) {
        switch task.kind {
        case .ecs: ecs(&task)
        case .batch: batch(&task)
        case .lambda: lambda(&task)
        case .glue: glue(&task)
        case .athena: athena(&task)
        case .sns: sns(&task)
        case .sqs: sqs(&task)
        default: break
        }
    }

    private func text(_ key: String) -> String { value[key]?.text ?? "" }

    /// The request, of keys that are given over as they are.
    private func request(_ fields: PipelineDraft.Fields, also keys: [(String, String)]) -> YAMLNode {
        var fields = fields
        for (key, name) in keys {
            guard let written = value[key], !written.isNull, !written.hasJinja else { continue }
            fields.append((name, Self.pascal(written.node.withoutHoles)))
        }
        return .mapping(fields)
    }

    /// boto3's `containerOverrides` is Step Functions' `ContainerOverrides`.
    private static func pascal(_ node: YAMLNode) -> YAMLNode {
        switch node.content {
        case .mapping(let entries):
            .mapping(entries.map { ($0.key.prefix(1).uppercased() + $0.key.dropFirst(), pascal($0.value)) })
        case .sequence(let items): .list(items.map(pascal))
        case .scalar: node
        }
    }

    private func call(
        _ task: inout TaskState, _ resource: String, _ arguments: YAMLNode, _ permissions: [(String, String)]
    ) {
        task.step.set("task", .string("arn:aws:states:::\(resource)"))
        task.step.set("arguments", arguments)
        task.step.set(
            "permissions",
            .list(permissions.map { .mapping([("actions", .string($0.0)), ("resources", .string($0.1))]) }))
    }

    /// A right that only a person can say.
    private func decide(_ task: inout TaskState, _ key: String, _ words: String) {
        guard let written = value[key] else { return }
        var verdict = Verdict.differs("steps[*].permissions", words)
        verdict.todo = Todo("permissions", written, words)
        task.settle(written, verdict)
    }

    private func ecs(_ task: inout TaskState) {
        let definition = text("task_definition")
        let family =
            definition.split(separator: ":").count > 1 || definition.hasPrefix("arn:") ? definition : definition + ":*"
        call(
            &task, "ecs:runTask.sync",
            request(
                [("Cluster", .string(text("cluster"))), ("TaskDefinition", .string(definition))],
                also: [
                    ("launch_type", "LaunchType"), ("overrides", "Overrides"),
                    ("network_configuration", "NetworkConfiguration"),
                    ("capacity_provider_strategy", "CapacityProviderStrategy"), ("group", "Group"),
                    ("platform_version", "PlatformVersion"), ("placement_constraints", "PlacementConstraints"),
                    ("placement_strategy", "PlacementStrategy"), ("tags", "Tags"),
                ]),
            [
                ("ecs:RunTask", AWSName.arn(family, "ecs", "task-definition/")),
                ("iam:PassRole", "arn:${partition}:iam::${account}:role/todo-*"),
            ])
        decide(&task, "task_definition", "iam:PassRole: name the roles of the task definition")
    }

    private func batch(_ task: inout TaskState) {
        let definition = text("job_definition")
        let family = definition.contains(":") ? definition : definition + ":*"
        call(
            &task, "batch:submitJob.sync",
            request(
                [
                    ("JobName", .string(value["job_name"]?.text ?? "job")), ("JobDefinition", .string(definition)),
                    ("JobQueue", .string(text("job_queue"))),
                ],
                also: [
                    (value["container_overrides"] == nil ? "overrides" : "container_overrides", "ContainerOverrides"),
                    ("parameters", "Parameters"), ("tags", "Tags"),
                ]),
            [
                ("batch:SubmitJob", AWSName.arn(family, "batch", "job-definition/")),
                ("batch:SubmitJob", AWSName.arn(text("job_queue"), "batch", "job-queue/")),
            ])
    }

    private func lambda(_ task: inout TaskState) {
        var fields: PipelineDraft.Fields = [("FunctionName", .string(text("function_name")))]
        if let payload = value["payload"], !payload.isNull {
            // A text of JSON goes on as a text, as it did.
            fields.append(("Payload", payload.node.withoutHoles))
        }
        let arn = AWSName.arn(text("function_name"), "lambda", "function:")
        call(
            &task, "lambda:invoke", request(fields, also: [("qualifier", "Qualifier")]),
            [("lambda:InvokeFunction", arn)])
    }

    private func glue(_ task: inout TaskState) {
        let node = value["script_args"].map { $0.node.withoutHoles }
        var fields: PipelineDraft.Fields = [("JobName", .string(text("job_name")))]
        if let node, value["script_args"]?.entries?.isEmpty == false {
            fields.append(("Arguments", Self.strings(node)))
        }
        call(
            &task, "glue:startJobRun.sync", .mapping(fields),
            [("glue:StartJobRun", AWSName.arn(text("job_name"), "glue", "job/"))])
    }

    /// Glue's arguments are strings.
    private static func strings(_ node: YAMLNode) -> YAMLNode {
        switch node.content {
        case .scalar(let text, _): .string(text)
        case .mapping(let entries): .mapping(entries.map { ($0.key, strings($0.value)) })
        case .sequence: .string(PythonBuilder.Items.json(node))
        }
    }

    private func athena(_ task: inout TaskState) {
        var fields: PipelineDraft.Fields = [("QueryString", .string(text("query").withoutHoles))]
        let group = value["workgroup"]?.text ?? "primary"
        fields.append(("WorkGroup", .string(group)))
        var context: PipelineDraft.Fields = []
        if let database = value["database"]?.text { context.append(("Database", .string(database.withoutHoles))) }
        if let catalog = value["catalog"]?.text, !JinjaText.isTemplate(catalog) {
            context.append(("Catalog", .string(catalog.withoutHoles)))
        }
        if !context.isEmpty { fields.append(("QueryExecutionContext", .mapping(context))) }
        if let output = value["output_location"]?.text {
            fields.append(("ResultConfiguration", .mapping([("OutputLocation", .string(output.withoutHoles))])))
        }
        call(
            &task, "athena:startQueryExecution.sync", .mapping(fields),
            [("athena:StartQueryExecution", AWSName.arn(group, "athena", "workgroup/"))])
        decide(&task, "query", "the query also needs rights on its tables (glue:, s3:) and on where results go")
    }

    private func sns(_ task: inout TaskState) {
        let fields: PipelineDraft.Fields = [
            ("TopicArn", .string(text("target_arn"))), ("Message", .string(text("message").withoutHoles)),
        ]
        call(
            &task, "sns:publish", request(fields, also: [("subject", "Subject")]), [("sns:Publish", text("target_arn"))]
        )
    }

    private func sqs(_ task: inout TaskState) {
        let fields: PipelineDraft.Fields = [
            ("QueueUrl", .string(text("sqs_queue"))), ("MessageBody", .string(text("message_content").withoutHoles)),
        ]
        call(
            &task, "sqs:sendMessage",
            request(fields, also: [("delay_seconds", "DelaySeconds"), ("message_group_id", "MessageGroupId")]),
            [("sqs:SendMessage", AWSName.queue(text("sqs_queue")) ?? "")])
    }
}
