internal import CloudFormation

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
struct StateMachine: Resource {
    /// What it runs.
    enum Definition: Sendable {
        /// From steps.
        case compiled(CompiledStateMachine)
        case user(LinkedStateMachine)
    }

    var name: String
    var role: Reference
    var logGroup: Reference
    var definition: Definition
    /// Short runs that end within five minutes, and are not kept.
    var isExpress = false
}

extension StateMachine {
    static let type: StaticString = "AWS::StepFunctions::StateMachine"

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .ref
        case .name: .attribute("Name")
        case .groupID, .url: nil
        }
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("states", "stateMachine:", name) }
    var export: Export? { nil }

    var references: [Reference] {
        var references = [role, logGroup]
        switch definition {
        case .compiled(let machine): machine.states.addReferences(to: &references)
        case .user(let machine): references += machine.references
        }
        return references
    }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["StateMachineType"] = isExpress ? "EXPRESS" : "STANDARD"
        properties["RoleArn"] = stack.value(role)
        // Beside the definition's own settings.
        properties["StateMachineName"] = name
        if let lines = lines(in: stack) {
            properties["DefinitionString"] = lines
        } else {
            properties.key("Definition")
            writeDefinition(to: &properties, in: stack)
        }
        properties.object("LoggingConfiguration") {
            $0["Level"] = "ALL"
            // Payloads may be personal data, and Step Functions keeps them for 90 days anyway.
            $0["IncludeExecutionData"] = false
            $0.list("Destinations") {
                $0.object {
                    $0.object("CloudWatchLogsLogGroup") { $0["LogGroupArn"] = stack.value(logGroup) }
                }
            }
        }
        properties.object("TracingConfiguration") { $0["Enabled"] = true }
        stack.writeTags(to: &properties)
    }

    private func writeDefinition(to value: inout TemplateWriter, in stack: TemplateContext) {
        switch definition {
        case .compiled(let machine): machine.write(to: &value, in: stack)
        case .user(let machine): machine.write(to: &value, in: stack)
        }
    }

    /// What no object of CloudFormation's can say; nil for what one can.
    private func lines(in stack: TemplateContext) -> JSONLines? {
        guard case .user(let machine) = definition, machine.needsText else { return nil }
        let lines = JSONLines { machine.write(to: &$0, in: stack) }
        if lines.isImpossible { stack.report("the state machine `\(name)` has a value that no string can contain") }
        return lines
    }

    /// Step Functions; CloudFormation writes the definition as indented JSON.
    private static let limit = 1_048_576

    /// No template below a quarter of the limit can hold a definition that comes near it.
    func contentSizes(in stack: TemplateContext, ofTemplate size: Int) -> [ContentSize] {
        guard size > Self.limit / 4 else { return [] }
        let length =
            lines(in: stack)?.deployedLength ?? TemplateWriter.jsonLength { writeDefinition(to: &$0, in: stack) }
        return [
            ContentSize(
                kind: .stateMachine, what: "the state machine's definition", length: length, most: Self.limit,
                help: "split the pipeline into several, and run them with `pipeline:` steps")
        ]
    }
}
