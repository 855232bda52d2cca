internal import CloudFormation
internal import DorcModel
internal import DorcText

/// What the jobs of an environment share: of each kind of capacity that its functions use a compute environment and a queue, the role
/// of instances, and what answers for containers that died.
struct JobInfrastructure {
    let shared: EnvironmentContext
    /// Those that functions use.
    let kinds: [Compute.Kind]

    private var naming: Naming { shared.naming }
    private var settings: Environment { shared.environment }
    private var place: String { shared.place }

    init(shared: EnvironmentContext) {
        self.shared = shared
        var used: Set<Compute.Kind> = []
        for pipeline in shared.project.pipelines {
            for function in pipeline.environments[shared.index].functions {
                guard let compute = function.compute else { continue }
                used.insert(compute.kind)
            }
        }
        kinds = Compute.Kind.allCases.filter(used.contains)
    }

    func add(to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        // Without a network, functions with `compute` are errors.
        guard !kinds.isEmpty, let network = shared.network, let vpcID = settings.network?.vpcID else { return }
        func add(_ id: LogicalID, _ resource: some Resource) {
            stack.add(id, resource, origin: settings.range, &diagnostics)
        }
        if kinds.contains(where: { !$0.isFargate }) {
            // Batch guide, "Amazon ECS instance role": AWS keeps the policy as its agent needs it. The principal has the partition's
            // name.
            let trust = PolicyDocument([.trust("ec2.\(settings.partition.dnsSuffix)", where: [])])
            let policy = CloudFormationValue.sub(
                "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role")
            add(
                SharedID.jobInstanceRole,
                role("instance", "Instances for jobs of \(place)", trust: trust, [], [policy]))
            add(
                SharedID.jobInstanceProfile,
                InstanceProfile(
                    name: naming.shared("instance"), role: shared.shared(SharedID.jobInstanceRole, .name)))
        }
        var networks = [(vpcID: vpcID, network: network)]
        if let left = leftNetwork { networks.append(left) }
        for kind in kinds {
            var environments: [Reference] = []
            for (position, (vpcID, network)) in networks.enumerated() {
                let id = SharedID.computeEnvironment(kind, in: vpcID)
                add(
                    id,
                    ComputeEnvironment(
                        kind: kind, architecture: shared.project.images.architecture, network: network,
                        instanceProfile: kind.isFargate ? nil : shared.shared(SharedID.jobInstanceProfile),
                        jobs: settings.jobs, isLeft: position > 0))
                environments.append(shared.shared(id))
            }
            add(SharedID.jobQueue(kind), JobQueue(name: kind.queue(in: naming), computeEnvironments: environments))
        }
        addWatcher(to: &stack, &diagnostics)
    }

    /// The VPC that is left. Batch deletes no compute environment of Fargate with jobs in it (Batch API, DeleteComputeEnvironment): it
    /// stays until the key goes.
    private var leftNetwork: (vpcID: CloudFormationValue, network: LambdaFunction.Network)? {
        guard let vpcID = settings.previousVPCID, vpcID != settings.network?.vpcID,
            let subnetIDs = settings.previousSubnetIDs
        else { return nil }
        let group = shared.shared(SharedID.lambdaSecurityGroup(in: vpcID), .groupID)
        return (vpcID, LambdaFunction.Network(securityGroup: group, subnetIDs: subnetIDs, usesIPv6: false))
    }

    private func role(
        _ name: String, _ description: String, trust: PolicyDocument, _ statements: [PolicyStatement],
        _ managed: [CloudFormationValue] = []
    ) -> Role {
        Role(
            name: naming.shared(name), description: description, trust: trust, policy: PolicyDocument(statements),
            managedPolicies: managed, permissionsBoundary: settings.permissionsBoundary)
    }

    // MARK: The watcher

