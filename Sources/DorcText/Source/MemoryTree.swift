/// A config repository in memory: tests write tiny ones.
package struct MemoryTree: SourceTree {
    package var files: [String: [UInt8]]
    /// Paths that are answered with an error of the operating system's, as an unreadable file is.
    package var unreadable: [String: String] = [:]
    package var executable: Set<String> = []
    package var badLinks: [String: String] = [:]
    package var special: [String: SourceEntry.SpecialFile] = [:]
    /// Files and folders that only their owner may read.
    package var closed: Set<String> = []

    /// Folders list their entries from Z to A.
    package var isReversed = false

    package init(_ files: [String: String]) {
        self.files = files.mapValues { Array($0.utf8) }
    }

    package func entries(of folder: String) throws(SourceTreeError) -> [SourceEntry] {
        if let message = unreadable[folder] { throw SourceTreeError(path: folder, reason: .system(message)) }
        let prefix = folder.isEmpty ? "" : folder + "/"
        var kinds: [String: SourceEntry.Kind] = [:]
        for path in files.keys where path.hasPrefix(prefix) {
            let rest = path.dropFirst(prefix.count)
            if let slash = rest.firstIndex(of: "/") {
                kinds[String(rest[..<slash])] = .folder
            } else {
                kinds[String(rest)] = .file
            }
        }
        for (path, reason) in badLinks where path.hasPrefix(prefix) {
            let rest = path.dropFirst(prefix.count)
            if !rest.contains("/") { kinds[String(rest)] = .badLink(reason: reason) }
        }
        for (path, kind) in special where path.hasPrefix(prefix) {
            let rest = path.dropFirst(prefix.count)
            if !rest.contains("/") { kinds[String(rest)] = .special(kind) }
        }
        if kinds.isEmpty && !folder.isEmpty { throw SourceTreeError(path: folder, reason: .missing) }
        return kinds.sorted { ($0.key < $1.key) != isReversed }.map { SourceEntry(name: $0.key, kind: $0.value) }
    }

    package func content(of path: String, limit: Int) throws(SourceTreeError) -> SourceContent {
        if let message = unreadable[path] { throw SourceTreeError(path: path, reason: .system(message)) }
        guard let bytes = files[path] else { throw SourceTreeError(path: path, reason: .missing) }
        guard bytes.count <= limit else {
            throw SourceTreeError(path: path, reason: .tooLarge(bytes: bytes.count, limit: limit))
        }
        return SourceContent(bytes: bytes, isExecutable: executable.contains(path), isOpenToAll: !closed.contains(path))
    }

    package func kind(of path: String) throws(SourceTreeError) -> SourceEntry.Kind? {
        if path.isEmpty || files.keys.contains(where: { $0.hasPrefix(path + "/") }) { return .folder }
        if let reason = badLinks[path] { return .badLink(reason: reason) }
        if let kind = special[path] { return .special(kind) }
        return files[path] == nil ? nil : .file
    }

    package func realPath(of path: String) -> String? { path }

    package func isOpenToAll(_ folder: String) -> Bool { !closed.contains(folder) }
}
