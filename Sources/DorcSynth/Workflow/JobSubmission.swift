internal import CloudFormation
internal import DorcModel
internal import DorcText

/// A job of AWS Batch that a task starts and waits for.
struct JobSubmission: Sendable {
    enum Work: Sendable {
        /// dorc's runner gets the event and a token, and answers itself.
        case function
        /// The task waits for the container's end, and passes its event on. Texts may be JSONata.
        case container(command: [Text]?, environment: [(name: String, value: Text)])
    }

    var name: String
    var definition: Reference
    var queue: Reference
    var kind: Compute.Kind
    var work: Work

    /// Step Functions guide, "Integrating services with Step Functions": SDK integrations wait for a token, `.sync` is the
    /// optimized one's.
    var integration: String {
        switch work {
        case .function: "aws-sdk:batch:submitJob.waitForTaskToken"
        case .container: "batch:submitJob.sync"
        }
    }

    /// With what the step says of its container.
    func overridden(by step: Step) -> JobSubmission {
        guard case .container = work else { return self }
        var submission = self
        submission.work = .container(command: step.command, environment: step.environment)
        return submission
    }

    func writeArguments(event: StateValue, to fields: inout TemplateWriter, in stack: TemplateContext) {
        fields.object("Arguments") {
            $0["JobName"] = name
            $0["JobDefinition"] = stack.value(definition)
            $0["JobQueue"] = stack.value(queue)
            switch work {
            case .function:
                Self.writeOverrides(
                    nil,
                    [
                        ("DORC_EVENT", event.asJobEvent),
                        ("DORC_TASK_TOKEN", .literal("{% $states.context.Task.Token %}")),
                    ], to: &$0)
            case .container(nil, let environment) where environment.isEmpty: break
            case .container(let command, let environment): Self.writeOverrides(command, environment, to: &$0)
            }
        }
    }

    private static func writeOverrides(
        _ command: [Text]?, _ environment: [(name: String, value: Text)], to arguments: inout TemplateWriter
    ) {
        arguments.object("ContainerOverrides") {
            if let command {
                $0.list("Command") {
                    for word in command { $0.add(word) }
                }
            }
            if !environment.isEmpty {
                $0.list("Environment") {
                    for variable in environment {
                        $0.object {
                            $0["Name"] = variable.name
                            $0["Value"] = variable.value
                        }
                    }
                }
            }
        }
    }
}
