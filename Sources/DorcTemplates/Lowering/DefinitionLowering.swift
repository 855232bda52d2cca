internal import DorcModel
internal import DorcSynth
internal import DorcText

extension StackLowering {
    /// As an object, or as JSON in a text, where CloudFormation's objects cannot say it.
    func lower(_ definition: MachineDefinition) -> (object: Value?, text: Value?) {
        switch definition {
        case .compiled(let definition): (lower(definition), nil)
        case .written(let definition) where definition.machine.needsText: (nil, DefinitionJSON.text(lower(definition)))
        case .written(let definition): (lower(definition), nil)
        }
    }

    private func lower(_ definition: StateMachineDefinition) -> Value {
        .object([
            "Comment": definition.comment.map { .string($0) },
            "QueryLanguage": .string("JSONata"),
            "StartAt": .string(definition.states.start),
            "TimeoutSeconds": .integer(definition.timeout),
            "States": states(definition.states),
        ])
    }

    private func states(_ list: StateList) -> Value {
        .map(list.states.map { Value.Member($0.name, .map(fields(of: $0))) })
    }

    private func list(_ list: StateList) -> [Value.Member] {
        [Value.Member("StartAt", .string(list.start)), Value.Member("States", states(list))]
    }

    func fields(of named: NamedState) -> [Value.Member] {
        var fields: [Value.Member] = []
        func add(_ name: String, _ value: Value?) {
            if let value { fields.append(Value.Member(name, value)) }
        }
        switch named.state {
        case .task(let task): fields = self.fields(of: task)
        case .parallel(let parallel):
            add("Type", .string("Parallel"))
            add("Branches", .list(parallel.branches.map { .map(list($0)) }))
            add("Output", Value(parallel.output))
        case .map(let map): fields = self.fields(of: map)
        case .choice(let choice):
            add("Type", .string("Choice"))
            add(
                "Choices",
                .list([.object(["Condition": Value(choice.condition), "Next": .string(choice.next)])]))
            add("Default", .string(choice.otherwise))
        case .wait(let wait):
            add("Type", .string("Wait"))
            switch wait {
            case .seconds(let seconds): add("Seconds", .integer(seconds))
            case .until(let time): add("Timestamp", Value(time))
            }
        case .pass(let output):
            add("Type", .string("Pass"))
            add("Output", output.map { Value($0) })
        case .succeed(let output):
            add("Type", .string("Succeed"))
            add("Output", output.map { Value($0) })
        case .fail(let error, let cause):
            add("Type", .string("Fail"))
            add("Error", Value(error))
            add("Cause", Value(cause))
        }
        if !named.assignments.isEmpty {
            add("Assign", .map(named.assignments.map { Value.Member($0.variable, Value($0.value)) }))
        }
        if !named.catchers.isEmpty { add("Catch", .list(named.catchers.map(Self.catcher))) }
        switch named.transition {
        case .next(let name): add("Next", .string(name))
        case .end: add("End", .boolean(true))
        case nil: break
        }
        return fields
    }

    private static func catcher(_ catcher: NamedState.Catcher) -> Value {
        .object([
            "ErrorEquals": .strings(catcher.errors),
            "Assign": catcher.variable.map { .map([Value.Member($0, .string("{% $states.errorOutput %}"))]) },
            "Output": .string("{% $states.errorOutput %}"),
            "Next": .string(catcher.next),
        ])
    }

    // MARK: Tasks

    private func fields(of task: TaskState) -> [Value.Member] {
        let resource: Value
        let arguments: Value
        switch task.action {
        case .invoke(let function):
            resource = value(function)
            arguments = Value(task.event.asArguments)
        case .startExecution(let machine, let waits):
            resource = Self.integration(waits ? "states:startExecution.sync:2" : "states:startExecution")
            arguments = .object(["StateMachineArn": value(machine), "Input": Value(task.event.asExecutionInput)])
        case .integration(let name):
            resource = Self.integration(name)
            arguments = Value(task.event.asArguments)
        case .arn(let arn):
            resource = Value(arn)
            arguments = Value(task.event.asArguments)
        }
        let members: [(String, Value?)] = [
            ("Type", .string("Task")), ("Resource", resource), ("Arguments", arguments),
            ("Output", task.output.map { Value($0) }), ("TimeoutSeconds", task.timeout.map { .integer($0) }),
            ("Retry", task.retriers.isEmpty ? nil : .list(task.retriers.map(Self.retrier))),
        ]
        return members.compactMap { name, value in value.map { Value.Member(name, $0) } }
    }

