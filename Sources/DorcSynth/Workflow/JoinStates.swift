internal import DorcModel
internal import DorcText

/// The machine of a trigger that waits for several pipelines: each end of one of their runs is a run of it.
///
///     end        which pipeline's it is
///     record     keeps it in the trigger's item of the table, and gets the whole item as it is then
///     complete   whether each pipeline has such an end there
///     claim      takes them out, unless another end came after this one: then that one's run decides
///     claimed    where that failed: whether this run had done so before, and did not hear of it
///     start      starts the pipeline
///     release    forgets who claimed
///
/// DynamoDB makes all writes to an item one after another. The run whose `record` was the last one sees all ends, and it
/// alone can claim them, since each `record` counts the item's `version` up: so of ends that come together, one starts the
/// pipeline, and none starts it twice.
///
/// EventBridge may tell of an end more than once: the time of each pipeline's last end stays in the item, and what is not
/// younger is known. A `record` that is tried again after it succeeded is let through by its `recorder`: where no other came
/// after it, nobody has claimed either. A `claim` would take out ends that came later, and is not let through.
struct JoinStates {
    let join: Join
    /// `layer/pipeline/trigger`, the item's id.
    let id: String
    let table: String
    /// Of the pipelines, by their names.
    let machines: [String: PipelineID]
    let pipeline: Reference

    private static let known = "DynamoDB.ConditionalCheckFailedException"
    private static let started = "StepFunctions.ExecutionAlreadyExistsException"
    private static let variable = "item"

    var states: StateList {
        StateList(
            start: "end",
            states: [
                NamedState(name: "end", state: .pass(end), transition: .next("record")),
                NamedState(
                    name: "record",
                    state: .task(task("dynamodb:updateItem", record, "$states.result.Attributes", unlike: Self.known)),
                    assignments: [.init(variable: Self.variable, value: .expression("$states.result.Attributes"))],
                    catchers: [.init(errors: [Self.known], next: "known")], transition: .next("complete")),
                NamedState(
                    name: "complete",
                    state: .choice(
                        ChoiceState(condition: .literal("{% \(complete) %}"), next: "claim", otherwise: "waits"))),
                NamedState(
                    name: "claim",
                    state: .task(task("dynamodb:updateItem", claim, "$states.input", unlike: Self.known)),
                    catchers: [.init(errors: [Self.known], next: "claimed")], transition: .next("start")),
                NamedState(
                    name: "claimed",
                    state: .task(
                        task(
                            "dynamodb:getItem", request([.init(name: "ConsistentRead", value: .boolean(true))]),
                            "$states.context.Execution.Id in $states.result.Item.claimers.SS")),
                    transition: .next("own")),
                NamedState(
                    name: "own",
                    state: .choice(
                        ChoiceState(condition: .literal("{% $states.input %}"), next: "start", otherwise: "waits"))),
                NamedState(
                    name: "start", state: .task(start),
                    catchers: [.init(errors: [Self.started], next: "release")], transition: .next("release")),
                NamedState(
                    name: "release", state: .task(task("dynamodb:updateItem", release, "$states.input")),
                    transition: .end),
                NamedState(name: "waits", state: .succeed(nil)),
                NamedState(name: "known", state: .succeed(nil)),
            ])
    }

    /// `unlike` is an error that another try does not change.
    private func task(
        _ action: String, _ request: StateValue, _ output: String, unlike error: String? = nil
    ) -> TaskState {
        TaskState(
            action: .integration(action), event: request, output: .expression(output), timeout: 60,
            retriers: Self.retriers(unlike: error))
    }

    /// For hours: a start that is lost would be missed.
    private static func retriers(unlike error: String?) -> [Retry] {
        (error.map { [Retry(errors: [$0], interval: Duration(1), attempts: 0, backoffRate: 1)] } ?? []) + [
            Retry(
                errors: ["States.TaskFailed", "States.Timeout"], interval: Duration(2), attempts: 60, backoffRate: 2,
                maxDelay: Duration(300), hasJitter: true)
        ]
    }

    // MARK: Requests

    private var names: [String] { join.pipelines.map(\.description) }

    private var end: StateValue {
        let known = machines.sorted { $0.key < $1.key }
            .map { "\(JSONText.literal($0.key)): \(JSONText.literal($0.value.description))" }
        return .object([
            .init(
                name: "pipeline",
                value: .expression(
                    "$lookup({\(known.joined(separator: ", "))}, $split($states.input.detail.stateMachineArn, ':')[6])")
            ),
            .init(name: "ended", value: .expression("$string($states.input.detail.stopDate)")),
            .init(name: "run", value: .expression("$states.input.detail.executionArn")),
        ])
    }

