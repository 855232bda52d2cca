/// Why nothing was written.
enum OutputError: Error, CustomStringConvertible, Equatable {
    case system(String, path: String, code: Int32)
    case notDorcs([String])
    case inTheWay(String)
    case noFile(String)
    case unreadableManifest(String)
    case busy(String)

    var description: String {
        switch self {
        case .system(let action, let path, let code):
            "cannot \(action) `\(path)`: \(systemMessage(code)); nothing was changed"
        case .notDorcs(let paths):
            "these files stand where templates would be written, and dorc did not write them:\n"
                + paths.prefix(20).map { "  \($0)\n" }.joined()
                + (paths.count > 20 ? "  and \(paths.count - 20) more\n" : "")
                + "move them away, or choose another folder; nothing was changed"
        case .inTheWay(let path):
            "`\(path)` is no folder but stands where one is needed; nothing was changed"
        case .noFile(let path):
            "`\(path)` stands where a file belongs, and is no regular file; nothing was changed"
        case .unreadableManifest(let path):
            "`\(path)` is not a manifest of dorc's (a merge conflict?): delete it and run again; nothing was changed"
        case .busy(let path):
            "another dorc-synth has been writing to `\(path)` for a minute: wait for its end, and run again"
        }
    }
}
