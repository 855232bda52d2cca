import DorcText

/// The changes that a transaction has carried out in the output folder, and how each is taken back.
struct UndoLog {
    private enum Step {
        case unlink(String)
        case restore(String, from: String, wasRemoved: Bool)
        case removeFolder(String)
        case makeFolder(String, permissions: UInt16)
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
        let whole = "\(folder)/\(path)"
        try attempt("keep a copy of", whole) { () throws(SystemError) in try FileSystem.addName(whole, backup) }
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
        do throws(SystemError) {
            try FileSystem.move(whole, to: backup)
        } catch {
            if error.isAbsence { return false }
            throw .system("remove", path: whole, error)
        }
        steps.append(.restore(path, from: backup, wasRemoved: true))
        return true
    }

    /// - Returns: whether the folder is gone; false where it is not empty.
    mutating func removeFolder(_ path: String) throws(OutputError) -> Bool {
        let whole = "\(folder)/\(path)"
        let status = try? FileSystem.status(whole, followingLinks: false)
        do throws(SystemError) {
            try FileSystem.removeFolder(whole)
        } catch {
            switch error {
            case .missing: return true
            case .notEmpty, .exists, .notAFolder: return false
            default: throw .system("remove", path: whole, error)
            }
        }
        if let status { steps.append(.makeFolder(whole, permissions: status.permissions)) }
        return true
    }

    /// Takes all back, the last change first.
    ///
    /// - Returns: the changes that could not be taken back.
    func run() -> [OutputError.StuckChange] {
        var stuck: [OutputError.StuckChange] = []
        for step in steps.reversed() {
            do throws(SystemError) {
                try takeBack(step)
            } catch {
                switch step {
                case .unlink(let path) where error != .missing: stuck.append(.init(path: path, state: .new))
                case .restore(let path, _, let wasRemoved):
                    stuck.append(.init(path: path, state: wasRemoved ? .missing : .new))
                case .unlink, .removeFolder, .makeFolder: break
                }
            }
        }
        return stuck.sorted { $0.path < $1.path }
    }

    private func takeBack(_ step: Step) throws(SystemError) {
        switch step {
        case .unlink(let path): try FileSystem.removeFile("\(folder)/\(path)")
        case .restore(let path, let backup, _): try FileSystem.move(backup, to: "\(folder)/\(path)")
        case .removeFolder(let whole): try FileSystem.removeFolder(whole)
        case .makeFolder(let whole, let permissions):
            try FileSystem.makeFolder(whole, permissions: permissions)
            try FileSystem.setPermissions(whole, permissions)
        }
    }

    /// A link inside the output folder could lead anywhere: only real folders will do.
    private mutating func makeFolders(of path: String) throws(OutputError) {
        guard let end = path.utf8.lastIndex(of: UInt8(ascii: "/")), known.insert(path[..<end]).inserted else { return }
        var whole = folder
        for part in path[..<end].split(separator: "/") {
            whole += "/" + part
            do throws(SystemError) {
                try FileSystem.makeFolder(whole)
                steps.append(.removeFolder(whole))
            } catch {
                guard error == .exists else { throw .system("create", path: whole, error) }
                guard try Folders.kind(whole) == .folder else { throw .inTheWay(whole) }
            }
        }
    }

    private func backup() throws(OutputError) -> String { try staging.place("old-\(steps.count)") }

    private func move(_ staged: String, to path: String) throws(OutputError) {
        let whole = String(joining: folder, "/", path)
        try attempt("replace", whole) { () throws(SystemError) in try FileSystem.move(staged, to: whole) }
    }
}
