internal import DorcText
internal import DorcYAML

/// A workflow.yml of the Analytical Platform's while it is read: what its keys say, in the words of dorc where they have any.
struct WorkflowState: KeyState {
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
    var parameters: [String] = []
    var isPython = false
    /// Of every task.
    var secrets: PipelineDraft.Fields = []
    var permissions: [YAMLNode] = []
    var functionComments: [String] = []

    /// By task: the function of its size. By function: how many tasks it runs.
    var functionOfTask: [Int: Int] = [:]
    var taskCounts: [Int: Int] = [:]
    /// By task: what of its environment the step has.
    var stepVariables: [Int: PipelineDraft.Fields] = [:]

    /// Pipelines that wait for these start when this one has ended.
    var outlets: [String] = []
    var schedule: (value: WrittenValue, read: AirflowSchedule)?
    var endDate: String?
    /// As a comment.
    var startDate: String?
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

    static func startDate(_ value: WrittenValue, _ text: String) -> String {
        "start_date: \(value.place.path):\(value.place.start.line): \(text); write it here if it is still ahead"
    }

    /// What a comment says of a value whose meaning a person has to decide on.
    static func todo(_ key: String, _ value: WrittenValue, _ words: String) -> String {
        "TODO \(key): \(value.place.path):\(value.place.start.line): \(words)"
    }
}

struct WorkflowTask {
    var name: String
    var place: WrittenValue
    var profile: String?
    var variables: [WrittenValue.Entry] = []
    var dependencies: WrittenValue?
    var comments: [String] = []
}

/// A task while its keys are read.
struct WorkflowTaskState: KeyState {
    var task: WorkflowTask
    var workflow: WorkflowState

    mutating func settle(_ value: WrittenValue, _ verdict: Verdict) { workflow.settle(value, verdict) }
}