    /// Batch tells of each end of a job at least once (EventBridge reference, "AWS Batch events": durable). The machine answers the run that
    /// waits for it; where dorc's runner has answered, nobody waits any more.
    private func addWatcher(to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        func add(_ id: LogicalID, _ resource: some Resource) {
            stack.add(id, resource, origin: settings.range, &diagnostics)
        }
        let name = naming.shared("watcher")
        let machines = Expression.arn(ARN("states", "stateMachine:", name))
        add(
            SharedID.jobWatcherRole,
            role(
                "watcher", "Answers for jobs of \(place) that died",
                trust: PolicyDocument([
                    .trust(
                        "states.amazonaws.com", where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [machines])])
                ]),
                [
                    PolicyStatement(
                        "AnswerRuns", ["states:SendTaskFailure"],
                        on: [.arn(ARN("states", "stateMachine:", naming.prefix, "-*"))])
                ] + MachinePolicy.observation))
        add(
            SharedID.jobWatcherLogGroup,
            LogGroup(
                name: "/aws/vendedlogs/states/\(name)", retentionDays: Defaults.logRetention.seconds / 86400,
                key: shared.encryptionKey))
        add(
            SharedID.jobWatcher,
            StateMachine(
                name: name, role: shared.shared(SharedID.jobWatcherRole),
                logGroup: shared.shared(SharedID.jobWatcherLogGroup),
                definition: .compiled(
                    CompiledStateMachine(
                        comment: "Answers for jobs of \(place) that ended without an answer", timeout: 240,
                        states: JobWatcher.states)), isExpress: true))
        add(
            SharedID.jobRule,
            EventRule(
                name: naming.shared("jobs"), description: "Tells of the end of each job of \(place)", isEnabled: true,
                // All that there may be, so that jobs of a queue that goes are answered for too.
                pattern: .jobEnded(queues: Compute.Kind.allCases.map { $0.queueARN(in: naming) }),
                target: .stateMachine(
                    shared.shared(SharedID.jobWatcher), role: shared.shared(SharedID.triggerRole),
                    deadLetterQueue: shared.shared(SharedID.deadLetterQueue)), retry: .standard))
    }
}

/// The states of the machine that answers for jobs: their event has the job as DescribeJobs does, its container's variables among it
/// (Batch guide, "Job state change events").
enum JobWatcher {
    private static let token = "$states.input.detail.container.environment[name = 'DORC_TASK_TOKEN'].value"

    /// What the service that started the container says, and the container itself.
    private static let cause = """
        ( $job := $states.input.detail; $join([$job.statusReason, $job.container.reason, \
        $exists($job.container.exitCode) ? 'exit code ' & $string($job.container.exitCode), \
        $job.status = 'SUCCEEDED' ? 'the container ended without an answer', 'job ' & $job.jobId, \
        $exists($job.container.logStreamName) ? 'log stream ' & $job.container.logStreamName], '; ') )
        """

    static var states: StateList {
        func text(_ text: String) -> StateValue { .text(.literal(text)) }
        let request = StateValue.object([
            .init(name: "TaskToken", value: .expression(token)),
            .init(name: "Error", value: text("Batch.JobFailed")),
            .init(name: "Cause", value: .expression(cause)),
        ])
        // Step Functions API, SendTaskFailure: nobody waits. An error of an SDK integration is `Sfn.` and its name, and gets the ending
        // `Exception` where the API has none (Step Functions guide, "Learning to use AWS service SDK integrations").
        let gone = ["InvalidToken", "TaskDoesNotExist", "TaskTimedOut"].flatMap { ["Sfn.\($0)", "Sfn.\($0)Exception"] }
        let answered = Retry(errors: gone, interval: Duration(1), attempts: 0, backoffRate: 1)
        let other = Retry(
            errors: ["States.ALL"], interval: Duration(2), attempts: 6, backoffRate: 2, maxDelay: Duration(60),
            hasJitter: true)
        let task = TaskState(
            action: .integration("aws-sdk:sfn:sendTaskFailure"), event: request, timeout: 60,
            retriers: [answered, other])
        return StateList(
            start: "awaited",
            states: [
                NamedState(
                    name: "awaited",
                    state: .choice(
                        ChoiceState(
                            condition: .literal("{% $exists(\(token)) %}"), next: "answer", otherwise: "done"))),
                NamedState(
                    name: "answer", state: .task(task),
                    catchers: [.init(errors: gone, next: "done", variable: nil)], transition: .next("done")),
                NamedState(name: "done", state: .succeed(nil)),
            ])
    }
}
