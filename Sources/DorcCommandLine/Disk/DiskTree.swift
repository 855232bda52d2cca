import DorcText

/// A config repository on disk. Symbolic links are followed as long as they stay inside it.
///
/// Folders that `entries(of:)` has given, and paths that `kind(of:)` has approved, are known to be inside; `content` looks
/// at the last part of a path only.
final class DiskTree: SourceTree {
    private let root: OpenFile
    /// Without links, without a slash at the end.
    private let realRoot: String

    init(root: String) throws(SourceTreeError) {
        do throws(SystemError) {
            realRoot = try FileSystem.realPath(root)
            self.root = try OpenFile(root, .folder)
        } catch {
            throw Self.error("", error)
        }
    }

    func entries(of folder: String) throws(SourceTreeError) -> [SourceEntry] {
        let found: [FolderEntry]
        do throws(SystemError) {
            found = try OpenFile(folder.isEmpty ? "." : folder, in: root, .folder).entries()
        } catch {
            throw Self.error(folder, error)
        }
        var entries: [SourceEntry] = []
        entries.reserveCapacity(found.count)
        for entry in found {
            if let kind = entry.kind, kind != .link {
                entries.append(SourceEntry(name: entry.name, kind: Self.kind(kind), link: nil))
            } else {
                let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
                let kind = entry.kind == .link ? linkKind(path) : try kind(of: path) ?? .special(.unknown)
                entries.append(SourceEntry(name: entry.name, kind: kind, link: link(at: path)))
            }
        }
        return entries
    }

    func kind(of path: String) throws(SourceTreeError) -> SourceEntry.Kind? {
        let status: FileStatus
        do throws(SystemError) {
            status = try root.status(of: path.isEmpty ? "." : path, followingLinks: false)
        } catch {
            if error.isAbsence { return nil }
            throw Self.error(path, error)
        }
        if status.kind == .link { return linkKind(path) }
        // A part of the path before the last may be a link.
        if path.contains("/"), let real = try? FileSystem.realPath("\(realRoot)/\(path)"), !isInside(real) {
            return .badLink(reason: "leads out of the config repository")
        }
        return Self.kind(status.kind)
    }

    func content(of path: String, limit: Int) throws(SourceTreeError) -> SourceContent {
        let file = try open(path)
        let (status, bytes): (FileStatus, [UInt8]?)
        do throws(SystemError) {
            status = try file.status()
            let isRead = status.kind == .file && status.size <= limit
            bytes = isRead ? try file.bytes(size: status.size, limit: limit) : nil
        } catch {
            throw Self.error(path, error)
        }
        guard status.kind == .file else {
            throw SourceTreeError(path: path, reason: .notAFile(Self.name(of: Self.kind(status.kind))))
        }
        guard let bytes else {
            throw SourceTreeError(path: path, reason: .tooLarge(bytes: max(status.size, limit + 1), limit: limit))
        }
        return SourceContent(bytes: bytes, isExecutable: status.isExecutable, isOpenToAll: status.isReadableByAll)
    }

    func isOpenToAll(_ folder: String) -> Bool {
        (try? root.status(of: folder.isEmpty ? "." : folder, followingLinks: true))?.isOpenToAll ?? true
    }

    func realPath(of path: String) -> String? {
        (try? FileSystem.realPath("\(realRoot)/\(path)")).flatMap(relative)
    }

    /// Where a path of the file system's is in the repository; nil for one outside. What does not exist yet is placed by
    /// the nearest folder above it that does.
    func position(ofOutside path: String) -> String? {
        var existing = path.hasPrefix("/") ? path : "./" + path
        var missing: [Substring] = []
        while true {
            if let real = try? FileSystem.realPath(existing) {
                var whole = real == "/" && !missing.isEmpty ? "" : real
                for name in missing.reversed() { whole += "/" + name }
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

    private func open(_ path: String) throws(SourceTreeError) -> OpenFile {
        do throws(SystemError) {
            return try OpenFile(path, in: root, [.reading, .withoutWaiting, .notThroughLink])
        } catch {
            guard error == .link else { throw Self.error(path, error) }
        }
        if case .badLink(let reason) = linkKind(path) {
            throw SourceTreeError(path: path, reason: .system("the symbolic link \(reason)"))
        }
        do throws(SystemError) {
            return try OpenFile(path, in: root, [.reading, .withoutWaiting])
        } catch {
            throw Self.error(path, error)
        }
    }

    private func linkKind(_ path: String) -> SourceEntry.Kind {
        let whole = "\(realRoot)/\(path)"
        let real: String
        do throws(SystemError) {
            real = try FileSystem.realPath(whole)
        } catch {
            return .badLink(reason: error == .link ? "leads into a cycle of links" : "leads nowhere")
        }
        guard isInside(real) else { return .badLink(reason: "leads out of the config repository") }
        guard let kind = try? FileSystem.status(real).kind else { return .badLink(reason: "leads nowhere") }
        if kind == .folder, whole == real || whole.hasPrefix(real + "/") || real == realRoot {
            return .badLink(reason: "leads into a folder that contains it")
        }
        return Self.kind(kind)
    }

    private func link(at path: String) -> SourceEntry.Link? {
        guard let target = realPath(of: path), let text = try? root.linkText(of: path) else { return nil }
        return SourceEntry.Link(text: text, target: target)
    }

    private func isInside(_ real: String) -> Bool { real == realRoot || real.hasPrefix(realRoot + "/") }

    private static func kind(_ kind: FileStatus.Kind) -> SourceEntry.Kind {
        switch kind {
        case .file: .file
        case .folder: .folder
        case .pipe: .special(.pipe)
        case .socket: .special(.socket)
        case .device: .special(.device)
        case .link, .unknown: .special(.unknown)
        }
    }

    private static func name(of kind: SourceEntry.Kind) -> String {
        switch kind {
        case .folder: "a folder"
        case .special(let special): special.rawValue
        case .file, .badLink: SourceEntry.SpecialFile.unknown.rawValue
        }
    }

    private static func error(_ path: String, _ error: SystemError) -> SourceTreeError {
        SourceTreeError(path: path, reason: error.isAbsence ? .missing : .system(error.message))
    }
}
