internal import DorcText
internal import CloudFormation
internal import DorcModel

/// A function as a job of AWS Batch: a job definition with a log group, and roles of its own where it needs more than the others.
struct BatchRuntime {
    let pipeline: PipelineContext

    private var shared: EnvironmentContext { pipeline.shared }

    func reference(_ function: String) -> Reference { pipeline.own(pipeline.ids(of: function).jobDefinition) }

    // MARK: Calls

    /// A job waits for its turn before its own timeout begins: while the environment's other jobs run, no sign of it comes. After that
    /// long the run gives it up. Batch tells of every end of a job, and the environment's machine for jobs answers for it at once.
    private static let longestWait = BatchLimit.longestWait.seconds

    func call(_ function: Function, _ compute: Compute) -> FunctionCall {
        let submission = JobSubmission(
            name: pipeline.naming.function(function.name), definition: reference(function.name),
            queue: shared.shared(SharedID.jobQueue(compute.kind)), kind: compute.kind,
            work: function.isBuilt ? .function : .container(command: nil, environment: []))
        return FunctionCall(
            action: .job(submission), timeout: function.isBuilt ? nil : Self.longestTime(of: function, compute),
            heartbeat: function.isBuilt ? Self.longestWait : nil, retriers: [Self.submission])
    }

    /// Seconds that a container without dorc's runner, which sends no sign, takes from its submission to its end.
    private static func longestTime(of function: Function, _ compute: Compute) -> Int {
        let attempts = compute.isSpot ? BatchLimit.spotAttempts : 1
        return longestWait + function.timeout.seconds * attempts
    }

    /// SubmitJob takes 50 calls a second (Batch quotas). The optimized integration, which containers that were built elsewhere are
    /// started by, names errors by Batch's older SDK: `Batch.AWSBatchException` is its throttling (Metaflow,
    /// `step_functions.py`, retries on it for that).
    private static let submission = Retry(
        errors: [
            "Batch.AWSBatchException", "Batch.BatchException", "Batch.SdkClientException", "Batch.ServerException",
            "Batch.TooManyRequestsException",
        ],
        interval: Duration(2), attempts: 8, backoffRate: 2, maxDelay: Duration(60), hasJitter: true)

    func statements(toCall functions: [Function]) -> [PolicyStatement] {
        JobUses(
            definitions: functions.filter { $0.compute != nil }.map { pipeline.naming.function($0.name) },
            followsContainers: functions.contains { !$0.isBuilt }
        ).statements(in: shared.naming)
    }

    /// By patterns: queues come and go with the functions that use them.
    static func statements(toCallAllIn naming: Naming) -> [PolicyStatement] {
        [
            PolicyStatement(
                "SubmitJobs", ["batch:SubmitJob"],
                on: [
                    .arn(ARN("batch", "job-definition/", naming.prefix, "-*")),
                    .arn(ARN("batch", "job-queue/", naming.prefix, "-*")),
                ])
        ]
    }

    // MARK: Resources

    func add(_ function: Function, _ compute: Compute, to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        let name = pipeline.naming.function(function.name)
        let ids = pipeline.ids(of: function.name)
        let logGroup = LogGroup(
            name: String(joining: "/aws/batch/", name), retentionDays: function.logRetentionDays,
            key: shared.encryptionKey)
        let definition = JobDefinition(
            name: name, image: pipeline.image(of: function, isJob: true, &diagnostics), command: command(of: function),
            compute: compute, architecture: pipeline.project.images.architecture,
            environment: environment(of: function, compute, name), secrets: function.secrets.map(Self.secret),
            jobRole: jobRole(of: function, to: &stack, &diagnostics),
            executionRole: executionRole(of: function, logGroup: name, to: &stack, &diagnostics),
            logGroup: pipeline.own(ids.jobLogs, .name), streamPrefix: function.name,
            region: pipeline.environment.region, timeout: function.timeout.seconds)
        stack.add(ids.jobLogs, logGroup, origin: function.range, &diagnostics)
        stack.add(ids.jobDefinition, definition, origin: function.range, &diagnostics)
    }

    private func command(of function: Function) -> JobDefinition.Command {
        guard function.isBuilt else { return .own(function.command) }
        let image = pipeline.pipeline.images.first { $0.function == function.name }
        return .handler(image?.handler ?? "lambda.handler")
    }