    private static func integration(_ name: String) -> Value { .sub("arn:${AWS::Partition}:states:::\(name)") }

    private static func retrier(_ retrier: Retrier) -> Value {
        if let index = Retrier.builtIn.firstIndex(of: retrier) { return builtInRetriers[index] }
        return lower(retrier)
    }

    /// Made once: they stand at every task.
    private static let builtInRetriers = Retrier.builtIn.map(lower)

    private static func lower(_ retrier: Retrier) -> Value {
        .object([
            "ErrorEquals": .strings(retrier.errors),
            "IntervalSeconds": .integer(retrier.interval),
            "MaxAttempts": .integer(retrier.attempts),
            "BackoffRate": .number(JSONNumber(retrier.backoffRate).text),
            "MaxDelaySeconds": retrier.maxDelay.map { .integer($0) },
            "JitterStrategy": retrier.hasJitter ? .string("FULL") : nil,
        ])
    }

    // MARK: Maps

    private func fields(of map: MapState) -> [Value.Member] {
        let mode: Value =
            map.distributed != nil
            ? .object(["Mode": .string("DISTRIBUTED"), "ExecutionType": .string("STANDARD")])
            : .object(["Mode": .string("INLINE")])
        let processor = [Value.Member("ProcessorConfig", mode)] + list(map.states)
        var count: Value?
        var percentage: Value?
        switch map.distributed?.toleratedFailures {
        case .count(let items): count = .integer(items)
        case .percentage(let share): percentage = .number(share.text)
        case nil: break
        }
        let members: [(String, Value?)] = [
            ("Type", .string("Map")), ("Label", map.distributed.map { .string($0.label) }),
            ("Items", items(map.items)), ("ItemReader", reader(map.items)),
            ("ItemBatcher", map.distributed?.batch.map { .object(["MaxItemsPerBatch": .integer($0)]) }),
            ("MaxConcurrency", map.maxConcurrency.map { .integer($0) }), ("ToleratedFailureCount", count),
            ("ToleratedFailurePercentage", percentage), ("ItemProcessor", .map(processor)),
            ("ResultWriter", map.distributed?.results.map(writer)),
        ]
        return members.compactMap { name, value in value.map { Value.Member(name, $0) } }
    }

    private func items(_ items: MapState.Items) -> Value? {
        if case .list(let value) = items { Value(value) } else { nil }
    }

    private func reader(_ items: MapState.Items) -> Value? {
        switch items {
        case .list: nil
        case .objects(let bucket, let prefix):
            .object([
                "Resource": Self.integration("s3:listObjectsV2"),
                "Arguments": .object(["Bucket": Value(bucket), "Prefix": prefix.map { Value($0) }]),
            ])
        case .csv(let bucket, let key):
            object(bucket, key, ["InputType": .string("CSV"), "CSVHeaderLocation": .string("FIRST_ROW")])
        case .jsonLines(let bucket, let key): object(bucket, key, ["InputType": .string("JSONL")])
        }
    }

    private func object(_ bucket: Text, _ key: Text, _ form: KeyValuePairs<String, Value?>) -> Value {
        .object([
            "Resource": Self.integration("s3:getObject"),
            "ReaderConfig": .object(form),
            "Arguments": .object(["Bucket": Value(bucket), "Key": Value(key)]),
        ])
    }

    /// A line for each output, without the metadata of its execution (Step Functions guide, "ResultWriter").
    private func writer(_ results: Iteration.Results) -> Value {
        .object([
            "Resource": Self.integration("s3:putObject"),
            "Arguments": .object([
                "Bucket": Value(results.bucket), "Prefix": results.prefix.map { Value($0) },
            ]),
            "WriterConfig": .object(["OutputType": .string("JSONL"), "Transformation": .string("COMPACT")]),
        ])
    }
}
