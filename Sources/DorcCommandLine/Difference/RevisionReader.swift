import DorcDiff
import DorcTemplates
import DorcText

/// A side at a revision of git: the templates that were committed then, or, where nobody commits them, the project as it was
/// then, compiled.
struct RevisionReader {
    let output: String
    let project: Result<String, any Error>
    let selects: SideSelection

    func side(_ name: String, option: String) throws -> SideReader.Named {
        let repository = try RevisionFiles(at: workingFolder)
        let commit = try repository.commit(name, option: option)
        let shown = "`\(name)` (\(commit.prefix(9)))"
        if let path = outputPath(repository) {
            let files = try repository.files(below: path, at: commit)
            if let side = try templates(path, files, repository, shown) {
                return SideReader.Named(side: side, name: "`\(path)` at \(shown)")
            }
        }
        return SideReader.Named(
            side: try compiled(at: commit, shown), name: "the project at \(shown), as it would be written")
    }

    /// One that is there, for git to start from.
    private var workingFolder: String {
        if FileSystem.isFolder(output) { return output }
        if FileSystem.isFolder(parent) { return parent }
        return (try? project.get()) ?? "."
    }

    /// What the output folder is in.
    private var parent: String {
        guard let slash = output.lastIndex(of: "/") else { return "." }
        return slash == output.startIndex ? "/" : String(output[..<slash])
    }

    /// Where the templates are in the repository, with a slash at the end; nil where that cannot be said.
    private func outputPath(_ repository: RevisionFiles) -> String? {
        if FileSystem.isFolder(output) { return repository.prefix.isEmpty ? "" : repository.prefix }
        guard FileSystem.isFolder(parent), let last = output.split(separator: "/").last, last != ".." else {
            return nil
        }
        return "\(repository.prefix)\(last)/"
    }

    /// Nil where there are none.
    private func templates(
        _ path: String, _ files: [RevisionFiles.File], _ repository: RevisionFiles, _ revision: String
    ) throws -> ProjectSide? {
        let byPath = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let manifest = "\(path)\(Manifest.fileName)"
        guard let file = byPath[manifest] else { return nil }
        var side = try ProjectSide(
            manifest: try repository.contents(of: [file]).first ?? [],
            at: "\(manifest)` of \(revision.replacing("`", with: ""))")
        let paths = Set(selects.apply(side).stacks.map(\.template)).sorted()
        let wanted = try paths.map { template in
            guard let file = byPath["\(path)\(template)"] else {
                throw DiffError.git("`\(path)\(template)` is not in \(revision), and its manifest lists it")
            }
            return file
        }
        for (template, bytes) in zip(paths, try repository.contents(of: wanted)) { side.templates[template] = bytes }
        return side
    }

    private func compiled(at commit: String, _ revision: String) throws -> ProjectSide {
        let folder = try project.get()
        let repository = try RevisionFiles(at: folder)
        let root = repository.prefix
        let outside = outputPath(try RevisionFiles(at: workingFolder)).flatMap { path -> String? in
            path.hasPrefix(root) && path != root ? String(path.dropFirst(root.count).dropLast()) : nil
        }
        let files = try repository.files(below: root, at: commit)
        guard files.contains(where: { $0.path == "\(root)\(ConfigLocation.fileName)" }) else {
            throw DiffError.git(
                "there is nothing to compare with at \(revision): neither `\(output)/\(Manifest.fileName)` nor "
                    + "`\(root)\(ConfigLocation.fileName)` was in it")
        }
        let tree = RevisionTree(Array(zip(files, try repository.contents(of: files))), root: root)
        do {
            return try CompiledSide.make(
                Compilation(tree, output: outside), format: .yaml, selects: selects)
        } catch var mistakes as DiagnosedMistakes {
            mistakes.revision = revision
            throw mistakes
        }
    }
}
