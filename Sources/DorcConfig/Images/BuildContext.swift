internal import DorcText

/// What of the repository Docker gets to copy from: all that `.dockerignore` does not exclude.
struct BuildContext {
    let tree: any SourceTree
    let ignore: DockerIgnore

    /// Folders inside one another.
    private static let depthLimit = 64

    static func join(_ folder: String, _ name: some StringProtocol) -> String {
        folder.isEmpty ? String(name) : folder + "/" + name
    }

    /// The names in a path, without those that are empty.
    static func parts(of path: String) -> [Substring] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    }

    func isFolder(_ path: String) -> Bool { path.isEmpty || (try? tree.kind(of: path)) == .folder }

    func exists(_ path: String) -> Bool { ((try? tree.kind(of: path)) ?? nil) != nil }

    func entries(of folder: String) -> [SourceEntry] {
        ((try? tree.entries(of: folder)) ?? []).sorted { $0.name < $1.name }
    }

    /// Whether anything of a file or folder is in the context. Python's caches count as nothing.
    func sends(_ path: String, depth: Int = 0) -> Bool {
        guard !isCache(path) else { return false }
        guard isFolder(path) else { return exists(path) && !ignore.excludes(path) }
        guard depth < Self.depthLimit, !ignore.folder(path).isSkipped else { return false }
        return entries(of: path).contains { entry in
            let inside = Self.join(path, entry.name)
            return entry.kind == .folder && entry.link == nil
                ? sends(inside, depth: depth + 1) : !isCache(inside) && !ignore.excludes(inside)
        }
    }

    private func isCache(_ path: String) -> Bool { path.hasSuffix(".pyc") || path.hasSuffix("__pycache__") }

    /// The line of `.dockerignore` that keeps a path out, or all that is in it.
    func line(excluding path: String, depth: Int = 0) -> Int? {
        if let line = ignore.line(excluding: path) { return line }
        guard depth < Self.depthLimit, isFolder(path) else { return nil }
        for entry in entries(of: path) {
            let inside = Self.join(path, entry.name)
            if !isCache(inside), let line = line(excluding: inside, depth: depth + 1) { return line }
        }
        return nil
    }

    /// The paths that a path stands for, in which each part may be a pattern of Go's `filepath.Match`. The disk is asked
    /// only about patterns: not about `requirements.tx[t]`, which is a way to say that a file may be absent.
    func resolved(_ path: String) -> [String] {
        var found = [""]
        for part in Self.parts(of: path) {
            if let name = Self.literal(part) {
                found = found.map { Self.join($0, name) }
                continue
            }
            guard let pattern = try? DockerIgnorePattern(Array(part.unicodeScalars)) else { return [] }
            found = found.flatMap { folder in
                entries(of: folder).map(\.name).filter { name in
                    var candidate = DockerIgnorePattern.Candidate(name)
                    return pattern.matches(&candidate)
                }.map { Self.join(folder, $0) }
            }
        }
        return found
    }

    /// The only name that a pattern matches: brackets around one character are that character. Nil where there may be more.
    private static func literal(_ part: Substring) -> String? {
        guard part.utf8.contains(where: "[*?\\".utf8.contains) else { return String(part) }
        var result = String.UnicodeScalarView()
        var rest = Array(part.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "[":
                let inner = rest.prefix(2)
                guard inner.count == 2, inner.last == "]", let only = inner.first,
                    !"^]-\\".unicodeScalars.contains(only)
                else { return nil }
                result.append(only)
                rest = rest.dropFirst(2)
            case "*", "?", "\\": return nil
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
