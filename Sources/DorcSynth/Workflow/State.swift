internal import CloudFormation
internal import DorcModel
internal import DorcText

/// Step Functions guide, "Workflow states".
enum State: Sendable {
    case task(TaskState)
    case parallel(ParallelState)
    case map(MapState)
    case choice(ChoiceState)
    case wait(Wait)
    /// With its output; nil for its input.
    case pass(StateValue?)
    /// With its output; nil for its input.
    case succeed(StateValue?)
    case fail(error: StateValue, cause: StateValue)

    enum Wait: Sendable {
        case step(Step.Wait)
        /// JSONata.
        case seconds(Text)
    }

    /// The states inside this one.
    var inner: [StateList] {
        switch self {
        case .parallel(let parallel): parallel.branches
        case .map(let map): [map.states]
        case .task, .choice, .wait, .pass, .succeed, .fail: []
        }
    }

    func write(to fields: inout TemplateWriter, in stack: TemplateContext) {
        switch self {
        case .task(let task): task.write(to: &fields, in: stack)
        case .parallel(let parallel): parallel.write(to: &fields, in: stack)
        case .map(let map): map.write(to: &fields, in: stack)
        case .choice(let choice): choice.write(to: &fields)
        case .wait(let wait): wait.write(to: &fields)
        case .pass(let output):
            fields["Type"] = "Pass"
            fields["Output"] = output
        case .succeed(let output):
            fields["Type"] = "Succeed"
            fields["Output"] = output
        case .fail(let error, let cause):
            fields["Type"] = "Fail"
            fields["Error"] = error
            fields["Cause"] = cause
        }
    }
}

/// Branches that run side by side on the same input.
struct ParallelState: Sendable {
    var branches: [StateList]
    /// An object with an entry for each last step of each branch.
    var output: StateValue

    fileprivate func write(to fields: inout TemplateWriter, in stack: TemplateContext) {
        fields["Type"] = "Parallel"
        fields.list("Branches") {
            for branch in branches { $0.object { branch.write(to: &$0, in: stack) } }
        }
        fields["Output"] = output
    }
}

struct ChoiceState: Sendable {
    /// JSONata.
    var condition: Text
    var next: String
    /// Asked after it.
    var others: [(condition: Text, next: String)] = []
    var otherwise: String
    /// Whether the condition holds in a usual run.
    var isUsual = true

    fileprivate func write(to fields: inout TemplateWriter) {
        fields["Type"] = "Choice"
        fields.list("Choices") {
            for rule in [(condition: condition, next: next)] + others {
                $0.object {
                    $0["Condition"] = rule.condition
                    $0["Next"] = rule.next
                }
            }
        }
        fields["Default"] = otherwise
    }
}

extension State.Wait {
    fileprivate func write(to fields: inout TemplateWriter) {
        fields["Type"] = "Wait"
        switch self {
        case .step(.duration(let duration)): fields["Seconds"] = duration.seconds
        case .step(.until(let time)): fields["Timestamp"] = time
        case .seconds(let seconds): fields["Seconds"] = seconds
        }
    }
}
