import Glibc

/// The changes that a transaction has carried out in the output folder, and how each is taken back.
struct UndoLog {
    private enum Step {
        case unlink(String)
        case restore(String, from: String, wasRemoved: Bool)
        case removeFolder(String)
        case makeFolder(String, mode_t)
    }

    let folder: String
    let staging: StagingArea
    private var steps: [Step] = []
    private var known: Set<Substring> = []

    init(folder: String, staging: StagingArea) {
        self.folder = folder
        self.staging = staging
    }

    /// Puts a staged file into place, where there is none yet.
    mutating func add(_ path: String, from staged: String) throws(OutputError) {
        try makeFolders(of: path)
        try move(staged, to: path)
        steps.append(.unlink(path))
    }

    /// Puts a staged file into the place of another, which is kept as a hard link until the end.
    mutating func replace(_ path: String, by staged: String) throws(OutputError) {
        try makeFolders(of: path)
        let backup = try backup()
        guard link("\(folder)/\(path)", backup) == 0 else {
            throw .system("keep a copy of", path: "\(folder)/\(path)", code: errno)
        }
        try move(staged, to: path)
        steps.append(.restore(path, from: backup, wasRemoved: false))
    }

    /// Only what can be a file of dorc's: a regular file, in real folders.
    ///
    /// - Returns: whether there was one.
    mutating func remove(_ path: String) throws(OutputError) -> Bool {
        let whole = "\(folder)/\(path)"
        guard try Folders.isReal(path, below: folder), try Folders.kind(whole) == .file else { return false }
        let backup = try backup()
        guard rename(whole, backup) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return false }
            throw .system("remove", path: whole, code: errno)
        }
        steps.append(.restore(path, from: backup, wasRemoved: true))
        return true
    }

    /// - Returns: whether the folder is gone; false where it is not empty.
    mutating func removeFolder(_ path: String) throws(OutputError) -> Bool {
        let whole = "\(folder)/\(path)"
        var status = stat()
        let isThere = lstat(whole, &status) == 0
        guard rmdir(whole) == 0 else {
            switch errno {
            case ENOENT: return true
            case ENOTEMPTY, EEXIST, ENOTDIR: return false
            default: throw .system("remove", path: whole, code: errno)
            }
        }
        if isThere { steps.append(.makeFolder(whole, status.st_mode & 0o7777)) }
        return true
    }

    /// Takes all back, the last change first.
    ///
    /// - Returns: the changes that could not be taken back.
    func run() -> [OutputError.StuckChange] {
        var stuck: [OutputError.StuckChange] = []
        for step in steps.reversed() {
            switch step {
            case .unlink(let path):
                if unlink("\(folder)/\(path)") != 0, errno != ENOENT { stuck.append(.init(path: path, state: .new)) }
            case .restore(let path, let backup, let wasRemoved):
                if rename(backup, "\(folder)/\(path)") != 0 {
                    stuck.append(.init(path: path, state: wasRemoved ? .missing : .new))
                }
            case .removeFolder(let whole): rmdir(whole)
            case .makeFolder(let whole, let mode): if mkdir(whole, mode) == 0 { chmod(whole, mode) }
            }
        }
        return stuck.sorted { $0.path < $1.path }
    }

    /// A link inside the output folder could lead anywhere: only real folders will do.
    private mutating func makeFolders(of path: String) throws(OutputError) {
        guard let end = path.lastIndex(of: "/"), known.insert(path[..<end]).inserted else { return }
        var whole = folder
        for part in path[..<end].split(separator: "/") {
            whole += "/" + part
            if mkdir(whole, 0o777) == 0 {
                steps.append(.removeFolder(whole))
                continue
            }
            guard errno == EEXIST else { throw .system("create", path: whole, code: errno) }
            guard try Folders.kind(whole) == .folder else { throw .inTheWay(whole) }
        }
    }

    private func backup() throws(OutputError) -> String { try staging.place("old-\(steps.count)") }

    private func move(_ staged: String, to path: String) throws(OutputError) {
        let whole = "\(folder)/\(path)"
        guard rename(staged, whole) == 0 else { throw .system("replace", path: whole, code: errno) }
    }
}
