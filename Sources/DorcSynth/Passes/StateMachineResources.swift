internal import DorcText
internal import CloudFormation
internal import DorcModel

/// The state machine of a pipeline, with its log group and, where it reaches beyond the environment's own pipelines, a
/// role of its own.
struct StateMachineResources {
    let pipeline: PipelineContext
    /// Indices, in the order of the steps.
    let functions: [Int]
    let shape: WorkflowShape?

    private var definition: PipelineInEnvironment { pipeline.definition }

    func add(to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        let name = pipeline.naming.stateMachine
        let machine = machine(stack.description, &diagnostics)
        if case .compiled(let compiled) = machine {
            let waits = definition.maxActiveRuns != nil && definition.whenBusy == .wait
            MachineLimitCheck(states: compiled.states, waits: waits, place: pipeline.pipeline.workflowRange).run(
                into: &diagnostics)
        }
        LiteralSizeCheck.run(definition.workflow, definition.functions, into: &diagnostics)
        let uses = MachineUses(machine)
        let hasOwnRole = uses.reachesOutside || !definition.permissions.isEmpty
        var role = pipeline.shared.shared(SharedID.stateMachineRole)
        if hasOwnRole {
            role = pipeline.own(PipelineResourceID.stateMachineRole)
            stack.add(
                PipelineResourceID.stateMachineRole, self.role(uses, machine: name),
                origin: definition.permissions.first?.range ?? stack.origin, &diagnostics)
        }
        let logGroup = LogGroup(
            name: "/aws/vendedlogs/states/\(name)", retentionDays: definition.logRetentionDays,
            key: pipeline.shared.encryptionKey)
        stack.add(PipelineResourceID.stateMachineLogGroup, logGroup, origin: stack.origin, &diagnostics)
        stack.add(
            PipelineResourceID.stateMachine,
            StateMachine(
                name: name, role: role, logGroup: pipeline.own(PipelineResourceID.stateMachineLogGroup),
                definition: machine),
            origin: pipeline.pipeline.workflowRange, &diagnostics)
    }

    private func machine(_ comment: String, _ diagnostics: inout Diagnostics) -> StateMachine.Definition {
        if let machine = definition.machine {
            let targets = pipeline.functions.mapValues { index in
                let function = definition.functions[index]
                return Runtime(of: function).target(function, of: pipeline)
            }
            return .user(LinkedStateMachine(machine, functions: targets, of: definition))
        }
        let compiler = WorkflowCompiler(
            pipeline: definition,
            targets: .init(
                call: { name in
                    guard let index = pipeline.functions[name] else { return nil }
                    let function = definition.functions[index]
                    return Runtime(of: function).call(function, of: pipeline)
                },
                // One that is left out since it has mistakes is stood in for.
                stateMachine: {
                    pipeline.shared.stateMachine(of: $0) ?? pipeline.own(PipelineResourceID.stateMachine)
                }))
        return .compiled(
            CompiledStateMachine(
                comment: comment, timeout: definition.timeout.seconds,
                states: compiler.compile(shape, into: &diagnostics)))
    }

    /// What reaches beyond the environment's own pipelines is this pipeline's alone.
    private func role(_ uses: MachineUses, machine: String) -> Role {
        let started = definition.workflow.steps.compactMap { step -> PipelineID? in
            if case .pipeline(let id, _) = step.action { id } else { nil }
        }
        let own = MachinePolicy(
            uses, machine: machine,
            calls: Runtime.allCases.flatMap { runtime in
                let own = functions.map { definition.functions[$0] }.filter { Runtime(of: $0) == runtime }
                return runtime.statements(toCall: own, of: pipeline)
            },
            started: Set(started).sorted().compactMap { id in
                pipeline.shared.stateMachine(of: id).map {
                    ($0, name: pipeline.shared.naming.pipeline(id).stateMachine)
                }
            }, permissions: definition.permissions)
        var policy = UserStatements(beside: own.statements)
        let steps = definition.workflow.steps
        // The pipeline's come first.
        policy.add(definition.permissions.dropLast(steps.reduce(0) { $0 + $1.permissions.count }), of: "pipeline")
        for step in steps { policy.add(step.permissions, of: step.name) }
        // The items of a Distributed Map are executions of `stateMachine:name/label`.
        let machines = (uses.runsDistributedMaps ? [machine, machine + "/*"] : [machine])
            .map { Expression.arn(ARN("states", "stateMachine:", $0)) }
        return Role(
            name: pipeline.naming.stateMachineRole,
            description: "State machine of \(pipeline.id) of \(pipeline.shared.place)",
            trust: PolicyDocument([
                .trust("states.amazonaws.com", where: [.ownAccount, .init("ArnLike", "aws:SourceArn", machines)])
            ]),
            policy: policy.document,
            managedPolicies: [pipeline.environment.additionalPolicies.stateMachine].compactMap { $0 },
            permissionsBoundary: pipeline.environment.permissionsBoundary)
    }
}
