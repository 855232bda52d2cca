import DorcText

/// Files that are to be written, over a folder as it is: what it will be.
struct LayeredTree: SourceTree {
    let upper: MemoryTree
    /// Nil where there is no such folder yet.
    let lower: DiskTree?

    func entries(of folder: String) throws(SourceTreeError) -> [SourceEntry] {
        let above = isFolderAbove(folder) ? try upper.entries(of: folder) : []
        var below: [SourceEntry] = []
        if let lower, case .folder? = try lower.kind(of: folder) { below = try lower.entries(of: folder) }
        let names = Set(above.map(\.name))
        let entries = above + below.filter { !names.contains($0.name) }
        if entries.isEmpty && !folder.isEmpty { throw SourceTreeError(path: folder, reason: .missing) }
        return entries
    }

    func content(of path: String, limit: Int) throws(SourceTreeError) -> SourceContent {
        guard let lower, upper.files[path] == nil else { return try upper.content(of: path, limit: limit) }
        return try lower.content(of: path, limit: limit)
    }

    func kind(of path: String) throws(SourceTreeError) -> SourceEntry.Kind? {
        if !path.isEmpty, let kind = try upper.kind(of: path) { return kind }
        return try lower?.kind(of: path) ?? (path.isEmpty ? .folder : nil)
    }

    func realPath(of path: String) -> String? {
        if let lower, upper.files[path] == nil, !isFolderAbove(path) { return lower.realPath(of: path) }
        return upper.realPath(of: path)
    }

    func isOpenToAll(_ folder: String) -> Bool { lower?.isOpenToAll(folder) ?? true }

    private func isFolderAbove(_ path: String) -> Bool {
        path.isEmpty ? !upper.files.isEmpty : upper.files.keys.contains { $0.hasPrefix(path + "/") }
    }
}