    private func request(_ members: [StateValue.Member]) -> StateValue {
        .object(
            [
                .init(name: "TableName", value: Self.text(table)),
                .init(name: "Key", value: .object([.init(name: "id", value: Self.attribute("S", Self.text(id)))])),
            ] + members)
    }

    /// An attribute of a pipeline's name is an end that no start has taken; `last` and the name is when its last one was.
    private var record: StateValue {
        request([
            .init(
                name: "ExpressionAttributeNames",
                value: .object([
                    .init(name: "#end", value: .expression("$states.input.pipeline")),
                    .init(name: "#last", value: .expression("'last ' & $states.input.pipeline")),
                ])),
            .init(
                name: "ExpressionAttributeValues",
                value: .object([
                    .init(name: ":all", value: Self.attribute("SS", .list(names.map(Self.text)))),
                    .init(
                        name: ":end",
                        value: Self.attribute(
                            "M",
                            .object([
                                .init(
                                    name: "ended", value: Self.attribute("N", .expression("$states.input.ended"))),
                                .init(name: "run", value: Self.attribute("S", .expression("$states.input.run"))),
                            ]))),
                    .init(name: ":ended", value: Self.attribute("N", .expression("$states.input.ended"))),
                    .init(name: ":one", value: Self.attribute("N", Self.text("1"))),
                    .init(
                        name: ":recorder",
                        value: Self.attribute("S", .expression("$states.context.Execution.Id"))),
                ])),
            .init(
                name: "UpdateExpression",
                value: Self.text(
                    "SET #end = :end, #last = :ended, recorder = :recorder, waits_for = :all ADD version :one")),
            .init(
                name: "ConditionExpression",
                value: Self.text("attribute_not_exists(#last) OR #last < :ended OR recorder = :recorder")),
            .init(name: "ReturnValues", value: Self.text("ALL_NEW")),
        ])
    }

    private var complete: String {
        let all = names.map { JSONText.literal($0) }.joined(separator: ", ")
        let times = "$map([\(all)], function($name) { $number($lookup($states.input, $name).M.ended.N) })"
        let within = join.within.map { " and $max($times) - $min($times) <= \($0.seconds)000" } ?? ""
        return "( $times := [\(times)]; $count($times) = \(names.count)\(within) )"
    }

    private var claim: StateValue {
        let keys = names.indices.map { "#end\($0)" }
        return request([
            .init(
                name: "ExpressionAttributeNames",
                value: .object(zip(keys, names).map { .init(name: $0, value: Self.text($1)) })),
            .init(
                name: "ExpressionAttributeValues",
                value: .object([
                    .init(name: ":me", value: Self.attribute("SS", .list([.expression(Self.me)]))),
                    .init(
                        name: ":started", value: Self.attribute("S", .expression("$states.context.Execution.StartTime"))
                    ),
                    .init(name: ":version", value: Self.attribute("N", .expression("$states.input.version.N"))),
                ])),
            .init(
                name: "UpdateExpression",
                value: Self.text("SET started = :started REMOVE \(keys.joined(separator: ", ")) ADD claimers :me")),
            .init(name: "ConditionExpression", value: Self.text("version = :version")),
        ])
    }

    private var release: StateValue {
        request([
            .init(
                name: "ExpressionAttributeValues",
                value: .object([.init(name: ":me", value: Self.attribute("SS", .list([.expression(Self.me)])))])),
            .init(name: "UpdateExpression", value: Self.text("DELETE claimers :me")),
        ])
    }

    private static let me = "$states.context.Execution.Id"

    /// Its name is that of this run: a start that is tried again after it succeeded starts nothing more.
    private var start: TaskState {
        let ends = names.map { name in
            let end = "$lookup($\(Self.variable), \(JSONText.literal(name))).M"
            return StateValue.Member(
                name: name,
                value: .object([
                    .init(name: "executionArn", value: .expression("\(end).run.S")),
                    .init(name: "stopDate", value: .expression("$number(\(end).ended.N)")),
                ]))
        }
        var task = TaskState(
            action: .startExecution(pipeline, waits: false), event: .object(ends), timeout: 60,
            retriers: Self.retriers(unlike: Self.started))
        task.runName = .expression("$states.context.Execution.Name")
        return task
    }

    private static func text(_ text: String) -> StateValue { .text(.literal(text)) }

    private static func attribute(_ type: String, _ value: StateValue) -> StateValue {
        .object([.init(name: type, value: value)])
    }
}
