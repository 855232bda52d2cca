/// Writes a new file with all of the bytes; on failure no file remains.
///
/// With `isSynchronized` they are on the disk when this returns.
func createFile(
    _ path: String, _ bytes: some RandomAccessCollection<UInt8>, isExecutable: Bool = false,
    isSynchronized: Bool = false
) throws(OutputError) {
    let file = try attempt("create", path) { () throws(SystemError) in
        try OpenFile(path, .new, permissions: isExecutable ? 0o777 : 0o666)
    }
    do throws(SystemError) {
        try file.write(bytes)
        if isSynchronized { try file.synchronize() }
        try file.close()
    } catch {
        try? FileSystem.removeFile(path)
        throw .system("write", path: path, error)
    }
}

/// The names in a folder are on the disk when this returns.
func synchronize(_ folder: String) throws(OutputError) {
    let opened = try attempt("open", folder) { () throws(SystemError) in try OpenFile(folder, .folder) }
    do throws(SystemError) {
        try opened.synchronize()
    } catch {
        throw .system("write", path: folder, error)
    }
}

/// The bytes of a regular file; nil where there is none. Links are not followed.
func readFile(_ path: String) throws(OutputError) -> [UInt8]? {
    do throws(SystemError) {
        let file = try OpenFile(path, [.reading, .notThroughLink, .withoutWaiting])
        let status = try file.status()
        if status.kind == .file { return try file.bytes(size: status.size) }
    } catch {
        if error.isAbsence { return nil }
        if error != .link { throw .system("read", path: path, error) }
    }
    throw .noFile(path)
}

/// `action` completes "cannot ...".
func attempt<Value: ~Copyable>(
    _ action: String, _ path: String, _ body: () throws(SystemError) -> Value
) throws(OutputError) -> Value {
    do throws(SystemError) {
        return try body()
    } catch {
        throw .system(action, path: path, error)
    }
}

enum Folders {
    /// Makes a folder and those above it that are missing.
    ///
    /// - Returns: those that were made, outermost first.
    static func make(_ path: String) throws(OutputError) -> [String] {
        var made: [String] = []
        do throws(OutputError) {
            try make(path, &made)
        } catch {
            remove(made)
            throw error
        }
        return made
    }

    /// - Parameter hasParent: Whether the folder above was looked for already. A file system may refuse one with the same error as
    ///   though that were missing, as `/proc` does.
    private static func make(_ path: String, _ made: inout [String], hasParent: Bool = false) throws(OutputError) {
        guard !path.isEmpty else { return }
        do throws(SystemError) {
            try FileSystem.makeFolder(path)
            made.append(path)
            return
        } catch {
            switch error {
            case .exists:
                guard FileSystem.isFolder(path) else { throw .inTheWay(path) }
                return
            case .missing where !hasParent && path.dropFirst().contains("/"): break
            default: throw .system("create", path: path, error)
            }
        }
        try make(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), &made)
        try make(path, &made, hasParent: true)
    }

    /// Those that are empty; the others stay.
    static func remove(_ made: [String]) {
        for folder in made.reversed() { try? FileSystem.removeFolder(folder) }
    }

    /// Without slashes at the end.
    static func trimmed(_ path: String) -> String {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// What is at a path, links not followed; nil for nothing.
    static func kind(_ path: String) throws(OutputError) -> FileStatus.Kind? {
        do throws(SystemError) {
            return try FileSystem.status(path, followingLinks: false).kind
        } catch {
            if error.isAbsence { return nil }
            throw .system("look at", path: path, error)
        }
    }

    /// Whether a path below `root` leads through real folders only: a link could lead anywhere.
    static func isReal(_ relative: String, below root: String) throws(OutputError) -> Bool {
        var whole = root
        for part in relative.split(separator: "/").dropLast() {
            whole += "/" + part
            guard try kind(whole) == .folder else { return false }
        }
        return true
    }
}

/// Puts a file at a path, in one step: a reader sees the one before, or all of the new one. A link keeps leading to the file; what is
/// not a regular file, such as `/dev/stdout`, is written into.
func replaceFile(_ path: String, _ bytes: [UInt8]) throws(OutputError) {
    let target = (try? FileSystem.realPath(path)) ?? path
    if let kind = try? FileSystem.status(target).kind, kind != .file {
        guard kind != .folder else { throw .noFile(path) }
        let file = try attempt("open", path) { () throws(SystemError) in try OpenFile(target, .writing) }
        try attempt("write", path) { () throws(SystemError) in try file.write(bytes) }
        return
    }
    let staged = target + ".dorc-new"
    try? FileSystem.removeFile(staged)
    try createFile(staged, bytes)
    do throws(SystemError) {
        if let mode = try? FileSystem.status(target).permissions { try? FileSystem.setPermissions(staged, mode) }
        try FileSystem.move(staged, to: target)
    } catch {
        try? FileSystem.removeFile(staged)
        throw .system("write", path: path, error)
    }
}
