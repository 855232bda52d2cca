internal import DorcText
internal import DorcYAML

/// A workflow.yml of the Analytical Platform's while it is read: what its keys say, in the words of dorc where they have any.
struct WorkflowState: DraftState {
    var draft: PipelineDraft
    let place: WorkflowPlace
    /// The environment's name in dorc.
    let environment: String

    var repository: String?
    var tag: String?
    var profile: String?
    var variables: [WrittenValue.Entry] = []
    var tasks: [WorkflowTask] = []
    var retries = 0
    var retryDelay = 300
    var parameters: Set<String> = []
    /// Of every task.
    var secrets: PipelineDraft.Fields = []
    var permissions: [YAMLNode] = []
    /// What decides about retries and dates, settled once it is known whether it is written.
    var pending = WorkflowPending()

    /// By task: the function of its size. By function: how many tasks it runs.
    var functionOfTask: [Int: Int] = [:]
    var taskCounts: [Int: Int] = [:]
    /// By task: what of its environment the step has.
    var stepVariables: [Int: PipelineDraft.Fields] = [:]

    /// Pipelines that wait for these start when this one has ended.
    var outlets: [String] = []
    var schedule: (value: WrittenValue, read: AirflowSchedule)?
    var endDate: String?
    /// Compute profiles that dorc.yaml has to have.
    var profiles: [ComputeProfile] = []
    private(set) var verdicts: [(value: WrittenValue, verdict: Verdict)] = []

    init(draft: PipelineDraft, place: WorkflowPlace, environment: String) {
        self.draft = draft
        self.place = place
        self.environment = environment
        self.draft.maxActiveRuns = .literal("1")
    }

    mutating func settle(_ value: WrittenValue, _ verdict: Verdict) { verdicts.append((value, verdict)) }

    /// Tasks' names become those of their steps.
    mutating func nameOwners(_ owners: [String: Verdict.Owner]) {
        for index in verdicts.indices {
            if let task = verdicts[index].verdict.owner?.step, let owner = owners[task] {
                verdicts[index].verdict.owner = owner
            }
        }
    }

    /// No decision: AWS refuses a date that has passed.
    static func startDate(_ value: WrittenValue) -> String {
        let text = value.text ?? value.source
        return "start_date: \(value.place.path):\(value.place.start.line): \(text); write it here if it is still ahead"
    }
}

/// Values whose meaning depends on others.
struct WorkflowPending {
    var retries: WrittenValue?
    var retryDelay: WrittenValue?
    var endDate: WrittenValue?
    var startDate: WrittenValue?
    var profile: WrittenValue?
    var dependsOnPast: WrittenValue?
    var slackChannel: WrittenValue?
    var hasSlackEvents = false
    /// Of the DAG itself.
    var outlets: [WrittenValue] = []
}

struct WorkflowTask {
    var name: String
    var place: WrittenValue
    var profile: String?
    var variables: [WrittenValue.Entry] = []
    var dependencies: WrittenValue?
}

/// A task while its keys are read.
struct WorkflowTaskState: KeyState {
    var task: WorkflowTask
    var workflow: WorkflowState

    mutating func settle(_ value: WrittenValue, _ verdict: Verdict) {
        // By the task's name, until steps have theirs.
        workflow.settle(value, verdict.of(step: task.name, function: nil))
    }
}
