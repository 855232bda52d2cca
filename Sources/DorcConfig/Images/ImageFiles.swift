internal import DorcText

/// Adds the files of folders to the hash of an image.
struct ImageFiles {
    let tree: any SourceTree
    let ignore: DockerIgnore
    /// Whether the executable bit of a file reaches the image.
    let keepsModes: Bool
    /// Whether it matters who may read a file.
    let looksAtModes: Bool

    /// The bytes of the function's `lambda.py`.
    private(set) var code: [UInt8]?
    /// Files and folders that not every user may read.
    private(set) var closed: [String] = []

    init(tree: any SourceTree, ignore: DockerIgnore, keepsModes: Bool, looksAtModes: Bool) {
        self.tree = tree
        self.ignore = ignore
        self.keepsModes = keepsModes
        self.looksAtModes = looksAtModes
    }

    /// A function's folder. Docker copies a link as it is, so what it leads to has to stand in the folder too.
    mutating func add(_ folder: FunctionFolder, into hash: inout ImageHash, _ diagnostics: inout Diagnostics) {
        let walk = FileWalk(folder.realPath, folder.entries, tree: tree, ignore: ignore, into: &diagnostics)
        for link in walk.outwardLinks {
            diagnostics.report(
                .badLink(link.path, reason: "leads to `\(link.target)`, which is not copied into the image with it"))
        }
        add(walk, into: &hash, &diagnostics) { String($0.utf8.dropFirst(folder.realPath.utf8.count + 1)) ?? $0 }
    }

    /// A path in `images.include`, whose real path is `root`, and what links in it lead to.
    /// - Returns: Whether all of it could be read.
    mutating func include(
        _ path: Located<String>, at root: String, into hash: inout ImageHash, _ diagnostics: inout Diagnostics
    ) -> Bool {
        var pending = [(root: root, name: path.value)]
        var seen: Set<String> = [root]
        var isThere = true
        while let (root, name) = pending.popLast() {
            do {
                switch try tree.kind(of: root) {
                case .folder:
                    let walk = FileWalk(
                        root, try tree.entries(of: root), tree: tree, ignore: ignore, into: &diagnostics)
                    add(walk, into: &hash, &diagnostics) {
                        "include/\(name)" + (String($0.utf8.dropFirst(root.utf8.count)) ?? $0)
                    }
                    for link in walk.outwardLinks where seen.insert(link.target).inserted {
                        pending.append((link.target, link.target))
                    }
                case .badLink(let reason): diagnostics.report(.badLink(path.value, reason: reason))
                case .special(let kind): diagnostics.report(.specialFile(path.value, kind))
                case .file, nil:
                    guard !ignore.excludes(root) else { continue }
                    hash.add(
                        file: "include/\(name)", noted(try tree.content(of: root, limit: ImageContext.fileLimit), root))
                }
            } catch {
                diagnostics.report(.unreadable(error, at: path.range, asked: "images.include"))
                isThere = false
            }
        }
        return isThere
    }

    private mutating func add(
        _ walk: FileWalk, into hash: inout ImageHash, _ diagnostics: inout Diagnostics, name: (String) -> String
    ) {
        if looksAtModes { closed += walk.folders.filter { !tree.isOpenToAll($0) } }
        for file in walk.found {
            do {
                let name = name(file.path)
                if let text = file.linkText {
                    hash.add(link: name, text)
                    guard name == FunctionFolder.codeFile else { continue }
                    code = try tree.read(file.path, limit: ImageContext.fileLimit)
                } else {
                    let content = try tree.content(of: file.path, limit: ImageContext.fileLimit)
                    hash.add(file: name, noted(content, file.path))
                    if name == FunctionFolder.codeFile { code = content.bytes }
                }
            } catch {
                diagnostics.report(.unreadable(error, at: .whole(file.path)))
            }
        }
    }

    /// The content as it will be in the image.
    private mutating func noted(_ content: SourceContent, _ path: String) -> SourceContent {
        if looksAtModes, !content.isOpenToAll { closed.append(path) }
        var content = content
        if !keepsModes { content.isExecutable = false }
        return content
    }
}
