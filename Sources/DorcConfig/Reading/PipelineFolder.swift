internal import DorcModel
internal import DorcText

/// A folder that holds a `pipeline.yaml`, as it was found.
struct PipelineFolder: Sendable {
    var id: PipelineID
    /// Relative to the repository's root.
    var path: String
    /// The same without symbolic links.
    var realPath: String
    /// The folders in it that hold a `lambda.py`, by name.
    var functions: [FunctionFolder] = []
    /// Folders that cannot be functions, each with the reason: what uses them says it.
    var others: [String: NoFunction] = [:]
    /// What is, or looks like, a file with cases in its folder `tests`.
    var caseFiles: [CaseFileEntry] = []

    /// What is known of a function's folder that is not among the functions. A folder whose name cannot be a function's, such
    /// as `Load`, is that of the name that was suggested for it.
    func other(_ name: String) -> NoFunction? {
        others[name] ?? others.sorted { $0.key < $1.key }.first { Names.folderName(from: $0.key) == name }?.value
    }

    enum NoFunction: Sendable {
        /// It has a file that is not called `lambda.py`, but might be one; a usual name is hardly that of anything else.
        case misnamed(String, isUsual: Bool)
        /// There is no such folder, but a file of the name beside `pipeline.yaml`.
        case beside(String)
        /// It has been reported already.
        case reported
    }
}

/// A folder with a `lambda.py`, as it was found.
struct FunctionFolder: Sendable {
    static let codeFile = "lambda.py"
    static let module = "lambda"

    var name: String
    /// Relative to the repository's root.
    var path: String
    /// The same without symbolic links.
    var realPath: String
    /// What is in it.
    var entries: [SourceEntry]
}
