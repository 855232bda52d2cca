import Glibc

enum Folders {
    /// Makes a folder and those above it that are missing.
    ///
    /// - Returns: those that were made, outermost first.
    static func make(_ path: String) throws(OutputError) -> [String] {
        var made: [String] = []
        do {
            try make(path, &made)
        } catch {
            remove(made)
            throw error
        }
        return made
    }

    private static func make(_ path: String, _ made: inout [String]) throws(OutputError) {
        if path.isEmpty || mkdir(path, 0o777) == 0 {
            if !path.isEmpty { made.append(path) }
            return
        }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .inTheWay(path) }
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
                throw .system("create", path: path, code: ENOENT)
            }
            try make(String(path[..<slash]), &made)
            try make(path, &made)
        default: throw .system("create", path: path, code: errno)
        }
    }

    /// Those that are empty; the others stay.
    static func remove(_ made: [String]) {
        for folder in made.reversed() { rmdir(folder) }
    }

    /// Without slashes at the end.
    static func trimmed(_ path: String) -> String {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    enum Kind: Equatable {
        case folder, file, other
    }

    /// What is at a path, links not followed; nil for nothing.
    static func kind(_ path: String) throws(OutputError) -> Kind? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .system("look at", path: path, code: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG: return .file
        default: return .other
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

    /// The names in a folder; none where there is no folder.
    static func names(_ path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
