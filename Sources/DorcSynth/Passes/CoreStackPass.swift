internal import DorcModel
internal import DorcText

/// One pipeline in one environment -> its core stack: a Lambda with its log group for each function, the state machine
/// with its log group, the triggers.
struct CoreStackPass {
    let project: Project
    let plan: StackPlan
    let core: StackPlan.Core

    private var pipeline: Pipeline { project.pipelines[core.pipeline] }
    private var definition: PipelineDefinition { pipeline.definitions[core.environment] }
    private var environment: Environment { project.environments[core.environment] }
    private var naming: Naming { Naming(project: project.name, environment: environment.name) }
    private var origin: SourceRange { pipeline.file.wholeFile }

    func stack(into diagnostics: inout Diagnostics) -> Stack {
        let tags = OwnTags.added(
            to: definition.tags, project: project, environment: environment.name, pipeline: pipeline.id)
        let id = pipeline.id
        var stack = Stack(
            name: naming.coreStack(id), kind: .core, environment: environment.name, pipeline: id,
            destinations: [Stack.Destination(account: environment.account, region: environment.region)],
            templatePath: "\(environment.name)/core/\(id.layer)/\(id.name)",
            description: definition.description ?? "Pipeline \(id) of \(project.name) in \(environment.name)",
            tags: tags,
            origin: origin)
        for function in functionsInStepOrder { add(function, to: &stack, &diagnostics) }
        addStateMachine(to: &stack, &diagnostics)
        stack.deadlines = definition.triggers.flatMap(ScheduleDeadline.of)
        for trigger in definition.triggers {
            TriggerResources(
                naming: naming, pipeline: id, project: project.name, isEnabled: definition.triggersEnabled,
                stateMachine: own(PipelineResourceID.stateMachine, .arn), stateMachineOf: stateMachine(of:),
                role: plan.shared(core.environment, SharedID.triggerRole, .arn),
                deadLetterQueue: plan.shared(core.environment, SharedID.deadLetterQueue, .arn)
            ).add(trigger, to: &stack, &diagnostics)
        }
        return stack
    }

