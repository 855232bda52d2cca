import DorcText

/// A config repository as it was at a revision.
struct RevisionTree: SourceTree {
    private enum Node {
        case file([UInt8], isExecutable: Bool)
        /// Its text.
        case link(String)
    }

    private var nodes: [String: Node] = [:]
    /// The names in each folder.
    private var names: [String: Set<String>] = ["": []]

    /// As Linux has it.
    private static let mostLinks = 40

    /// `files` are relative to `root`, which ends with a slash or is empty.
    init(_ files: [(file: RevisionFiles.File, bytes: [UInt8])], root: String) {
        for (file, bytes) in files where file.path.hasPrefix(root) {
            let path = String(file.path.dropFirst(root.count))
            nodes[path] =
                file.kind == .link
                ? .link(String(decoding: bytes, as: UTF8.self)) : .file(bytes, isExecutable: file.kind == .executable)
            var child = path[...]
            while true {
                let slash = child.lastIndex(of: "/")
                let parent = slash.map { child[..<$0] } ?? ""
                let name = slash.map { child[child.index(after: $0)...] } ?? child
                guard names[String(parent), default: []].insert(String(name)).inserted, !parent.isEmpty else { break }
                child = parent
            }
        }
    }

    func entries(of folder: String) throws(SourceTreeError) -> [SourceEntry] {
        guard let real = realPath(of: folder), let found = names[real] else {
            throw SourceTreeError(path: folder, reason: .missing)
        }
        return found.sorted().map { name in
            let path = real.isEmpty ? name : "\(real)/\(name)"
            guard case .link(let text)? = nodes[path] else { return SourceEntry(name: name, kind: kind(real: path)) }
            guard let target = realPath(of: path) else {
                return SourceEntry(name: name, kind: .badLink(reason: Self.leadsAway))
            }
            return SourceEntry(
                name: name, kind: kind(real: target), link: SourceEntry.Link(text: text, target: target))
        }
    }

    func content(of path: String, limit: Int) throws(SourceTreeError) -> SourceContent {
        guard let real = realPath(of: path), case .file(let bytes, let isExecutable)? = nodes[real] else {
            throw SourceTreeError(path: path, reason: .missing)
        }
        guard bytes.count <= limit else {
            throw SourceTreeError(path: path, reason: .tooLarge(bytes: bytes.count, limit: limit))
        }
        return SourceContent(bytes: bytes, isExecutable: isExecutable)
    }

    func kind(of path: String) throws(SourceTreeError) -> SourceEntry.Kind? {
        if let real = realPath(of: path) { return kind(real: real) }
        if case .link? = nodes[path] { return .badLink(reason: Self.leadsAway) }
        return nil
    }

    private static let leadsAway = "leads out of the config repository, or nowhere"

    private func kind(real path: String) -> SourceEntry.Kind { names[path] == nil ? .file : .folder }

    /// git keeps no permissions but one.
    func isOpenToAll(_ folder: String) -> Bool { true }

    func realPath(of path: String) -> String? {
        var rest = path.split(separator: "/").map(String.init).reversed() as [String]
        var real: [String] = []
        var links = 0
        while let part = rest.popLast() {
            if part == "." { continue }
            if part == ".." {
                guard real.popLast() != nil else { return nil }
                continue
            }
            let next = (real + [part]).joined(separator: "/")
            guard case .link(let text)? = nodes[next] else {
                real.append(part)
                continue
            }
            links += 1
            guard !text.hasPrefix("/"), links <= Self.mostLinks else { return nil }
            rest += text.split(separator: "/").map(String.init).reversed()
        }
        let found = real.joined(separator: "/")
        return names[found] != nil || nodes[found] != nil ? found : nil
    }
}
