internal import CloudFormation
internal import DorcModel
internal import DorcText

/// What a trigger that waits for several pipelines has beside its rule: the machine that keeps their ends in the environment's
/// table, and its role.
struct JoinResources {
    let pipeline: PipelineContext
    let trigger: Trigger
    let join: Join

    static func machineID(_ trigger: Trigger) -> LogicalID { LogicalID(name: trigger.name, "Join") }

    private var roleID: LogicalID { LogicalID(name: trigger.name, "JoinAccess") }
    private var shared: EnvironmentContext { pipeline.shared }
    private var name: String { pipeline.naming.join(trigger.name) }
    private var itemID: String { "\(pipeline.id)/\(trigger.name)" }

    func add(to stack: inout Stack, _ diagnostics: inout Diagnostics) {
        let states = JoinStates(
            join: join, id: itemID, table: shared.naming.shared(Self.tableName),
            machines: Dictionary(
                join.pipelines.map { (shared.naming.pipeline($0).stateMachine, $0) },
                uniquingKeysWith: { first, _ in first }),
            pipeline: pipeline.own(PipelineResourceID.stateMachine))
        stack.add(roleID, role, origin: trigger.range, &diagnostics)
        stack.add(
            Self.machineID(trigger),
            StateMachine(
                name: name, role: pipeline.own(roleID), logGroup: pipeline.own(PipelineResourceID.stateMachineLogGroup),
                definition: .compiled(
                    CompiledStateMachine(
                        comment: String(
                            joining: "Starts ", itemID, " of ", shared.place, ": ", trigger.words), timeout: 86400,
                        states: states.states))),
            origin: trigger.range, &diagnostics)
    }

    /// Of the table in the infra stack.
    static let tableName = "joins"

    private var role: Role {
        var statements = [
            // Of the table, the trigger's own item.
            PolicyStatement(
                "RecordEnds", ["dynamodb:GetItem", "dynamodb:UpdateItem"],
                on: [.reference(shared.shared(SharedID.joinTable))],
                where: [.init("ForAllValues:StringEquals", "dynamodb:LeadingKeys", [.literal(itemID)])]),
            PolicyStatement(
                "StartPipeline", ["states:StartExecution"],
                on: [.reference(pipeline.own(PipelineResourceID.stateMachine))]),
        ]
        if let key = shared.encryptionKey {
            // DynamoDB guide, "DynamoDB encryption at rest: how it works", authorizing the use of a customer managed key: DynamoDB
            // uses it with the rights of who reads or writes the table.
            statements.append(
                PolicyStatement(
                    "UseTableKey",
                    ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
                    on: [key],
                    where: [.init("StringEquals", "kms:ViaService", [.regionalService("dynamodb")])]))
        }
        let machine = Expression.arn(ARN("states", "stateMachine:", name))
        return Role(
            name: pipeline.naming.joinRole(trigger.name),
            description: "Trigger \(trigger.name) of \(pipeline.id) of \(shared.place)",
            trust: PolicyDocument([
                .trust("states.amazonaws.com", where: [.ownAccount, .init("ArnLike", "aws:SourceArn", [machine])])
            ]),
            policy: PolicyDocument(statements + MachinePolicy.observation),
            managedPolicies: [], permissionsBoundary: pipeline.environment.permissionsBoundary)
    }
}

extension PipelineInEnvironment {
    /// Whether one of its triggers waits for several pipelines.
    var hasJoins: Bool { triggers.contains { if case .afterAll = $0.source { true } else { false } } }
}
