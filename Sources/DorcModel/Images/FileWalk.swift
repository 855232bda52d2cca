/// The files below a folder that go into an image.
struct FileWalk {
    let tree: any SourceTree
    let ignore: DockerIgnore
    /// Docker copies a link as it is: what it leads to has to be copied too, so it has to stand in this folder. Nil where
    /// that is not asked for.
    var copiedFolder: String?

    /// Folders inside one another; far above what a function has.
    private static let depthLimit = 64

    /// Paths sorted by their bytes, without what `.dockerignore` excludes and without Python's caches. `entries` is what
    /// stands in the folder itself.
    func files(in folder: String, _ entries: [SourceEntry], _ diagnostics: inout Diagnostics) -> [String] {
        var files: [String] = []
        collect(folder, entries, depth: 0, &files, &diagnostics)
        return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func collect(
        _ folder: String, _ entries: [SourceEntry], depth: Int, _ files: inout [String],
        _ diagnostics: inout Diagnostics
    ) {
        let place = SourceRange.whole(folder)
        guard depth < Self.depthLimit else {
            diagnostics.report(
                Diagnostic(
                    "folders-too-deep", at: place, "more than \(Self.depthLimit) folders are nested"))
            return
        }
        for entry in entries where entry.name != "__pycache__" && !entry.name.hasSuffix(".pyc") {
            let path = folder + "/" + entry.name
            if let copiedFolder, let target = entry.linkTarget, !target.hasPrefix(copiedFolder + "/"),
                !ignore.excludes(path)
            {
                diagnostics.report(
                    .badLink(path, reason: "leads to `\(target)`, which is not copied into the image with it"))
            }
            switch entry.kind {
            case .folder:
                do {
                    collect(path, try tree.entries(of: path), depth: depth + 1, &files, &diagnostics)
                } catch {
                    diagnostics.report(.unreadable(error, at: place))
                }
            case .file where ignore.isEmpty || !ignore.excludes(path): files.append(path)
            case .file, .other: break
            case .badLink(let reason):
                if !ignore.excludes(path) { diagnostics.report(.badLink(path, reason: reason)) }
            }
        }
    }
}
