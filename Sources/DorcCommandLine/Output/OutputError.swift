/// Why nothing was written, or not all of it.
enum OutputError: Error, CustomStringConvertible, Equatable {
    case system(String, path: String, SystemError)
    case notDorcs([String])
    case inTheWay(String)
    case noFile(String)
    case unreadableManifest(String)
    case laterManifest(String, version: Int)
    case busy(String)
    case noLocks(String, SystemError)
    /// The mark of an earlier run that was ended while it changed the folder.
    case unfinished(mark: String, isPartial: Bool)
    /// What was changed could not all be taken back.
    case halfChanged(cause: String, [StuckChange], mark: String)
    case markStays(String, SystemError)
    /// A selection of stacks, in a folder of another project.
    case otherProject(String, named: String)
    /// A selection of stacks, in a folder whose other stacks, by their templates, are of another state of the project.
    case otherState(String, templates: [String])

    /// What is to be compared has the templates of another format.
    case otherFormat(String, written: String, asked: String)

    /// A change that could not be taken back.
    struct StuckChange: Equatable {
        enum State: String {
            case new, missing
        }

        var path: String
        var state: State
    }

    var description: String {
        switch self {
        case .system(let action, let path, let error):
            "cannot \(action) `\(path)`: \(error.message); nothing was changed"
        case .notDorcs(let paths):
            "dorc did not write these files, and templates would replace them:\n\(Self.list(paths))"
                + "move them away, or choose another folder; nothing was changed"
        case .inTheWay(let path):
            "`\(path)` is not a folder, and one is needed there; nothing was changed"
        case .noFile(let path):
            "`\(path)` is not a regular file, and one is needed there; nothing was changed"
        case .unreadableManifest(let path):
            "`\(path)` is not a manifest of dorc's (a merge conflict?): delete it and run again; nothing was changed"
        case .laterManifest(let path, let version):
            "`\(path)` has version \(version), which a later dorc-synth has written: run that version, or one after it; "
                + "nothing was changed"
        case .busy(let path):
            "another dorc-synth has been using `\(path)` for a minute: wait until it ends, and run again"
        case .noLocks(let path, let error):
            "cannot lock `\(path)`: \(error.message); without a lock, two runs could mix their templates: "
                + "write to a folder on a local disk; nothing was changed"
        case .unfinished(let mark, let isPartial):
            "`\(mark)` says that a run was stopped while it changed this folder: run dorc-synth again"
                + (isPartial ? " without `--environment` and `--pipeline`" : "") + ", which completes the templates"
        case .halfChanged(let cause, let changes, let mark):
            "\(cause); what had been changed before could not all be taken back:\n"
                + Self.list(changes.map { "\($0.state.rawValue): \($0.path)" })
                + "all other files are as they were; `\(mark)` keeps the folder from being deployed until "
                + "dorc-synth runs again"
        case .markStays(let mark, let error):
            "all templates are written, but `\(mark)` cannot be removed: \(error.message); run dorc-synth again "
                + "before you deploy them"
        case .otherProject(let folder, let name):
            "`\(folder)` has the templates of the project `\(name)`: choose another folder, or run without "
                + "`--environment` and `--pipeline` to replace them; nothing was changed"
        case .otherFormat(let folder, let written, let asked):
            "`\(folder)` was written with `--format \(written)`, and is compared with `--format \(asked)`: add "
                + "`--format \(written)` to `--check`, or write the folder again with `--format \(asked)`"
        case .otherState(let folder, let templates):
            "a part cannot be written to `\(folder)`: these templates of other stacks have changed as well:\n"
                + Self.list(templates)
                + "run without `--environment` and `--pipeline`, or write the part to a folder of its own; "
                + "nothing was changed"
        }
    }

    /// Why, without what became of the folder.
    var cause: String { description.split(separator: "; nothing was changed").first.map(String.init) ?? description }

    private static func list(_ lines: [String]) -> String {
        lines.prefix(20).map { "  \($0)\n" }.joined() + (lines.count > 20 ? "  and \(lines.count - 20) more\n" : "")
    }
}