    /// The reader meets the functions in the order in which the workflow does.
    private var functionsInStepOrder: [Function] {
        var remaining = Dictionary(definition.functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var ordered: [Function] = []
        for step in definition.workflow.steps {
            if case .function(let name) = step.action, let function = remaining.removeValue(forKey: name) {
                ordered.append(function)
            }
        }
        return ordered + definition.functions.filter { remaining[$0.name] != nil }
    }

    private func add(_ function: Function, to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        let name = naming.function(pipeline.id, function.name)
        let logGroupID = LogicalID(name: function.name, "LogGroup")
        let logGroup = LogGroup(
            name: "/aws/lambda/\(name)", retentionDays: function.logRetentionDays,
            key: plan.encryptionKey(core.environment, environment))
        let network = environment.network.map { network in
            LambdaFunction.Network(
                securityGroup: plan.shared(
                    core.environment, SharedID.lambdaSecurityGroup(in: network.vpcID), .groupID),
                otherSecurityGroupIDs: network.securityGroupIDs, subnetIDs: network.subnetIDs,
                // Lambda sends none by itself, so that a rule for it would be in vain.
                usesIPv6: network.egress.contains { if case .ipv6 = $0.destination { true } else { false } })
        }
        let lambda = LambdaFunction(
            name: name,
            // Lambda: at most 256 characters.
            description: String(
                "\(pipeline.id)/\(function.name) of \(project.name) in \(environment.name)".prefix(256)),
            image: image(of: function, &diagnostics), architecture: project.images.architecture,
            role: role(of: function, to: &stack, &diagnostics), timeout: function.timeout.seconds,
            memory: function.memory, ephemeralStorage: function.ephemeralStorage, environment: function.environment,
            network: network, logGroup: own(logGroupID, .name))
        stack.add(logGroupID, .logGroup(logGroup), origin: function.range, &diagnostics)
        stack.add(LogicalID(name: function.name, "Function"), .function(lambda), origin: function.range, &diagnostics)
    }

    /// With `permissions` a role of its own: what every function of the environment may do, for this one alone, and those.
    private func role(of function: Function, to stack: inout Stack, _ diagnostics: inout Diagnostics) -> Reference {
        guard let permissions = function.permissions else {
            return plan.shared(core.environment, SharedID.lambdaRole, .arn)
        }
        let id = LogicalID(name: function.name, "FunctionRole")
        let policy = LambdaPolicy(
            function: naming.function(pipeline.id, function.name), isInNetwork: environment.usesNetwork)
        let role = Role(
            name: naming.functionRole(pipeline.id, function.name),
            description: "Function \(pipeline.id)/\(function.name) of \(project.name) in \(environment.name)",
            trust: LambdaPolicy.trust,
            policy: PolicyDocument(policy.statements + permissions.map(PolicyStatement.init)),
            managedPolicies: [environment.additionalPolicies.lambda].compactMap { $0 },
            permissionsBoundary: environment.permissionsBoundary)
        stack.add(id, .role(role), origin: permissions.first?.range ?? function.range, &diagnostics)
        return own(id, .arn)
    }

    private func image(of function: Function, _ diagnostics: inout Diagnostics) -> LambdaFunction.Image {
        switch function.image {
        case .external(let uri): return .external(uri)
        case .built:
            let name = Naming.repository(project: project.name, pipeline.id, function.name)
            let repository = ResourceID(
                stack: plan.universal.stack(of: name),
                logicalID: UniversalStackPass.logicalID(pipeline.id, function.name))
            let image = pipeline.images.first { $0.function == function.name }
            if image == nil {
                diagnostics.report(.internalError("the function `\(function.name)` has no image", at: function.range))
            }
            return .repository(
                Reference(target: repository, attribute: .name), account: project.registryAccount,
                tag: image?.tag ?? "")
        }
    }

    private func addStateMachine(to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        let name = naming.stateMachine(pipeline.id)
        let logGroup = LogGroup(
            name: "/aws/vendedlogs/states/\(name)", retentionDays: definition.logRetentionDays,
            key: plan.encryptionKey(core.environment, environment))
        let definition = machineDefinition(stack.description, &diagnostics)
        if case .compiled(let compiled) = definition {
            MachineLimitCheck(states: compiled.states, place: pipeline.workflowRange).run(into: &diagnostics)
        }
        LiteralSizeCheck.run(self.definition.workflow, into: &diagnostics)
        let uses = MachineUses(definition)
        var role = plan.shared(core.environment, SharedID.stateMachineRole, .arn)
        if uses.reachesOutside || !self.definition.permissions.isEmpty {
            role = own(PipelineResourceID.stateMachineRole, .arn)
            stack.add(
                PipelineResourceID.stateMachineRole, .role(stateMachineRole(uses, machine: name)),
                origin: self.definition.permissions.first?.range ?? origin,
                &diagnostics)
        }
        let machine = StateMachine(
            name: name, role: role, logGroup: own(PipelineResourceID.stateMachineLogGroup, .arn),
            definition: definition)
        stack.add(PipelineResourceID.stateMachineLogGroup, .logGroup(logGroup), origin: origin, &diagnostics)
        stack.add(PipelineResourceID.stateMachine, .stateMachine(machine), origin: pipeline.workflowRange, &diagnostics)
    }

    private func machineDefinition(_ comment: String, _ diagnostics: inout Diagnostics) -> MachineDefinition {
        if let machine = definition.machine {
            return .written(
                WrittenDefinition(
                    machine,
                    functions: Dictionary(
                        definition.functions.map { ($0.name, own(LogicalID(name: $0.name, "Function"), .arn)) },
                        uniquingKeysWith: { first, _ in first }),
                    timeout: definition.timeout.seconds, limit: definition.maxActiveRuns))
        }
        let timeouts = Dictionary(
            definition.functions.map { ($0.name, $0.timeout.seconds) }, uniquingKeysWith: { first, _ in first })
        let compiler = WorkflowCompiler(
            workflow: definition.workflow, maxActiveRuns: definition.maxActiveRuns,
            targets: .init(
                function: { own(LogicalID(name: $0, "Function"), .arn) },
                stateMachine: { stateMachine(of: $0) ?? own(PipelineResourceID.stateMachine, .arn) },
                functionTimeout: { timeouts[$0] ?? 900 }))
        return .compiled(
            StateMachineDefinition(
                comment: comment, timeout: definition.timeout.seconds, states: compiler.compile(into: &diagnostics)))
    }

    /// What reaches beyond the environment's own pipelines is this pipeline's alone.
    private func stateMachineRole(_ uses: MachineUses, machine: String) -> Role {
        let started = definition.workflow.steps.compactMap { step -> PipelineID? in
            if case .pipeline(let id, _) = step.action { id } else { nil }
        }
        let policy = MachinePolicy(
            uses, machine: machine,
            functions: functionsInStepOrder.map {
                (own(LogicalID(name: $0.name, "Function"), .arn), name: naming.function(pipeline.id, $0.name))
            },
            started: Set(started).sorted().compactMap { id in
                stateMachine(of: id).map { ($0, name: naming.stateMachine(id)) }
            }, permissions: definition.permissions)
        // The items of a Distributed Map are executions of `stateMachine:name/label`.
        let machines = (uses.runsDistributedMaps ? [machine, machine + "/*"] : [machine])
            .map { Expression.arn(ARN("states", "stateMachine:\($0)")) }
        return Role(
            name: naming.stateMachineRole(pipeline.id),
            description: "State machine of \(pipeline.id) of \(project.name) in \(environment.name)",
            trust: PolicyDocument([
                .trust(
                    "states.amazonaws.com",
                    where: [
                        .ownAccount,
                        .init("ArnLike", "aws:SourceArn", machines),
                    ])
            ]),
            policy: PolicyDocument(policy.statements + definition.permissions.map(PolicyStatement.init)),
            managedPolicies: [environment.additionalPolicies.stateMachine].compactMap { $0 },
            permissionsBoundary: environment.permissionsBoundary)
    }

    /// Nil for a pipeline that is left out since it has mistakes.
    private func stateMachine(of id: PipelineID) -> Reference? {
        plan.core(core.environment, id).map {
            Reference(target: ResourceID(stack: $0, logicalID: PipelineResourceID.stateMachine), attribute: .arn)
        }
    }

    private func own(_ id: LogicalID, _ attribute: Reference.Attribute) -> Reference {
        Reference(target: ResourceID(stack: core.index, logicalID: id), attribute: attribute)
    }
}
