internal import DorcText
internal import DorcYAML

/// A DAG of dag-factory's while it is read, defaults put in.
struct DagState: SettingsState, DraftState {
    static let home = "defaults"
    var retryProblem: String? { nil }

    var draft: PipelineDraft
    /// As other DAGs name it.
    var dagID: String
    var settings = TaskSettings()
    var parameters: Set<String> = []
    var tasks: [TaskState] = []
    var groups: [TaskGroup] = []
    var outlets: [String] = []
    var schedule: (value: WrittenValue, read: AirflowSchedule)?
    /// Of the DAG itself, for a start date of its own.
    var timezone: WrittenValue?
    var hasStartDate = false
    /// Of a run, in seconds.
    var timeout: (seconds: Int, value: WrittenValue)?
    /// The description, unless another key gives one.
    var displayName: WrittenValue?
    var mistakes: [ImportMistake] = []
    private(set) var verdicts: [(value: WrittenValue, verdict: Verdict)] = []

    init(draft: PipelineDraft, dagID: String) {
        self.draft = draft
        self.dagID = dagID
    }

    mutating func settle(_ value: WrittenValue, _ verdict: Verdict) { verdicts.append((value, verdict)) }

    var times: RunTimes { RunTimes(schedule?.read, parameters: parameters) }
}

struct TaskGroup {
    var name: String
    var value: WrittenValue
    var parent: String?
    var dependencies: WrittenValue?
    /// Whether its tasks' names begin with its own.
    var prefixes = true
}

/// A task of dag-factory's.
struct TaskState: SettingsState {
    static let home = "steps[*]"

    /// As the file calls it.
    let name: String
    let value: WrittenValue
    /// What templates may name.
    let context: JinjaText.Context
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
    /// Why an operator that the importer knows cannot be a step here, and the key that says so.
    var problem: OperatorKind.Problem?
    /// Of the function, if it has one.
    let functionName: String
    var environment: PipelineDraft.Fields = []
    var stepEnvironment: PipelineDraft.Fields = []
    var function: FunctionDraft?
    var files: [ImportedFile] = []
    private(set) var verdicts: [(value: WrittenValue, verdict: Verdict)] = []

    init(
        _ name: String, _ value: WrittenValue, step: String, function: String, context: JinjaText.Context,
        folder: String,
        python: PythonFiles
    ) {
        self.name = name
        self.value = value
        functionName = function
        self.context = context
        self.folder = folder
        self.python = python
        self.step = StepDraft(step)
    }

    mutating func settle(_ value: WrittenValue, _ verdict: Verdict) { verdicts.append((value, verdict)) }

    /// Why what is said of its tries has no effect.
    var retryProblem: String? {
        switch kind {
        case .empty, .dagSensor, .timeDelta, .dateTime: "a wait does not fail"
        case .s3Sensor, .pythonSensor, .bashSensor:
            "`retry` of the step is for the wait until it is ready: any other error ends the run"
        default: nil
        }
    }
}
