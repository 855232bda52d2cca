/// Finds the pipelines: every folder `<source>/<layer>/<pipeline>`.
struct Discovery {
    let tree: any SourceTree
    let source: String

    /// Sorted by layer and name. Hidden folders are passed over.
    func pipelines(named place: SourceRange, into diagnostics: inout Diagnostics) -> [PipelineFolder] {
        do {
            switch try tree.kind(of: source) {
            case .folder: break
            case .badLink(let reason):
                diagnostics.report(.badLink(source, reason: reason))
                return []
            case .file, .other, nil:
                diagnostics.report(.noSourceFolder(source, at: place))
                return []
            }
        } catch {
            diagnostics.report(.unreadable(error, at: place))
            return []
        }
        var candidates: [PipelineFolder] = []
        for layer in folders(in: source, &diagnostics) {
            for pipeline in folders(in: "\(source)/\(layer)", &diagnostics) {
                let id = PipelineID(layer: layer, name: pipeline)
                candidates.append(PipelineFolder(id: id, path: "\(source)/\(layer)/\(pipeline)", functions: []))
            }
        }
        let results = Parallel.map(candidates) { candidate in
            var findings = Diagnostics()
            return (inspect(candidate, &findings), findings)
        }
        var found: [PipelineFolder] = []
        for (folder, findings) in results {
            diagnostics.report(contentsOf: findings)
            if let folder { found.append(folder) }
        }
        for layer in Set(found.map(\.id.layer)) where !Names.isFolder(layer) {
            diagnostics.report(.folderName("\(source)/\(layer)", "a layer"))
        }
        if found.isEmpty && !diagnostics.hasErrors {
            diagnostics.report(.noPipelines(in: source, at: place))
        }
        return found.sorted { $0.id < $1.id }
    }

    /// Nil for a folder without a `pipeline.yaml`.
    private func inspect(_ candidate: PipelineFolder, _ diagnostics: inout Diagnostics) -> PipelineFolder? {
        let path = candidate.path
        let entries: [SourceEntry]
        do {
            entries = try tree.entries(of: path)
        } catch {
            diagnostics.report(.unreadable(error, at: .whole(path)))
            return nil
        }
        for entry in entries {
            if case .badLink(let reason) = entry.kind {
                diagnostics.report(.badLink("\(path)/\(entry.name)", reason: reason))
            }
        }
        let functions = functions(in: path, entries, &diagnostics)
        guard let definition = entries.first(where: { $0.name == "pipeline.yaml" }) else {
            let misnamed = ["pipeline.yml", "pipelines.yaml", "Pipeline.yaml", "pipeline.yaml.txt"]
            if let entry = entries.first(where: { misnamed.contains($0.name) }) {
                diagnostics.report(.misnamedDefinition("\(path)/\(entry.name)"))
            } else if !functions.isEmpty {
                diagnostics.report(.noDefinition(path))
            }
            return nil
        }
        switch definition.kind {
        case .badLink: return nil
        case .folder: diagnostics.report(.definitionIsFolder("\(path)/pipeline.yaml"))
        case .file, .other: break
        }
        if !Names.isFolder(candidate.id.name) { diagnostics.report(.folderName(path, "a pipeline")) }
        var folder = candidate
        folder.functions = functions
        return folder
    }

    private func functions(
        in path: String, _ entries: [SourceEntry], _ diagnostics: inout Diagnostics
    ) -> [FunctionFolder] {
        var functions: [FunctionFolder] = []
        for entry in entries where entry.kind == .folder && !entry.name.hasPrefix(".") && entry.name != "__pycache__" {
            let folder = "\(path)/\(entry.name)"
            let contents: [SourceEntry]
            do {
                contents = try tree.entries(of: folder)
            } catch {
                diagnostics.report(.unreadable(error, at: .whole(folder)))
                continue
            }
            if contents.contains(where: { $0.name == "pipeline.yaml" && $0.kind == .file }) {
                diagnostics.report(.misplacedDefinition("\(folder)/pipeline.yaml", source: source))
            }
            if case .badLink(let reason) = contents.first(where: { $0.name == "lambda.py" })?.kind {
                diagnostics.report(.badLink("\(folder)/lambda.py", reason: reason))
            }
            guard contents.contains(where: { $0.name == "lambda.py" && $0.kind == .file }) else { continue }
            guard Names.isFolder(entry.name) else {
                diagnostics.report(.folderName(folder, "a function"))
                continue
            }
            functions.append(FunctionFolder(name: entry.name, path: folder, entries: contents))
        }
        return functions.sorted { $0.name < $1.name }
    }

    private func folders(in path: String, _ diagnostics: inout Diagnostics) -> [String] {
        do {
            var names: [String] = []
            for entry in try tree.entries(of: path) where !entry.name.hasPrefix(".") && entry.name != "__pycache__" {
                switch entry.kind {
                case .folder: names.append(entry.name)
                case .badLink(let reason): diagnostics.report(.badLink("\(path)/\(entry.name)", reason: reason))
                case .file where entry.name == "pipeline.yaml":
                    diagnostics.report(.misplacedDefinition("\(path)/\(entry.name)", source: source))
                case .file, .other: break
                }
            }
            return names.sorted()
        } catch {
            diagnostics.report(.unreadable(error, at: .whole(path)))
            return []
        }
    }
}
