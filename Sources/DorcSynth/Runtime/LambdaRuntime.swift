internal import DorcText
internal import CloudFormation
internal import DorcModel

/// A function as a Lambda from a container image, with a log group.
struct LambdaRuntime {
    let pipeline: PipelineContext

    private var shared: EnvironmentContext { pipeline.shared }

    /// What machines call.
    func version(of function: String) -> Reference { pipeline.own(pipeline.ids(of: function).version) }

    func reference(_ function: String) -> Reference { pipeline.own(pipeline.ids(of: function).function) }

    // MARK: Calls

    /// Step Functions waits a minute longer than Lambda does, so that Lambda's own answer tells of a timeout.
    private static let timeoutMargin = 60

    /// The version itself is the task's resource: of the ways to call one, it is the only one that hands over an event and a result of any
    /// JSON type as they are. A run that is going on or is redriven has the machine that it began with (Step Functions API,
    /// UpdateStateMachine; guide, "Restarting state machine executions with redrive"), and so the version.
    func call(_ function: Function) -> FunctionCall {
        FunctionCall(
            action: .resource(version(of: function.name)), timeout: function.timeout.seconds + Self.timeoutMargin,
            retriers: Retry.ofLambda)
    }

    /// A role's policies have 10,240 characters: of many functions, the policy names what they have in common.
    private static let namedFunctions = 25

    /// IAM compares the ARN with which a function is called, its version or alias included (Lambda guide, "Resources and
    /// conditions for Lambda actions").
    func statements(toCall functions: [Function]) -> [PolicyStatement] {
        guard !functions.isEmpty else { return [] }
        guard functions.count <= Self.namedFunctions else {
            return [Self.statement(on: [.arn(ARN("lambda", "function:", pipeline.naming.stateMachine, "-*"))])]
        }
        let own = functions.map { Expression.reference(reference($0.name)) }
        let versions = functions.map {
            Expression.arn(ARN("lambda", "function:", pipeline.naming.function($0.name), ":*"))
        }
        return [Self.statement(on: own + versions)]
    }

    static func statements(toCallAllIn naming: Naming) -> [PolicyStatement] {
        [statement(on: [.arn(ARN("lambda", "function:", naming.prefix, "-*"))])]
    }

    private static func statement(on functions: [Expression]) -> PolicyStatement {
        PolicyStatement("InvokeFunctions", ["lambda:InvokeFunction"], on: functions)
    }

    // MARK: Resources

    func add(_ function: Function, to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        let name = pipeline.naming.function(function.name)
        let ids = pipeline.ids(of: function.name)
        let logGroup = LogGroup(
            name: String(joining: "/aws/lambda/", name), retentionDays: function.logRetentionDays,
            key: shared.encryptionKey)
        let lambda = LambdaFunction(
            id: ids.function, name: name,
            description: String(
                joining: pipeline.id.layer, "/", pipeline.id.name, "/", function.name, " of ", shared.place),
            image: pipeline.image(of: function, isJob: false, &diagnostics),
            architecture: pipeline.project.images.architecture,
            role: role(of: function, to: &stack, &diagnostics), timeout: function.timeout.seconds,
            memory: function.memory, ephemeralStorage: function.ephemeralStorage,
            reservedConcurrency: function.reservedConcurrency, environment: function.environment,
            network: shared.network, logGroup: pipeline.own(ids.logGroup, .name))
        stack.add(ids.logGroup, logGroup, origin: function.range, &diagnostics)
        stack.add(ids.function, lambda, origin: function.range, &diagnostics)
        stack.add(
            ids.version, FunctionVersion(function: ids.function, name: pipeline.own(ids.function, .name)),
            origin: function.range, &diagnostics)
    }

    /// One of its own, where the function has `access` or `permissions`: what every function of the environment may do, for this
    /// one alone, and those.
    private func role(of function: Function, to stack: inout Stack, _ diagnostics: inout Diagnostics) -> Reference {
        guard function.hasOwnRole else { return shared.shared(SharedID.lambdaRole) }
        let policy = FunctionPolicy(of: function)
        let id = LogicalID(name: function.name, "FunctionRole")
        let own = LambdaPolicy(
            function: pipeline.naming.function(function.name), isInNetwork: pipeline.environment.usesNetwork)
        let role = Role(
            name: pipeline.naming.functionRole(function.name),
            description: "Function \(pipeline.id)/\(function.name) of \(shared.place)", trust: LambdaPolicy.trust,
            policy: policy.document(beside: own.statements),
            managedPolicies: [pipeline.environment.additionalPolicies.lambda].compactMap { $0 },
            permissionsBoundary: pipeline.environment.permissionsBoundary)
        stack.add(id, role, origin: policy.origin, &diagnostics)
        return pipeline.own(id)
    }
}

extension PipelineContext {
    /// The one for jobs has dorc's runner in it.
    func image(of function: Function, isJob: Bool, _ diagnostics: inout Diagnostics) -> LambdaFunction.Image {
        switch function.image {
        case .external(let uri): return .external(uri)
        case .built:
            for (image, repository) in zip(pipeline.images, repositories)
            where image.function == function.name && image.isJob == isJob {
                return .repository(
                    Reference(target: repository.id, attribute: .name), account: project.registryAccount,
                    tag: image.deployedTag)
            }
            diagnostics.report(.internalError("the function `\(function.name)` has no image", at: function.range))
            return .external(.literal(function.name))
        }
    }
}
