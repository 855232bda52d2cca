internal import DorcText
internal import DorcYAML

/// Operators that call a service of AWS's -> `task` steps with what they may do.
struct TaskCalls {
    let value: WrittenValue
    private var arguments: TaskArguments

    init(_ task: TaskState, upstream: [String: String]) {
        value = task.value
        arguments = TaskArguments(upstream: upstream, context: task.context)
    }

    mutating func build(_ task: inout TaskState) {
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
        for (value, verdict) in arguments.verdicts { task.settle(value, verdict) }
    }

    private func text(_ key: String) -> String { value[key]?.text ?? "" }

    /// The request, with keys that are given over as they are.
    private mutating func request(_ fields: PipelineDraft.Fields, also keys: [(String, String)]) -> YAMLNode {
        var fields = fields
        for (key, name) in keys { fields += field(key, name) }
        return .mapping(fields)
    }

    /// A key of the request, whose templates are expressions; nothing where the task does not have it.
    private mutating func field(_ key: String, _ name: String, in outer: String? = nil) -> PipelineDraft.Fields {
        guard let written = value[key], !written.isNull, written.entries?.isEmpty != true else { return [] }
        let target = Target("steps[*].arguments\(outer.map { ".\($0)" } ?? "").\(name)")
        return [(name, arguments.node(Self.pascal(written), at: target, takesReferences: false))]
    }

    /// boto3's `containerOverrides` is Step Functions' `ContainerOverrides`.
    private static func pascal(_ value: WrittenValue) -> WrittenValue {
        var result = value
        switch value.content {
        case .mapping(let entries):
            result.content = .mapping(
                entries.map {
                    WrittenValue.Entry(
                        name: $0.name.prefix(1).uppercased() + $0.name.dropFirst(), value: pascal($0.value))
                })
        case .list(let items): result.content = .list(items.map(pascal))
        case .scalar: break
        }
        return result
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

    private mutating func ecs(_ task: inout TaskState) {
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

    private mutating func batch(_ task: inout TaskState) {
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

    private mutating func lambda(_ task: inout TaskState) {
        var fields: PipelineDraft.Fields = [("FunctionName", .string(text("function_name")))]
        if let payload = value["payload"], let text = payload.text, let object = Self.json(text, payload) {
            // boto3 sends the text as it is, so that the function gets what its JSON says; Step Functions would send a string.
            let target = Target("steps[*].arguments.Payload")
            fields.append(("Payload", arguments.node(object, at: target, holder: payload, takesReferences: false)))
        } else if let payload = value["payload"], !payload.isNull, payload.entries?.isEmpty != true {
            let target = Target("steps[*].arguments.Payload")
            fields.append(("Payload", arguments.node(payload, at: target, takesReferences: false)))
        }
        let arn = AWSName.arn(text("function_name"), "lambda", "function:")
        call(
            &task, "lambda:invoke", request(fields, also: [("qualifier", "Qualifier")]),
            [("lambda:InvokeFunction", arn)])
    }

    /// An object or list that a text says in JSON.
    private static func json(_ text: String, _ value: WrittenValue) -> WrittenValue? {
        guard let first = text.trimmed.first, first == "{" || first == "[", !text.trimmed.hasPrefix("{{") else {
            return nil
        }
        var diagnostics = Diagnostics()
        guard let node = YAMLReader.read(SourceFile(path: value.place.path, text: text), into: &diagnostics),
            !diagnostics.hasErrors
        else { return nil }
        // What is in it has no account of its own: the text has one.
        var ledger = ImportLedger()
        return WrittenValue(node, path: value.path, place: value.place, in: &ledger)
    }

    private mutating func glue(_ task: inout TaskState) {
        var fields: PipelineDraft.Fields = [("JobName", .string(text("job_name")))]
        if let written = value["script_args"], written.entries?.isEmpty == false {
            let target = Target("steps[*].arguments.Arguments")
            fields.append(("Arguments", Self.strings(arguments.node(written, at: target, takesReferences: false))))
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

    private mutating func athena(_ task: inout TaskState) {
        var fields = field("query", "QueryString")
        let group = value["workgroup"]?.text ?? "primary"
        fields.append(("WorkGroup", .string(group)))
        let context =
            field("database", "Database", in: "QueryExecutionContext")
            + field("catalog", "Catalog", in: "QueryExecutionContext")
        if !context.isEmpty { fields.append(("QueryExecutionContext", .mapping(context))) }
        let output = field("output_location", "OutputLocation", in: "ResultConfiguration")
        if !output.isEmpty { fields.append(("ResultConfiguration", .mapping(output))) }
        call(
            &task, "athena:startQueryExecution.sync", .mapping(fields),
            [("athena:StartQueryExecution", AWSName.arn(group, "athena", "workgroup/"))])
        decide(&task, "query", "the query also needs rights on its tables (glue:, s3:) and on where results go")
    }

    private mutating func sns(_ task: inout TaskState) {
        let fields: PipelineDraft.Fields = [("TopicArn", .string(text("target_arn")))]
        call(
            &task, "sns:publish", request(fields, also: [("message", "Message"), ("subject", "Subject")]),
            [("sns:Publish", text("target_arn"))]
        )
    }

    private mutating func sqs(_ task: inout TaskState) {
        let fields: PipelineDraft.Fields = [("QueueUrl", .string(text("sqs_queue")))]
        call(
            &task, "sqs:sendMessage",
            request(
                fields,
                also: [
                    ("message_content", "MessageBody"), ("delay_seconds", "DelaySeconds"),
                    ("message_group_id", "MessageGroupId"),
                ]),
            [("sqs:SendMessage", AWSName.queue(text("sqs_queue")) ?? "")])
    }
}
