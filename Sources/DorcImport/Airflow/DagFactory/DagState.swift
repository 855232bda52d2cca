internal import DorcText
internal import DorcYAML

/// A DAG of dag-factory's while it is read, defaults put in.
struct DagState: SettingsState {
    static let home = "defaults"

    var draft: PipelineDraft
    /// As other DAGs name it.
    var dagID: String
    var settings = TaskSettings()
    var parameters: Set<String> = []
    var tasks: [TaskState] = []
    var groups: [TaskGroup] = []
    var outlets: [String] = []
    var schedule: (value: WrittenValue, read: AirflowSchedule)?
    /// Of a run, in seconds.
    var timeout: (seconds: Int, value: WrittenValue)?
    var mistakes: [ImportMistake] = []
    private(set) var verdicts: [(value: WrittenValue, verdict: Verdict)] = []

    init(draft: PipelineDraft, dagID: String) {
        self.draft = draft
        self.dagID = dagID
    }

    mutating func settle(_ value: WrittenValue, _ verdict: Verdict) { verdicts.append((value, verdict)) }

    mutating func comment(_ text: String) { draft.note(text, at: "notifications") }
}

struct TaskGroup {
    var name: String
    var value: WrittenValue
    var parent: String?
    var dependencies: WrittenValue?
}

/// A task of dag-factory's.
struct TaskState: SettingsState {
    static let home = "steps[*]"

    /// As the file calls it.
    let name: String
    let value: WrittenValue
    /// Of the DAG's, without what belongs to the task.
    let parameters: Set<String>
    /// The folder of the file, in which Python is looked for first.
    let folder: String
    let python: PythonFiles

    var step: StepDraft
    var settings = TaskSettings()
    var dependencies: WrittenValue?
    /// What its arguments name: upstream by themselves.
    var implied: [String] = []
    var group: String?
    var outlets: [String] = []
    var kind = OperatorKind.unknown
    /// Of the function, if it has one.
    let functionName: String
    var environment: PipelineDraft.Fields = []
    var stepEnvironment: PipelineDraft.Fields = []
    var function: FunctionDraft?
    var files: [ImportedFile] = []
    private(set) var verdicts: [(value: WrittenValue, verdict: Verdict)] = []

    init(
        _ name: String, _ value: WrittenValue, step: String, function: String, parameters: Set<String>, folder: String,
        python: PythonFiles
    ) {
        self.name = name
        self.value = value
        functionName = function
        self.parameters = parameters
        self.folder = folder
        self.python = python
        self.step = StepDraft(step)
    }

    mutating func settle(_ value: WrittenValue, _ verdict: Verdict) { verdicts.append((value, verdict)) }

    mutating func comment(_ text: String) { step.comments.append(text) }

    /// What comments of it begin with.
    mutating func todo(_ key: String, _ value: WrittenValue, _ words: String) {
        step.comments.append(WorkflowState.todo(key, value, words))
    }
}
