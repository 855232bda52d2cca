/// Why nothing was created.
enum ScaffoldError: Error, Equatable, CustomStringConvertible {
    case templates([TemplateMistake])
    case samePath(String)
    case templateFolder(path: String, reason: String)
    /// Files that exist already, relative to `folder`.
    case existing([String], folder: String)
    /// A part of a path that cannot be gone through: a symbolic link, or a file where a folder should be.
    case notAFolder(path: String, isLink: Bool)
    case outside(path: String, folder: String)
    case system(action: String, path: String, reason: String)
    case noConfig(String)
    case noPipeline(PipelinePlace, file: String)

    var description: String {
        switch self {
        case .templates(let mistakes):
            mistakes.map(\.description).joined(separator: "\n")
        case .samePath(let path):
            "Two templates make the same file, '\(path)'. Nothing was written."
        case .templateFolder(let path, let reason):
            "'\(path)' cannot be used as templates: \(reason)"
        case .existing(let paths, let folder):
            """
            \(paths.count == 1 ? "A file exists" : "\(paths.count) files exist") already in '\(folder)', \
            so nothing was written:
            \(paths.map { "  " + $0 }.joined(separator: "\n"))
            """
        case .notAFolder(let path, let isLink):
            "'\(path)' is \(isLink ? "a symbolic link" : "not a folder"): nothing was written."
        case .outside(let path, let folder):
            "'\(path)' is not a path below '\(folder)': nothing was written."
        case .system(let action, let path, let reason):
            "Cannot \(action) '\(path)': \(reason). What had been created was removed again."
        case .noConfig(let reason):
            reason
        case .noPipeline(let place, let file):
            """
            There is no pipeline '\(place)': '\(file)' does not exist. \
            `dorc-synth new pipeline \(place)` makes one.
            """
        }
    }
}

/// A mistake in a template, shown as `file:line:column: error: what`.
struct TemplateMistake: Equatable, Sendable, CustomStringConvertible {
    var file: String
    /// 1-based; nil where the whole file, or its name, is meant.
    var line: Int?
    var column: Int?
    var reason: String

    var description: String {
        ([file] + [line, column].compactMap { $0 }.map(String.init)).joined(separator: ":") + ": error: " + reason
    }
}

/// All mistakes in one template.
struct TemplateMistakes: Error, Equatable {
    var all: [TemplateMistake]
}
