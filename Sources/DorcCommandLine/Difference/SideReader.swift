import DorcDiff
import DorcModel
import DorcSynth
import DorcTemplates
import DorcText

/// Where the sides of a comparison come from.
struct SideReader {
    /// A side, and what it is called.
    struct Named {
        var side: ProjectSide
        var name: String
    }

    /// The folder of the templates, which may not be there.
    let output: String
    let project: Result<String, any Error>
    let selects: SideSelection
    let console: Console

    /// The folder as it is; a project that was never written has nothing on this side.
    func written() throws -> Named {
        guard FileSystem.isFolder(output), let names = try? FileSystem.names(in: output), !names.isEmpty else {
            return Named(
                side: ProjectSide(project: nil, stacks: [], templates: [:]),
                name: "nothing, as `\(output)/` does not exist")
        }
        return Named(side: try read(output), name: "`\(output)/` as it is")
    }

    /// Whether a word, which names neither a folder nor a file, names a revision of git's.
    func isRevision(_ word: String) -> Bool {
        guard (try? FileSystem.status(word)) == nil, let folder = try? project.get(),
            let files = try? RevisionFiles(at: folder)
        else { return false }
        return (try? files.commit(word, option: "--from")) != nil
    }

    /// A folder of templates, or a revision. One that is both is the folder if dorc wrote it.
    func side(named name: String, option: String) throws -> Named {
        let folder = Folders.trimmed(name)
        if FileSystem.isFile("\(folder)/\(Manifest.fileName)") {
            return Named(side: try read(folder), name: "`\(folder)/`")
        }
        if FileSystem.isFolder(folder), name.hasSuffix("/") || name.hasPrefix(".") || name.hasPrefix("/") {
            throw DiffError.notDorcs(name)
        }
        return try RevisionReader(output: output, project: project, selects: selects).side(name, option: option)
    }

    private func read(_ folder: String) throws -> Named.Side {
        // A run that is writing now is let finish.
        let lock = try FolderLock(folder, .shared) {
            console.say("waiting for another dorc-synth to leave `\(folder)` …\n")
        }
        defer { withExtendedLifetime(lock) {} }
        let mark = try UnfinishedMark(in: folder)
        if mark.isSet { throw OutputError.unfinished(mark: mark.path, isPartial: false) }
        guard let bytes = try readFile("\(folder)/\(Manifest.fileName)") else { throw DiffError.notDorcs(folder) }
        var side = try ProjectSide(manifest: bytes, at: "\(folder)/\(Manifest.fileName)")
        let paths = Set(selects.apply(side).stacks.map(\.template)).sorted()
        let files = Parallel.map(paths) { path in
            Result { () throws(OutputError) in try readFile("\(folder)/\(path)") }
        }
        for (path, file) in zip(paths, files) {
            guard let bytes = try file.get() else { throw DiffError.missing(folder: folder, template: path) }
            side.templates[path] = bytes
        }
        return side
    }

    /// The project as it is now.
    func compiled(nextTo folder: String) throws -> Named {
        let earlier = EarlierManifest(folder).manifest
        let isJSON = earlier?.stacks.first?.template.hasSuffix(".json") ?? false
        let compilation = try Compilation(folder: try project.get(), output: folder, earlier: earlier)
        let side = try CompiledSide.make(compilation, format: isJSON ? .json : .yaml, selects: selects)
        return Named(side: side, name: "what would be written now")
    }
}

extension SideReader.Named {
    typealias Side = ProjectSide
}

/// A side that is compiled in memory, as `synth` would write it.
enum CompiledSide {
    static func make(_ compilation: Compilation, format: TemplateFormat, selects: SideSelection) throws -> ProjectSide {
        var diagnostics = compilation.diagnostics
        guard let graph = compilation.graph, !diagnostics.hasErrors else {
            throw DiagnosedMistakes(diagnostics: diagnostics)
        }
        let renderer = TemplateRenderer(graph, format: format)
        var side = ProjectSide(project: graph.project, stacks: [], templates: [:])
        var wanted: [StackIndex] = []
        for index in graph.order {
            let stack = graph[index]
            let stacks = stack.destinations.map { destination in
                ProjectSide.Stack(
                    key: StackKey(name: stack.name, region: destination.region, account: destination.account),
                    kind: stack.kind.rawValue, environment: stack.environment, pipeline: stack.pipeline?.description,
                    template: renderer.path(of: index), tags: ProjectSide.dictionary(stack.stackTags))
            }
            side.stacks += stacks
            let one = ProjectSide(project: nil, stacks: stacks, templates: [:])
            if !selects.apply(one).stacks.isEmpty { wanted.append(index) }
        }
        let templates = Parallel.map(wanted) { index in
            var findings = Diagnostics()
            return (renderer.path(of: index), renderer.render(index, into: &findings).bytes, findings)
        }
        for (path, bytes, findings) in templates {
            diagnostics.report(contentsOf: findings)
            side.templates[path] = bytes
        }
        if diagnostics.hasErrors { throw DiagnosedMistakes(diagnostics: diagnostics) }
        return side
    }
}
