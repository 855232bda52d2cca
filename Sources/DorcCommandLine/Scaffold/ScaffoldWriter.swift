/// Creates files below one folder: all of them, or none.
///
/// It never replaces a file and never goes through a symbolic link below `root`; folders on the way are made. The check
/// beforehand is for a complete message; the guarantee is that every step fails where something is there already, or a
/// link.
struct ScaffoldWriter {
    /// Made, with the folders above it, where it does not exist.
    let root: String

    /// - Throws: `ScaffoldError`, after which nothing of this run is left on the disk.
    func write(_ files: [ScaffoldFile]) throws(ScaffoldError) {
        try check(files)
        let session = ScaffoldWriting(root: root)
        do throws(ScaffoldError) {
            for file in files { try session.create(file) }
        } catch {
            session.rollBack()
            throw error
        }
    }

    /// Whether all of them can be created, as far as that can be told beforehand.
    func check(_ files: [ScaffoldFile]) throws(ScaffoldError) {
        for file in files {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
                throw .outside(path: file.path, folder: root)
            }
        }
        try refuseExisting(files)
    }

    private func refuseExisting(_ files: [ScaffoldFile]) throws(ScaffoldError) {
        var existing: [String] = []
        for file in files {
            let parts = file.path.split(separator: "/")
            for count in 1...max(1, parts.count) {
                let path = parts.prefix(count).joined(separator: "/")
                let whole = root + "/" + path
                guard let kind = try? FileSystem.status(whole, followingLinks: false).kind else { break }
                if count == parts.count {
                    existing.append(path)
                } else if kind != .folder {
                    throw .notAFolder(path: whole, isLink: kind == .link)
                }
            }
        }
        guard existing.isEmpty else { throw .existing(existing, folder: root) }
    }
}

/// One run of the writer: the folders that it holds open, and what it made, to take back.
private final class ScaffoldWriting {
    private final class Folder {
        let file: OpenFile

        init(_ file: consuming OpenFile) {
            self.file = file
        }
    }

    private let root: String
    /// By their path below `root`; "" is `root`.
    private var folders: [String: Folder] = [:]
    private var made: [(folder: Folder, name: String, isFolder: Bool)] = []

    init(root: String) {
        self.root = root
    }

    func create(_ file: ScaffoldFile) throws(ScaffoldError) {
        let parts = file.path.split(separator: "/").map(String.init)
        guard let name = parts.last else { throw .outside(path: file.path, folder: root) }
        let folder = try folder(parts.dropLast())
        let opened: OpenFile
        do throws(SystemError) {
            opened = try OpenFile(
                name, in: folder.file, .new, permissions: file.isExecutable ? 0o777 : 0o666)
        } catch {
            if error == .exists { throw .existing([file.path], folder: root) }
            throw .system(action: "create", path: root + "/" + file.path, error)
        }
        made.append((folder, name, false))
        do throws(SystemError) {
            try opened.write(file.contents)
            try opened.close()
        } catch {
            throw .system(action: "write", path: root + "/" + file.path, error)
        }
    }

    func rollBack() {
        for entry in made.reversed() {
            try? entry.folder.file.remove(entry.name, isFolder: entry.isFolder)
        }
        made = []
    }

    /// Opens the folder of `parts` below `root`, making what is missing.
    private func folder(_ parts: ArraySlice<String>) throws(ScaffoldError) -> Folder {
        let path = parts.joined(separator: "/")
        if let open = folders[path] { return open }
        let folder: Folder
        if let name = parts.last {
            folder = try enter(
                name, of: self.folder(parts.dropLast()), shown: root + "/" + path, [.folderOnTheWay, .notThroughLink])
        } else {
            folder = try openRoot()
        }
        folders[path] = folder
        return folder
    }

    /// Goes down to `root` part by part. The user chose this path, so links on it are followed.
    private func openRoot() throws(ScaffoldError) -> Folder {
        let start = root.hasPrefix("/") ? "/" : "."
        var current: Folder
        do throws(SystemError) {
            current = Folder(try OpenFile(start, .folderOnTheWay))
        } catch {
            throw .system(action: "open", path: start, error)
        }
        for name in root.split(separator: "/").map(String.init) {
            current = try enter(name, of: current, shown: root, .folderOnTheWay)
        }
        return current
    }

    private func enter(
        _ name: String, of parent: Folder, shown: String, _ mode: OpenFile.Mode
    ) throws(ScaffoldError) -> Folder {
        do throws(SystemError) {
            try parent.file.makeFolder(name)
            made.append((parent, name, true))
        } catch {
            if error != .exists { throw .system(action: "create the folder", path: shown, error) }
        }
        do throws(SystemError) {
            return Folder(try OpenFile(name, in: parent.file, mode))
        } catch {
            // Of a link, some systems say that it is not a folder.
            guard error == .notAFolder || error == .link else {
                throw .system(action: "open", path: shown, error)
            }
            let kind = try? parent.file.status(of: name, followingLinks: false).kind
            throw .notAFolder(path: shown, isLink: kind == .link)
        }
    }
}
