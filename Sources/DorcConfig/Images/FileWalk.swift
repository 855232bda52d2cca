internal import DorcText

/// What of a folder goes into an image: its files and links, without what `.dockerignore` excludes and without Python's
/// caches.
struct FileWalk {
    struct Found {
        /// Relative to the repository's root.
        var path: String
        /// For a symbolic link that leads to something in the folder: Docker copies it as it is.
        var linkText: String?
    }

    /// A symbolic link that leads out of the folder.
    struct OutwardLink {
        var path: String
        var target: String
    }

    let tree: any SourceTree
    let ignore: DockerIgnore

    private(set) var found: [Found] = []
    private(set) var outwardLinks: [OutwardLink] = []
    private(set) var folders: [String] = []

    /// Folders inside one another; far above what a function has.
    private static let depthLimit = 64

    /// - Parameters:
    ///   - root: A folder without symbolic links in its path, as BuildKit has it when it looks at `.dockerignore`.
    ///   - entries: What is in it.
    init(
        _ root: String, _ entries: [SourceEntry], tree: any SourceTree, ignore: DockerIgnore,
        into diagnostics: inout Diagnostics
    ) {
        self.tree = tree
        self.ignore = ignore
        collect(root, entries, ignore.folder(root), root: root, depth: 0, &diagnostics)
        found.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func collect(
        _ folder: String, _ entries: [SourceEntry], _ state: DockerIgnore.Folder, root: String, depth: Int,
        _ diagnostics: inout Diagnostics
    ) {
        guard !state.isSkipped else { return }
        guard depth < Self.depthLimit else {
            diagnostics.report(
                Diagnostic(
                    .foldersTooDeep, at: .whole(folder), "more than \(Self.depthLimit) folders are nested"))
            return
        }
        folders.append(folder)
        for entry in entries where entry.name != "__pycache__" && !entry.name.hasSuffix(".pyc") {
            let path = folder + "/" + entry.name
            if entry.kind == .folder, entry.link == nil {
                enter(path, ignore.folder(entry.name, in: state), root: root, depth: depth + 1, &diagnostics)
            } else if ignore.isEmpty || !ignore.excludes(entry.name, in: state) {
                add(path, entry, root: root, &diagnostics)
            }
        }
    }

    private mutating func enter(
        _ path: String, _ state: DockerIgnore.Folder, root: String, depth: Int, _ diagnostics: inout Diagnostics
    ) {
        guard !state.isSkipped else { return }
        do {
            let entries = try tree.entries(of: path)
            collect(path, entries, state, root: root, depth: depth, &diagnostics)
        } catch {
            // Docker goes past an excluded folder that it may not read.
            if !state.isExcluded { diagnostics.report(.unreadable(error, at: .whole(path))) }
        }
    }

    private mutating func add(_ path: String, _ entry: SourceEntry, root: String, _ diagnostics: inout Diagnostics) {
        switch (entry.kind, entry.link) {
        case (.badLink(let reason), _): diagnostics.report(.badLink(path, reason: reason))
        case (.special(let kind), _): diagnostics.report(.specialFile(path, kind))
        case (_, nil): found.append(Found(path: path))
        case (let kind, let link?):
            guard link.target.hasPrefix(root + "/"), Self.stays(link.text, at: path, in: root) else {
                outwardLinks.append(OutwardLink(path: path, target: link.target))
                return
            }
            let isMissing = kind == .folder ? ignore.folder(link.target).isSkipped : ignore.excludes(link.target)
            if isMissing {
                diagnostics.report(.badLink(path, reason: "leads to `\(link.target)`, which `.dockerignore` excludes"))
            }
            found.append(Found(path: path, linkText: link.text))
        }
    }

    /// Whether the text of a link, read as a path, names something in the folder: an absolute one names nothing in an
    /// image, wherever it leads on this machine.
    private static func stays(_ text: String, at path: String, in root: String) -> Bool {
        guard !text.hasPrefix("/") else { return false }
        var parts = path.split(separator: "/").dropLast()
        for part in text.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if parts.popLast() == nil {
                return false
            }
        }
        return (parts.joined(separator: "/") + "/").hasPrefix(root + "/")
    }
}

extension Diagnostic {
    static func specialFile(_ path: String, _ kind: SourceEntry.SpecialFile) -> Diagnostic {
        Diagnostic(
            .specialFile, at: .whole(path), "`\(path)` is \(kind.rawValue): it cannot go into an image",
            help: "remove it, or name it in `.dockerignore`")
    }
}
