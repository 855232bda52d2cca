import DorcModel

/// Why nothing was created.
enum ScaffoldError: Error, Equatable, CustomStringConvertible {
    case blueprints([BlueprintMistake])
    case samePath(String)
    case blueprintFolder(path: String, reason: String)
    /// Files that exist already, relative to `folder`.
    case existing([String], folder: String)
    /// A part of a path that cannot be gone through: a symbolic link, or a file where a folder should be.
    case notAFolder(path: String, isLink: Bool)
    case outside(path: String, folder: String)
    case system(action: String, path: String, SystemError)
    case noConfig(String)
    case noPipeline(PipelineID, file: String)
    /// A mistake of dorc's own.
    case internalError(String)

    var description: String {
        switch self {
        case .blueprints(let mistakes):
            mistakes.map(\.description).joined(separator: "\n")
        case .samePath(let path):
            "Two templates make the same file, `\(path)`. Nothing was written."
        case .blueprintFolder(let path, let reason):
            "`\(path)` cannot be used as templates: \(reason)"
        case .existing(let paths, let folder):
            """
            \(paths.count == 1 ? "A file exists" : "\(paths.count) files exist") already, so nothing was written:
            \(paths.map { "  " + New.shown($0, in: folder) }.joined(separator: "\n"))
            """
        case .notAFolder(let path, let isLink):
            "`\(path)` is \(isLink ? "a symbolic link" : "not a folder"): nothing was written."
        case .outside(let path, let folder):
            "`\(path)` is not a path below `\(folder)`: nothing was written."
        case .system(let action, let path, let error):
            "Cannot \(action) `\(path)`: \(error.message). What had been created was removed again."
        case .noConfig(let reason):
            reason
        case .noPipeline(let pipeline, let file):
            """
            The pipeline `\(pipeline)` does not exist: it would have a file `\(file)`. \
            `dorc-synth new pipeline \(pipeline)` makes one.
            """
        case .internalError(let what):
            "This is a mistake in dorc, please report it: \(what)"
        }
    }
}
