import DorcTemplates
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
    private let staging: StagingArea

    /// - Throws: `OutputError` where something is in the staging area's way.
    init(_ folder: OutputFolder, files: Int) throws(OutputError) {
        self.folder = folder
        staging = try StagingArea(in: folder.path, files: files)
    }

    /// Files of earlier runs: those that the manifest lists, and those that a killed run had begun to add.
    var earlierFiles: [String] { (folder.manifest?.files ?? []) + staging.leftPlan }

    /// Writes what has changed into the staging area. `number` is the file's own; several threads may stage.
    func stage(_ path: String, _ bytes: [UInt8], isExecutable: Bool = false, number: Int) throws(OutputError)
        -> Change
    {
        let state = try folder.compare(path, with: bytes, alsoListed: staging.leftPlan)
        guard state == .missing || state == .changed else { return Change(path: path, staged: "", state: state) }
        let staged = try staging.place(number)
        try createFile(staged, bytes, isExecutable: isExecutable)
        return Change(path: path, staged: staged, state: state)
    }

    /// As `stage`, for the manifest, which has been read as dorc's own.
    func stageManifest(_ path: String, _ bytes: [UInt8]) throws(OutputError) -> Change {
        let current = try readFile("\(folder.path)/\(path)")
        if current == bytes { return Change(path: path, staged: "", state: .unchanged) }
        let staged = try staging.place("manifest")
        try createFile(staged, bytes)
        return Change(path: path, staged: staged, state: current == nil ? .missing : .changed)
    }

    /// Puts the changes into place, removes the stale files, and last puts the manifest into place, which lists what
    /// stands there then.
    func commit(_ changes: [Change], removing stale: [String], manifest: Change) throws(OutputError) {
        try staging.writePlan(changes.filter { $0.state == .missing }.map(\.path))
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
        staging.remove()
    }

    func abandon() {
        staging.abandon()
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
        for path in paths where Folders.isReal(path, below: folder.path) {
            var parts = path.split(separator: "/").dropLast()
            while !parts.isEmpty, rmdir("\(folder.path)/\(parts.joined(separator: "/"))") == 0 { parts.removeLast() }
        }
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
    let staging: StagingArea
    private var steps: [Step] = []
    private var known: Set<Substring> = []

    init(folder: String, staging: StagingArea) {
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
            guard Folders.kind(whole) == .folder else { throw .inTheWay(whole) }
        }
    }

    mutating func keep(_ path: String) throws(OutputError) {
        let backup = try staging.place("old-\(steps.count)")
        guard link("\(folder)/\(path)", backup) == 0 else {
            throw .system("keep a copy of", path: "\(folder)/\(path)", code: errno)
        }
        steps.append(.restore(path, from: backup))
    }

    mutating func created(_ path: String) { steps.append(.unlink(path)) }

    /// Only what can be a file of dorc's: a regular file, in real folders.
    mutating func remove(_ path: String) throws(OutputError) {
        guard Folders.isReal(path, below: folder), Folders.kind("\(folder)/\(path)") == .file else { return }
        let backup = try staging.place("old-\(steps.count)")
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
