/// The files below a folder that go into an image.
enum FileWalk {
    /// Folders inside one another; far above what a function has.
    private static let depthLimit = 64

    /// Paths sorted by their bytes, without what `.dockerignore` excludes and without Python's caches.
    static func files(
        below folder: String, in tree: any SourceTree, excluding ignore: DockerIgnore, _ diagnostics: inout Diagnostics
    ) -> [String] {
        var files: [String] = []
        collect(folder, tree, ignore, depth: 0, &files, &diagnostics)
        return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func collect(
        _ folder: String, _ tree: any SourceTree, _ ignore: DockerIgnore, depth: Int, _ files: inout [String],
        _ diagnostics: inout Diagnostics
    ) {
        let place = SourceFile(path: folder, bytes: []).wholeFile
        guard depth < depthLimit else {
            diagnostics.report(
                Diagnostic("folders-too-deep", at: place, "more than \(depthLimit) folders stand inside one another"))
            return
        }
        let entries: [SourceEntry]
        do {
            entries = try tree.entries(of: folder)
        } catch {
            diagnostics.report(.unreadable(error, at: place))
            return
        }
        for entry in entries where entry.name != "__pycache__" && !entry.name.hasSuffix(".pyc") {
            let path = folder + "/" + entry.name
            switch entry.kind {
            case .folder: collect(path, tree, ignore, depth: depth + 1, &files, &diagnostics)
            case .file where ignore.isEmpty || !ignore.excludes(path): files.append(path)
            case .file, .other: break
            case .badLink(let reason):
                if !ignore.excludes(path) { diagnostics.report(.badLink(path, reason: reason)) }
            }
        }
    }
}
