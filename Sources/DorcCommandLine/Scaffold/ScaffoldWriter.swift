import Glibc

/// Creates files below one folder: all of them, or none.
///
/// It never replaces a file and never goes through a symbolic link below `root`; folders on the way are made. The check
/// beforehand is for a complete message; the guarantee is `O_EXCL` and `O_NOFOLLOW` on every step.
struct ScaffoldWriter {
    /// Made, with the folders above it, where it does not exist.
    let root: String

    /// - Throws: `ScaffoldError`, after which nothing of this run is left on the disk.
    func write(_ files: [ScaffoldFile]) throws(ScaffoldError) {
        for file in files {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
                throw .outside(path: file.path, folder: root)
            }
        }
        try refuseExisting(files)
        let session = ScaffoldWriting(root: root)
        do throws(ScaffoldError) {
            for file in files { try session.create(file) }
        } catch {
            session.rollBack()
            throw error
        }
    }

    private func refuseExisting(_ files: [ScaffoldFile]) throws(ScaffoldError) {
        var existing: [String] = []
        for file in files {
            let parts = file.path.split(separator: "/")
            for count in 1...max(1, parts.count) {
                let path = parts.prefix(count).joined(separator: "/")
                guard let type = entryType(root + "/" + path) else { break }
                if count == parts.count {
                    existing.append(path)
                } else if type != S_IFDIR {
                    throw .notAFolder(path: root + "/" + path, isLink: type == S_IFLNK)
                }
            }
        }
        guard existing.isEmpty else { throw .existing(existing, folder: root) }
    }

    private func entryType(_ path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}

/// One run of the writer: the folders that it holds open, and what it made, to take back.
private final class ScaffoldWriting {
    /// Linux's `O_PATH`, which Swift's Glibc module leaves out: a folder need not be readable to be gone through.
    private let onlyAsPath: Int32 = 0o10_000_000
    private let root: String
    /// Descriptors of folders by their path below `root`; "" is `root`.
    private var folders: [String: Int32] = [:]
    private var made: [(folder: Int32, name: String, isFolder: Bool)] = []

    init(root: String) {
        self.root = root
    }

    deinit {
        for descriptor in folders.values { close(descriptor) }
    }

    func create(_ file: ScaffoldFile) throws(ScaffoldError) {
        let parts = file.path.split(separator: "/").map(String.init)
        guard let name = parts.last else { return }
        let folder = try folder(parts.dropLast())
        let shown = root + "/" + file.path
        let descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw .existing([file.path], folder: root) }
            throw failure("create", shown)
        }
        made.append((folder, name, false))
        do throws(ScaffoldError) {
            try fill(descriptor, with: file.contents, shown)
        } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw failure("write", shown) }
    }

    func rollBack() {
        for entry in made.reversed() {
            unlinkat(entry.folder, entry.name, entry.isFolder ? AT_REMOVEDIR : 0)
        }
        made = []
    }

    private func fill(_ descriptor: Int32, with contents: [UInt8], _ shown: String) throws(ScaffoldError) {
        var rest = contents[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw failure("write", shown)
            }
        }
    }

    /// Opens the folder of `parts` below `root`, making what is missing.
    private func folder(_ parts: ArraySlice<String>) throws(ScaffoldError) -> Int32 {
        let path = parts.joined(separator: "/")
        if let open = folders[path] { return open }
        guard let name = parts.last else {
            let descriptor = try openRoot()
            folders[""] = descriptor
            return descriptor
        }
        let descriptor = try enter(name, of: folder(parts.dropLast()), shown: root + "/" + path, followLinks: false)
        folders[path] = descriptor
        return descriptor
    }

    /// Goes down to `root` part by part. The user chose this path, so links on it are followed.
    private func openRoot() throws(ScaffoldError) -> Int32 {
        let start = root.hasPrefix("/") ? "/" : "."
        var current = open(start, onlyAsPath | O_DIRECTORY | O_CLOEXEC)
        guard current >= 0 else { throw failure("open", start) }
        for (index, name) in root.split(separator: "/").map(String.init).enumerated() {
            let next = try enter(name, of: current, shown: root, followLinks: true)
            // Kept open for taking back what was made in it; no path below the root starts with "/".
            folders["/\(index)"] = current
            current = next
        }
        return current
    }

    private func enter(
        _ name: String, of parent: Int32, shown: String, followLinks: Bool
    ) throws(ScaffoldError) -> Int32 {
        if mkdirat(parent, name, 0o777) == 0 {
            made.append((parent, name, true))
        } else if errno != EEXIST {
            throw failure("create the folder", shown)
        }
        let flags = onlyAsPath | O_DIRECTORY | O_CLOEXEC | (followLinks ? 0 : O_NOFOLLOW)
        let descriptor = openat(parent, name, flags)
        guard descriptor >= 0 else {
            let code = errno
            // With O_DIRECTORY, Linux says ENOTDIR of a link as well.
            guard code == ENOTDIR || code == ELOOP else { throw failure("open", shown) }
            var status = stat()
            let isLink = fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFLNK
            throw .notAFolder(path: shown, isLink: isLink)
        }
        return descriptor
    }

    private func failure(_ action: String, _ path: String) -> ScaffoldError {
        .system(action: action, path: path, reason: String(cString: strerror(errno)))
    }
}
