internal import DorcModel
internal import DorcSynth

extension StackLowering {
    func lower(_ machine: StateMachine) -> Value {
        let destination = Value.object(["CloudWatchLogsLogGroup": .object(["LogGroupArn": value(machine.logGroup)])])
        return resource(
            "AWS::StepFunctions::StateMachine",
            [
                "StateMachineName": .string(machine.name),
                "StateMachineType": .string("STANDARD"),
                "RoleArn": value(machine.role),
                "Definition": definition(machine.definition),
                "LoggingConfiguration": .object([
                    "Level": .string("ALL"),
                    // Payloads may be personal data, and Step Functions keeps them for 90 days anyway.
                    "IncludeExecutionData": .boolean(false),
                    "Destinations": .list([destination]),
                ]),
                "TracingConfiguration": .object(["Enabled": .boolean(true)]),
                "Tags": tags,
            ])
    }

    private func definition(_ definition: StateMachineDefinition) -> Value {
        .object([
            "Comment": definition.comment.map { .string($0) },
            "QueryLanguage": .string("JSONata"),
            "StartAt": .string(definition.states.states.first?.name ?? ""),
            "TimeoutSeconds": definition.timeout.map { .integer($0) },
            "States": states(definition.states),
        ])
    }

    private func states(_ sequence: StateSequence) -> Value {
        let names = sequence.states.map(\.name)
        return .map(
            sequence.states.enumerated().map { position, named in
                let next = position + 1 < names.count ? names[position + 1] : nil
                return Value.Member(named.name, state(named.state, next: next))
            })
    }

    private func state(_ state: State, next: String?) -> Value {
        switch state {
        case .task(let task): self.task(task, next: next)
        case .parallel(let parallel): self.parallel(parallel, next: next)
        }
    }

    private func task(_ task: TaskState, next: String?) -> Value {
        let event = task.arguments.map { Value($0) } ?? .string("{% $states.input %}")
        let resource: String
        let arguments: Value
        let output: String
        switch task.action {
        case .invoke(let function):
            resource = "lambda:invoke"
            arguments = .object(["FunctionName": value(function), "Payload": event])
            output = "{% $states.result.Payload %}"
        case .startExecution(let machine):
            resource = "states:startExecution.sync:2"
            arguments = .object(["StateMachineArn": value(machine), "Input": event])
            output = "{% $states.result.Output %}"
        }
        return .object([
            "Type": .string("Task"),
            "Resource": .sub("arn:${AWS::Partition}:states:::\(resource)"),
            "Arguments": arguments,
            "Output": .string(output),
            "TimeoutSeconds": task.timeout.map { .integer($0) },
            "Retry": task.retriers.isEmpty ? nil : .list(task.retriers.map(Self.retrier)),
            "Next": next.map { .string($0) },
            "End": next == nil ? .boolean(true) : nil,
        ])
    }

    private func parallel(_ parallel: ParallelState, next: String?) -> Value {
        let branches = parallel.branches.map { branch in
            Value.object(["StartAt": .string(branch.states.first?.name ?? ""), "States": states(branch)])
        }
        let outputs = parallel.outputs.map { output in
            let result = "$states.result[\(output.branch)]"
            let expression = output.isMember ? "$lookup(\(result), \(JSONText.literal(output.key)))" : result
            return Value.Member(output.key, .string("{% \(expression) %}"))
        }
        return .object([
            "Type": .string("Parallel"),
            "Branches": .list(branches),
            "Output": .map(outputs),
            "Next": next.map { .string($0) },
            "End": next == nil ? .boolean(true) : nil,
        ])
    }

    private static func retrier(_ retrier: Retrier) -> Value {
        if retrier == .transientLambdaErrors { return transientLambdaErrors }
        return lower(retrier)
    }

    /// Made once: it stands at every task.
    private static let transientLambdaErrors = lower(.transientLambdaErrors)

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
}
