import DorcText

/// What is in a repository of the original: which files are read, and which are only taken along.
struct OriginalRepository {
    let tree: any SourceTree
    /// All files but those of tools, by path.
    private(set) var paths: [String] = []
    /// Of files that define something, and of folders.
    private(set) var mistakes: [ImportMistake] = []
    /// Other files that cannot be copied.
    private(set) var broken: [Broken] = []

    struct Broken {
        var path: String
        var words: String
    }

    /// Folders that are not read.
    private(set) var skipped: [String] = []

    /// Those that hold nothing of the repository's own.
    private static let ofTools: Set<String> = ["__pycache__", "node_modules", ".git"]
    /// What is in a virtual environment (PEP 405), and in a cache (https://bford.info/cachedir/), whatever its folder is called.
    private static let marks: Set<String> = ["pyvenv.cfg", "CACHEDIR.TAG"]
    private static let mostFiles = 50_000
    private static let deepest = 40
    private static let largestText = 1 << 20

    init(tree: any SourceTree) {
        self.tree = tree
        walk("", depth: 0, isFunction: false)
        paths.sort()
        let definitions = Set(definitions(of: broken.map(\.path)))
        for entry in broken where definitions.contains(entry.path) || Self.isSettings(Self.name(entry.path)) {
            mistakes.append(ImportMistake(at: .whole(entry.path), entry.words))
        }
        broken.removeAll { entry in mistakes.contains { $0.range.path == entry.path } }
    }

    /// `Pulumi.yaml` and `Pulumi.<stack>.yaml`.
    static func isSettings(_ name: String) -> Bool {
        name.hasPrefix("Pulumi.") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
    }

    /// - Parameter isFunction: whether it is in the folder of a function, of which everything is copied.
    private mutating func walk(_ folder: String, depth: Int, isFunction: Bool) {
        guard depth < Self.deepest, paths.count < Self.mostFiles else {
            mistakes.append(ImportMistake(at: .whole(folder), "the folder has too many files, or too deep ones"))
            return
        }
        let entries: [SourceEntry]
        do {
            entries = try tree.entries(of: folder).sorted { $0.name < $1.name }
        } catch {
            mistakes.append(ImportMistake(at: .whole(folder), "the folder cannot be read"))
            return
        }
        let names = Set(entries.map(\.name))
        let isFunction = isFunction || !folder.isEmpty && names.contains("lambda.py")
        if !isFunction, !names.isDisjoint(with: Self.marks) { return skipped.append(folder) }
        for entry in entries {
            let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
            switch entry.kind {
            case .file:
                if !entry.name.hasSuffix(".pyc"), entry.name != ".DS_Store" { paths.append(path) }
            case .folder:
                if Self.ofTools.contains(entry.name) {
                    skipped.append(path)
                } else {
                    walk(path, depth: depth + 1, isFunction: isFunction)
                }
            case .badLink(let reason): broken.append(Broken(path: path, words: "the symbolic link \(reason)"))
            case .special(let kind): broken.append(Broken(path: path, words: "it is \(kind.rawValue)"))
            }
        }
    }

    func has(_ path: String) -> Bool {
        var (low, high) = (0, paths.count)
        while low < high {
            let middle = (low + high) / 2
            if paths[middle] < path { low = middle + 1 } else { high = middle }
        }
        return low < paths.count && paths[low] == path
    }

    /// All files below a folder.
    func files(in folder: String) -> [String] {
        folder.isEmpty ? paths : paths.filter { $0.hasPrefix(folder + "/") }
    }

    /// The names of a folder's own folders that have a `lambda.py`.
    func functions(in folder: String) -> [String] {
        files(in: folder).compactMap { path in
            let parts = Self.path(path, below: folder).split(separator: "/")
            return parts.count == 2 && parts[1] == "lambda.py" ? String(parts[0]) : nil
        }
    }

    /// Python files that can be part of a definition: handlers and what is beside them are code that runs in a Lambda.
    var definitions: [String] { definitions(of: paths) }

    private func definitions(of candidates: [String]) -> [String] {
        let handlers = Set(paths.filter { $0.hasSuffix("/lambda.py") }.map(Self.folder))
        return candidates.filter { path in
            guard path.hasSuffix(".py"), path != "lambda.py" else { return false }
            var folder = Self.folder(path)
            while !folder.isEmpty {
                if handlers.contains(folder) { return false }
                folder = Self.folder(folder)
            }
            return true
        }
    }

    mutating func read(_ path: String) -> SourceFile? {
        do {
            return SourceFile(path: path, bytes: try tree.read(path, limit: Self.largestText))
        } catch {
            mistakes.append(ImportMistake(at: .whole(path), "the file cannot be read, or has more than 1 MiB"))
            return nil
        }
    }

    static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// The rest of a path that begins with a folder's.
    static func path(_ path: String, below folder: String) -> Substring {
        guard !folder.isEmpty else { return path[...] }
        let start = path.utf8.index(path.startIndex, offsetBy: folder.utf8.count + 1, limitedBy: path.endIndex)
        return path[(start ?? path.endIndex)...]
    }

    static func name(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}
