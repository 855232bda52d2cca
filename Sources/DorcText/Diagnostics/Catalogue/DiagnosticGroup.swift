/// The groups of the catalogue, in the order of docs/diagnostics.md. Each is a file of this folder.
package enum DiagnosticGroup: String, CaseIterable, Sendable {
    case filesAndFolders = "Files and folders"
    case functions = "Functions' folders and code"
    case images = "Images"
    case yamlAndJSON = "YAML and JSON"
    case keysAndValues = "Keys and values"
    case environments = "Variables and environments"
    case networksAndTags = "Networks and tags"
    case notices = "Notices and alarms"
    case functionSettings = "Settings of functions"
    case jobs = "Jobs of AWS Batch"
    case steps = "Steps and their order"
    case expressions = "Expressions and data"
    case errorsAndTimeouts = "Errors and timeouts"
    case tasksAndDefinitions = "Tasks and definitions"
    case triggers = "Triggers"
    case schedules = "Schedules"
    case cases = "Cases of tests"
    case limits = "Limits of AWS"

    package var title: String { rawValue }

    /// In the order of the declarations.
    package var ids: [DiagnosticID] { DiagnosticID.allCases.filter { entry(of: $0) != nil } }

    /// Nil for an id of another group.
    package func entry(of id: DiagnosticID) -> DiagnosticEntry? {
        switch self {
        case .filesAndFolders: .ofFilesAndFolders(id)
        case .functions: .ofFunctions(id)
        case .images: .ofImages(id)
        case .yamlAndJSON: .ofYAMLAndJSON(id)
        case .keysAndValues: .ofKeysAndValues(id)
        case .environments: .ofEnvironments(id)
        case .networksAndTags: .ofNetworksAndTags(id)
        case .notices: .ofNotices(id)
        case .functionSettings: .ofFunctionSettings(id)
        case .jobs: .ofJobs(id)
        case .steps: .ofSteps(id)
        case .expressions: .ofExpressions(id)
        case .errorsAndTimeouts: .ofErrorsAndTimeouts(id)
        case .tasksAndDefinitions: .ofTasksAndDefinitions(id)
        case .triggers: .ofTriggers(id)
        case .schedules: .ofSchedules(id)
        case .cases: .ofCases(id)
        case .limits: .ofLimits(id)
        }
    }
}