    /// The user's win. ECS sets the region on Fargate, on EC2 nobody does.
    private func environment(of function: Function, _ compute: Compute, _ name: String) -> [(String, Text)] {
        let region = Text.literal(pipeline.environment.region)
        var own: [(name: String, value: Text)] = [("AWS_DEFAULT_REGION", region), ("AWS_REGION", region)]
        if function.isBuilt {
            own += [
                ("DORC_FUNCTION", .literal(name)), ("DORC_MEMORY", .literal("\(compute.memory)")),
                ("DORC_TIMEOUT", .literal("\(function.timeout.seconds)")),
            ]
        }
        let written = function.environment
        let all = written + own.filter { variable in !written.contains { $0.name == variable.name } }
        return all.sorted { $0.name < $1.name }.map { ($0.name, $0.value) }
    }

    /// Batch guide, "Specify sensitive data with Secrets Manager": an ARN, and after it a key, a version and a stage. ECS looks a secret up
    /// by an ARN without its last six characters too (Secrets Manager API, GetSecretValue).
    private static func secret(_ secret: JobSecret) -> (name: String, value: Expression) {
        let ending = secret.key.map { ":\($0)::" } ?? ""
        let text = secret.secret
        if text.sample.hasPrefix("arn:") { return (secret.name, .text(text + .literal(ending))) }
        return (secret.name, .arn(ARN("secretsmanager", "secret:", text.sample, ending)))
    }

    // MARK: Roles

    // Both are the function's own, and stay while it is a job: a run that is going on uses an earlier revision of the job definition,
    // which names the roles of that time.

    /// To answer its run, and its `access` and `permissions`.
    private func jobRole(of function: Function, to stack: inout Stack, _ diagnostics: inout Diagnostics) -> Reference {
        let policy = FunctionPolicy(of: function)
        let id = LogicalID(name: function.name, "JobRole")
        let role = Role(
            name: pipeline.naming.jobRole(function.name),
            description: "Job \(pipeline.id)/\(function.name) of \(shared.place)", trust: BatchPolicy.taskTrust,
            policy: policy.document(beside: function.isBuilt ? [BatchPolicy.answer(shared.naming)] : []),
            managedPolicies: [pipeline.environment.additionalPolicies.lambda].compactMap { $0 },
            permissionsBoundary: pipeline.environment.permissionsBoundary)
        stack.add(id, role, origin: policy.origin, &diagnostics)
        return pipeline.own(id)
    }

    /// For its own image, log group and `secrets`.
    private func executionRole(
        of function: Function, logGroup: String, to stack: inout Stack, _ diagnostics: inout Diagnostics
    ) -> Reference {
        let id = LogicalID(name: function.name, "ExecutionRole")
        let statements =
            BatchPolicy.execution(logGroup: logGroup, repository: repository(of: function))
            + BatchPolicy.secrets(function.secrets, in: pipeline.environment.region)
        let role = Role(
            name: pipeline.naming.executionRole(function.name),
            description: "Starts the job \(pipeline.id)/\(function.name) of \(shared.place)",
            trust: BatchPolicy.taskTrust, policy: PolicyDocument(statements), managedPolicies: [],
            permissionsBoundary: pipeline.environment.permissionsBoundary)
        stack.add(id, role, origin: function.range, &diagnostics)
        return pipeline.own(id)
    }

    /// The one that the function's image is in; nil where that is not in ECR.
    private func repository(of function: Function) -> Expression? {
        guard function.isBuilt else { return function.repositoryARN(in: pipeline.environment).map { .literal($0) } }
        let account = pipeline.project.registryAccount.map(ARN.Account.id) ?? .own
        let images = zip(pipeline.pipeline.images, pipeline.repositories)
        guard let repository = images.first(where: { $0.0.function == function.name && $0.0.isJob })?.1 else {
            return nil
        }
        return .arn(ARN("ecr", account: account, "repository/", repository.name))
    }
}

extension Function {
    /// Of an image of ECR that was built elsewhere; the account may be open in it.
    func repositoryARN(in environment: Environment) -> String? {
        guard case .external(let image) = image, let region = ImageURI.region(image.sample) else { return nil }
        let uri = image.filled { _ in "*" }
        let account = uri.prefix { $0 != "." }
        guard let slash = uri.firstIndex(of: "/") else { return nil }
        let name = uri[uri.index(after: slash)...].prefix { $0 != ":" && $0 != "@" }
        return "arn:\(environment.partition.id):ecr:\(region):\(account):repository/\(name)"
    }
}
