internal import DorcSynth

extension StackLowering {
    func lower(_ machine: StateMachine) -> Value {
        let destination = Value.object(["CloudWatchLogsLogGroup": .object(["LogGroupArn": value(machine.logGroup)])])
        let (object, text) = lower(machine.definition)
        return resource(
            "AWS::StepFunctions::StateMachine",
            [
                "StateMachineName": .string(machine.name),
                "StateMachineType": .string("STANDARD"),
                "RoleArn": value(machine.role),
                "Definition": object,
                "DefinitionString": text,
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
}
