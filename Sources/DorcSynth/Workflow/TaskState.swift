internal import CloudFormation
internal import DorcModel

/// Step Functions guide, "Task workflow state".
struct TaskState: Sendable {
    enum Action: Sendable {
        /// The resource itself is what the task runs.
        case resource(Reference)
        /// Runs another state machine, and may wait for its end.
        case startExecution(Reference, waits: Bool)
        /// As in `sns:publish`, without `arn:aws:states:::`.
        case integration(String)
        case arn(Text)
        /// Runs a job of AWS Batch.
        case job(JobSubmission)
    }

    var action: Action
    /// The event.
    var event: StateValue
    /// Of the run that is started; nil for one of AWS's.
    var runName: StateValue?
    /// Nil for the whole result.
    var output: StateValue?
    /// Seconds.
    var timeout: Int?
    /// Seconds.
    var heartbeat: Int?
    var retriers: [Retry]

    func write(to fields: inout TemplateWriter, in stack: TemplateContext) {
        fields["Type"] = "Task"
        switch action {
        case .resource(let resource): fields["Resource"] = stack.value(resource)
        case .startExecution(_, let waits):
            fields["Resource"] = .integration(waits ? "states:startExecution.sync:2" : "states:startExecution")
        case .integration(let name): fields["Resource"] = .integration(name)
        case .arn(let arn): fields["Resource"] = arn
        case .job(let submission): fields["Resource"] = .integration(submission.integration)
        }
        // Beside what it is the timeout of, and the state's name.
        fields["TimeoutSeconds"] = timeout
        fields["HeartbeatSeconds"] = heartbeat
        switch action {
        case .startExecution(let machine, _):
            fields.object("Arguments") {
                $0["StateMachineArn"] = stack.value(machine)
                $0["Name"] = runName
                $0["Input"] = event.asExecutionInput
            }
        case .job(let submission): submission.writeArguments(event: event, to: &fields, in: stack)
        case .resource, .integration, .arn: fields["Arguments"] = event.asArguments
        }
        fields["Output"] = output
        if !retriers.isEmpty { stack.write(retriers, to: &fields) }
    }
}

extension TaskState.Action {
    /// What a state gives where it has no `Output`.
    static let wholeResult = "$states.result"

    /// The part of the task's result that is the step's output; nil for all of it.
    func output(of event: StateValue) -> StateValue? {
        switch self {
        // "Manage AWS Step Functions Executions": with `.sync:2` it is JSON, not a text of it.
        case .startExecution(_, waits: true): return .expression("$states.result.Output")
        case .job(let submission):
            if case .container = submission.work { return event }
            return nil
        case .resource, .startExecution(_, waits: false), .integration, .arn: return nil
        }
    }

    var references: [Reference] {
        switch self {
        case .resource(let resource): [resource]
        case .startExecution(let machine, _): [machine]
        case .job(let submission): [submission.definition, submission.queue]
        case .integration, .arn: []
        }
    }

    /// With what a step says of its container.
    func overridden(by step: Step) -> TaskState.Action {
        guard case .job(let submission) = self else { return self }
        return .job(submission.overridden(by: step))
    }

    /// Events in a run's history where nothing fails (Step Functions API, "HistoryEvent"): the state is entered and exited;
    /// what it calls is scheduled, started and has succeeded; what it waits for is submitted too (guide, "Service integration
    /// patterns").
    var historyEvents: Int {
        let isSubmitted =
            switch self {
            case .startExecution(_, let waits): waits
            case .integration(let name): [".sync", ".sync:2", ".waitForTaskToken"].contains { name.hasSuffix($0) }
            case .job: true
            case .resource, .arn: false
            }
        return isSubmitted ? 6 : 5
    }
}

extension TemplateValue {
    /// The resource of a task: as in `sns:publish`.
    static func integration(_ name: String) -> TemplateValue { .sub("arn:${AWS::Partition}:states:::\(name)") }
}
