import Glibc

/// All changes of one run to the output folder, or none of them.
///
/// New content is staged in a folder of its own inside the output folder, from where it is renamed into place: a reader
/// sees a file as it was or as it will be. What stood there before is kept as a hard link until the end, so that a
/// failure on the way can be undone.
struct OutputTransaction: Sendable {
    struct Change: Sendable {
        /// In the output folder.
        var path: String
        /// In the staging folder.
        var staged: String
        var state: OutputFolder.FileState
    }

    private let folder: OutputFolder
    private let staging: String
    /// The staging folder has folders of its own: two threads that make files in one folder wait for each other.
    private let shelves: Int

    private static let filesOnShelf = 64

    /// - Throws: `OutputError` where the folder cannot be written to.
    init(_ folder: OutputFolder, files: Int) throws(OutputError) {
        self.folder = folder
        staging = "\(folder.path)/.dorc-staging"
        shelves = max(1, min(64, files / Self.filesOnShelf))
        removeStaging()
        guard mkdir(staging, 0o777) == 0 else { throw .system("create", path: staging, code: errno) }
        for shelf in 0..<shelves {
            let path = "\(staging)/\(shelf)"
            guard mkdir(path, 0o777) == 0 else {
                let code = errno
                removeStaging()
                throw .system("create", path: path, code: code)
            }
        }
    }

    /// Writes what has changed into the staging folder. `number` is the file's own; several threads may stage.
    func stage(_ path: String, _ bytes: [UInt8], number: Int) throws(OutputError) -> Change {
        let state = try folder.compare(path, with: bytes)
        let staged = "\(staging)/\(number % shelves)/\(number)"
        if state == .missing || state == .changed { try createFile(staged, bytes) }
        return Change(path: path, staged: staged, state: state)
    }

    /// As `stage`, for the manifest, which has been read as dorc's own.
    func stageManifest(_ path: String, _ bytes: [UInt8]) throws(OutputError) -> Change {
        let current = try readFile("\(folder.path)/\(path)")
        let state: OutputFolder.FileState = current == nil ? .missing : current == bytes ? .unchanged : .changed
        let staged = "\(staging)/manifest"
        if state != .unchanged { try createFile(staged, bytes) }
        return Change(path: path, staged: staged, state: state)
    }

    /// Puts the changes into place, removes the stale files, and last puts the manifest into place, which lists what
    /// stands there then.
    func commit(_ changes: [Change], removing stale: [String], manifest: Change) throws(OutputError) {
        var undo = UndoLog(folder: folder.path, staging: staging)
        do {
            for change in changes where change.state == .missing || change.state == .changed {
                try put(change, &undo)
            }
            for path in stale { try undo.remove(path) }
            if manifest.state != .unchanged { try put(manifest, &undo) }
        } catch {
            undo.run()
            throw error
        }
        removeEmptyFolders(of: stale)
        removeStaging()
    }

    func abandon() {
        removeStaging()
        folder.abandon()
    }

    private func put(_ change: Change, _ undo: inout UndoLog) throws(OutputError) {
        try undo.makeFolders(of: change.path)
        let whole = "\(folder.path)/\(change.path)"
        if change.state == .changed {
            try undo.keep(change.path)
        } else {
            undo.created(change.path)
        }
        guard rename(change.staged, whole) == 0 else { throw .system("replace", path: whole, code: errno) }
    }

    private func removeEmptyFolders(of paths: [String]) {
        for path in paths {
            var parts = path.split(separator: "/").dropLast()
            while !parts.isEmpty, rmdir("\(folder.path)/\(parts.joined(separator: "/"))") == 0 { parts.removeLast() }
        }
    }

    private func removeStaging() {
        for name in Folders.names(staging) where unlink("\(staging)/\(name)") != 0 {
            for file in Folders.names("\(staging)/\(name)") { unlink("\(staging)/\(name)/\(file)") }
            rmdir("\(staging)/\(name)")
        }
        rmdir(staging)
    }
}

/// What has to be done to take back the part of a transaction that was carried out.
private struct UndoLog {
    private enum Step {
        case unlink(String)
        case restore(String, from: String)
        case removeFolder(String)
    }

    let folder: String
    let staging: String
    private var steps: [Step] = []
    private var known: Set<Substring> = []

    init(folder: String, staging: String) {
        self.folder = folder
        self.staging = staging
    }

    /// A link inside the output folder could lead anywhere: only real folders will do.
    mutating func makeFolders(of path: String) throws(OutputError) {
        guard let end = path.lastIndex(of: "/"), known.insert(path[..<end]).inserted else { return }
        var whole = folder
        for part in path[..<end].split(separator: "/") {
            whole += "/" + part
            if mkdir(whole, 0o777) == 0 {
                steps.append(.removeFolder(whole))
                continue
            }
            guard errno == EEXIST else { throw .system("create", path: whole, code: errno) }
            var status = stat()
            guard lstat(whole, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .inTheWay(whole) }
        }
    }

    mutating func keep(_ path: String) throws(OutputError) {
        let backup = "\(staging)/old-\(steps.count)"
        guard link("\(folder)/\(path)", backup) == 0 else {
            throw .system("keep a copy of", path: "\(folder)/\(path)", code: errno)
        }
        steps.append(.restore(path, from: backup))
    }

    mutating func created(_ path: String) { steps.append(.unlink(path)) }

    mutating func remove(_ path: String) throws(OutputError) {
        let backup = "\(staging)/old-\(steps.count)"
        guard rename("\(folder)/\(path)", backup) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return }
            throw .system("remove", path: "\(folder)/\(path)", code: errno)
        }
        steps.append(.restore(path, from: backup))
    }

    func run() {
        for step in steps.reversed() {
            switch step {
            case .unlink(let path): unlink("\(folder)/\(path)")
            case .restore(let path, let backup): rename(backup, "\(folder)/\(path)")
            case .removeFolder(let path): rmdir(path)
            }
        }
    }
}
