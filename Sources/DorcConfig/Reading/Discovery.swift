internal import DorcModel
internal import DorcText

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
            case .file, .special, nil:
                diagnostics.report(.noSourceFolder(source, at: place))
                return []
            }
        } catch {
            diagnostics.report(.unreadable(error, at: place))
            return []
        }
        var candidates: [PipelineFolder] = []
        for layer in folders(in: source, realPath: tree.realPath(of: source) ?? source, &diagnostics) {
            for pipeline in folders(in: "\(source)/\(layer.name)", realPath: layer.realPath, &diagnostics) {
                let id = PipelineID(layer: layer.name, name: pipeline.name)
                candidates.append(
                    PipelineFolder(
                        id: id, path: "\(source)/\(layer.name)/\(pipeline.name)", realPath: pipeline.realPath))
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
        var folder = candidate
        collectFunctions(in: &folder, entries, &diagnostics)
        guard let definition = entries.first(where: { $0.name == "pipeline.yaml" }) else {
            let misnamed = ["pipeline.yml", "pipelines.yaml", "Pipeline.yaml", "pipeline.yaml.txt"]
            if let entry = entries.first(where: { misnamed.contains($0.name) }) {
                diagnostics.report(.misnamedDefinition("\(path)/\(entry.name)"))
            } else if !folder.functions.isEmpty {
                diagnostics.report(.noDefinition(path))
            }
            return nil
        }
        switch definition.kind {
        case .badLink: return nil
        case .folder: diagnostics.report(.definitionIsFolder("\(path)/pipeline.yaml"))
        case .file, .special: break
        }
        if !Names.isFolder(candidate.id.name) { diagnostics.report(.folderName(path, "a pipeline")) }
        return folder
    }

    private func collectFunctions(
        in pipeline: inout PipelineFolder, _ entries: [SourceEntry], _ diagnostics: inout Diagnostics
    ) {
        for entry in entries where entry.kind == .folder && !entry.name.hasPrefix(".") && entry.name != "__pycache__" {
            let folder = String(joining: pipeline.path, "/", entry.name)
            let contents: [SourceEntry]
            do {
                contents = try tree.entries(of: folder)
            } catch {
                diagnostics.report(.unreadable(error, at: .whole(folder)))
                pipeline.others[entry.name] = .reported
                continue
            }
            if contents.contains(where: { $0.name == "pipeline.yaml" && $0.kind == .file }) {
                diagnostics.report(.misplacedDefinition("\(folder)/pipeline.yaml", source: source))
            }
            let code = contents.first { $0.name == FunctionFolder.codeFile }
            if entry.name == CaseReader.folder {
                pipeline.caseFiles = CaseReader.caseFiles(among: contents, of: folder)
                if code != nil {
                    diagnostics.report(.functionNamedTests(folder))
                    pipeline.others[entry.name] = .reported
                }
                continue
            }
            switch code?.kind {
            case .file:
                guard Names.isFolder(entry.name) else {
                    diagnostics.report(.folderName(folder, "a function"))
                    pipeline.others[entry.name] = .reported
                    continue
                }
                let realPath = entry.link?.target ?? String(joining: pipeline.realPath, "/", entry.name)
                pipeline.functions.append(
                    FunctionFolder(name: entry.name, path: folder, realPath: realPath, entries: contents))
            case .badLink(let reason):
                diagnostics.report(.badLink("\(folder)/\(FunctionFolder.codeFile)", reason: reason))
                pipeline.others[entry.name] = .reported
            case .special(let kind):
                diagnostics.report(.specialFile("\(folder)/\(FunctionFolder.codeFile)", kind))
                pipeline.others[entry.name] = .reported
            case .folder, nil:
                pipeline.others[entry.name] = misnamedCode(in: contents, of: folder).map { .misnamed($0, isUsual: $1) }
            }
        }
        for entry in entries where entry.kind == .file {
            for suffix in [".py", ".ipynb"] where entry.name.hasSuffix(suffix) {
                let name = String(entry.name.dropLast(suffix.count))
                if !entries.contains(where: { $0.name == name && $0.kind == .folder }), pipeline.others[name] == nil {
                    pipeline.others[name] = .beside(entry.name)
                }
            }
        }
        pipeline.functions.sort { $0.name < $1.name }
    }

    /// What `lambda.py` is called by other tools, from the likeliest on; at last a notebook or the only Python file.
    private func misnamedCode(in contents: [SourceEntry], of folder: String) -> (name: String, isUsual: Bool)? {
        let files = contents.filter { $0.kind == .file }.map(\.name).sorted()
        let isPackage = files.contains("__init__.py")
        // `Lambda.py`, `lambda.txt`, `lambda.py.txt`
        if let found = files.first(where: { $0.lowercased().split(separator: ".").first == "lambda" }) {
            return (found, !isPackage)
        }
        if contents.contains(where: { $0.name == "lambda" && $0.kind == .folder }),
            (try? tree.kind(of: "\(folder)/lambda/__init__.py")) == .file
        {
            return ("lambda/__init__.py", !isPackage)
        }
        let usual = ["lambda_function.py", "lambda_handler.py", "handler.py", "main.py"]
        if let found = usual.first(where: files.contains) { return (found, !isPackage) }
        let rarer = ["app.py", "index.py", "function.py", "__main__.py"]
        let python = files.filter { $0.hasSuffix(".py") && $0 != "__init__.py" }
        if let found = rarer.first(where: files.contains) ?? (python.count == 1 ? python.first : nil) {
            return (found, false)
        }
        return files.first { $0.hasSuffix(".ipynb") }.map { ($0, python.isEmpty) }
    }

    private func folders(
        in path: String, realPath: String, _ diagnostics: inout Diagnostics
    ) -> [(name: String, realPath: String)] {
        do {
            var found: [(name: String, realPath: String)] = []
            for entry in try tree.entries(of: path) where !entry.name.hasPrefix(".") && entry.name != "__pycache__" {
                switch entry.kind {
                case .folder: found.append((entry.name, entry.link?.target ?? "\(realPath)/\(entry.name)"))
                case .badLink(let reason): diagnostics.report(.badLink("\(path)/\(entry.name)", reason: reason))
                case .file where entry.name == "pipeline.yaml":
                    diagnostics.report(.misplacedDefinition("\(path)/\(entry.name)", source: source))
                case .file, .special: break
                }
            }
            return found.sorted { $0.name < $1.name }
        } catch {
            diagnostics.report(.unreadable(error, at: .whole(path)))
            return []
        }
    }
}
