import DorcText
import Glibc

/// A config repository on disk. Symbolic links are followed as long as they stay inside it.
///
/// Folders that `entries(of:)` has given, and paths that `kind(of:)` has approved, are known to stand inside; `read`
/// looks at the last part of a path only.
final class DiskTree: SourceTree {
    private let descriptor: Int32
    /// Without links, without a slash at the end.
    private let realRoot: String

    init(root: String) throws(SourceTreeError) {
        guard let real = Self.realPath(root) else { throw Self.error("", errno) }
        realRoot = real
        descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { throw Self.error("", errno) }
    }

    deinit {
        close(descriptor)
    }

    func entries(of folder: String) throws(SourceTreeError) -> [SourceEntry] {
        let handle = openat(descriptor, folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw Self.error(folder, errno) }
        guard let directory = fdopendir(handle) else {
            let code = errno
            close(handle)
            throw Self.error(folder, code)
        }
        defer { closedir(directory) }
        var entries: [SourceEntry] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else {
                if errno != 0 { throw Self.error(folder, errno) }
                return entries
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            let kind: SourceEntry.Kind =
                switch Int32(entry.pointee.d_type) {
                case Int32(DT_REG): .file
                case Int32(DT_DIR): .folder
                case Int32(DT_LNK): linkKind(path)
                case Int32(DT_FIFO): .special(.pipe)
                case Int32(DT_SOCK): .special(.socket)
                case Int32(DT_CHR), Int32(DT_BLK): .special(.device)
                case Int32(DT_UNKNOWN): try self.kind(of: path) ?? .special(.unknown)
                default: .special(.unknown)
                }
            let isLink = [Int32(DT_LNK), Int32(DT_UNKNOWN)].contains(Int32(entry.pointee.d_type))
            entries.append(SourceEntry(name: name, kind: kind, link: isLink ? link(at: path) : nil))
        }
    }

    func kind(of path: String) throws(SourceTreeError) -> SourceEntry.Kind? {
        var status = stat()
        guard fstatat(descriptor, path.isEmpty ? "." : path, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw Self.error(path, errno)
        }
        if status.st_mode & S_IFMT == S_IFLNK { return linkKind(path) }
        // A link may stand further up in the path.
        if path.contains("/"), let real = Self.realPath("\(realRoot)/\(path)"), !isInside(real) {
            return .badLink(reason: "leads out of the config repository")
        }
        return Self.kind(of: status)
    }

    func content(of path: String, limit: Int) throws(SourceTreeError) -> SourceContent {
        var handle = openat(descriptor, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if handle < 0, errno == ELOOP {
            if case .badLink(let reason) = linkKind(path) {
                throw SourceTreeError(path: path, reason: .system("the symbolic link \(reason)"))
            }
            handle = openat(descriptor, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        }
        guard handle >= 0 else { throw Self.error(path, errno) }
        defer { close(handle) }
        var status = stat()
        guard fstat(handle, &status) == 0 else { throw Self.error(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SourceTreeError(path: path, reason: .notAFile(Self.name(of: Self.kind(of: status))))
        }
        let size = Int(status.st_size)
        guard size <= limit else { throw SourceTreeError(path: path, reason: .tooLarge(bytes: size, limit: limit)) }
        return SourceContent(
            bytes: try Self.readAll(handle, size: size, limit: limit, path),
            isExecutable: status.st_mode & S_IXUSR != 0, isOpenToAll: status.st_mode & S_IROTH != 0)
    }

    func isOpenToAll(_ folder: String) -> Bool {
        var status = stat()
        guard fstatat(descriptor, folder.isEmpty ? "." : folder, &status, 0) == 0 else { return true }
        return status.st_mode & (S_IROTH | S_IXOTH) == S_IROTH | S_IXOTH
    }

    func realPath(of path: String) -> String? { Self.realPath("\(realRoot)/\(path)").flatMap(relative) }

    /// Where a path of the file system's is in the repository; nil for one outside. What does not exist yet is placed by
    /// the nearest folder above it that does.
    func position(ofOutside path: String) -> String? {
        var existing = path.hasPrefix("/") ? path : "./" + path
        var missing: [Substring] = []
        while true {
            if let real = Self.realPath(existing) {
                let whole = ([real == "/" ? "" : real] + missing.reversed().map(String.init)).joined(separator: "/")
                return relative(whole)
            }
            guard let slash = existing.lastIndex(of: "/"), slash != existing.startIndex else { return nil }
            let name = existing[existing.index(after: slash)...]
            if !name.isEmpty { missing.append(name) }
            existing = String(existing[..<slash])
        }
    }

    private func relative(_ real: String) -> String? {
        if real == realRoot { return "" }
        let prefix = realRoot == "/" ? "/" : realRoot + "/"
        return real.hasPrefix(prefix) ? String(real.dropFirst(prefix.count)) : nil
    }

    /// The file may grow while it is read.
    private static func readAll(
        _ handle: Int32, size: Int, limit: Int, _ path: String
    ) throws(SourceTreeError) -> [UInt8] {
        var failure: Int32 = 0
        var bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while count < buffer.count {
                let got = Glibc.read(handle, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                count += got
            }
        }
        if failure != 0 { throw error(path, failure) }
        while bytes.count > size {
            guard bytes.count <= limit else {
                throw SourceTreeError(path: path, reason: .tooLarge(bytes: bytes.count, limit: limit))
            }
            var more = [UInt8](repeating: 0, count: 1 << 16)
            let got = Glibc.read(handle, &more, more.count)
            if got < 0 && errno == EINTR { continue }
            if got < 0 { throw error(path, errno) }
            if got == 0 { break }
            bytes += more[..<got]
        }
        return bytes
    }

    private func linkKind(_ path: String) -> SourceEntry.Kind {
        let whole = "\(realRoot)/\(path)"
        guard let real = Self.realPath(whole) else {
            return .badLink(reason: errno == ELOOP ? "leads into a cycle of links" : "leads nowhere")
        }
        guard isInside(real) else { return .badLink(reason: "leads out of the config repository") }
        var status = stat()
        guard stat(real, &status) == 0 else { return .badLink(reason: "leads nowhere") }
        let kind = Self.kind(of: status)
        if kind == .folder, whole == real || whole.hasPrefix(real + "/") || real == realRoot {
            return .badLink(reason: "leads into a folder that contains it")
        }
        return kind
    }

    private func link(at path: String) -> SourceEntry.Link? {
        guard let target = realPath(of: path) else { return nil }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlinkat(descriptor, path, &buffer, buffer.count)
        guard count >= 0 else { return nil }
        let text = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return SourceEntry.Link(text: text, target: target)
    }

    private func isInside(_ real: String) -> Bool { real == realRoot || real.hasPrefix(realRoot + "/") }

    private static func kind(of status: stat) -> SourceEntry.Kind {
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFIFO: .special(.pipe)
        case S_IFSOCK: .special(.socket)
        case S_IFCHR, S_IFBLK: .special(.device)
        default: .special(.unknown)
        }
    }

    private static func name(of kind: SourceEntry.Kind) -> String {
        switch kind {
        case .folder: "a folder"
        case .special(let special): special.rawValue
        case .file, .badLink: SourceEntry.SpecialFile.unknown.rawValue
        }
    }

    private static func realPath(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    private static func error(_ path: String, _ code: Int32) -> SourceTreeError {
        code == ENOENT || code == ENOTDIR
            ? SourceTreeError(path: path, reason: .missing)
            : SourceTreeError(path: path, reason: .system(String(cString: strerror(code))))
    }
}
