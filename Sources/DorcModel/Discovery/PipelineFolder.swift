/// A folder that holds a `pipeline.yaml`, as it was found.
struct PipelineFolder: Sendable {
    var id: PipelineID
    /// Relative to the repository's root.
    var path: String
}

/// Finds the pipelines: every folder `<source>/<layer>/<pipeline>`.
struct Discovery {
    let tree: any SourceTree
    let source: String

    /// Sorted by layer and name. Hidden folders are passed over.
    func pipelines(named place: SourceRange, into diagnostics: inout Diagnostics) -> [PipelineFolder] {
        guard (try? tree.kind(of: source)) == .folder else {
            diagnostics.report(.noSourceFolder(source, at: place))
            return []
        }
        var found: [PipelineFolder] = []
        for layer in folders(in: source, &diagnostics) {
            for pipeline in folders(in: "\(source)/\(layer)", &diagnostics) {
                let path = "\(source)/\(layer)/\(pipeline)"
                guard hasDefinition(path, &diagnostics) else { continue }
                if !Names.isFolder(pipeline) {
                    diagnostics.report(.folderName(path, "a pipeline"))
                }
                found.append(PipelineFolder(id: PipelineID(layer: layer, name: pipeline), path: path))
            }
            if !Names.isFolder(layer), found.contains(where: { $0.id.layer == layer }) {
                diagnostics.report(.folderName("\(source)/\(layer)", "a layer"))
            }
        }
        if found.isEmpty && !diagnostics.hasErrors {
            diagnostics.report(.noPipelines(in: source, at: place))
        }
        return found.sorted { $0.id < $1.id }
    }

    private func hasDefinition(_ path: String, _ diagnostics: inout Diagnostics) -> Bool {
        let entries: [SourceEntry]
        do {
            entries = try tree.entries(of: path)
        } catch {
            diagnostics.report(.unreadable(error, at: SourceFile(path: path, bytes: []).wholeFile))
            return false
        }
        for entry in entries {
            if case .badLink(let reason) = entry.kind { diagnostics.report(.badLink("\(path)/\(entry.name)", reason: reason)) }
        }
        if entries.contains(where: { $0.name == "pipeline.yaml" && $0.kind == .file }) { return true }
        let misnamed = ["pipeline.yml", "pipelines.yaml", "Pipeline.yaml", "pipeline.yaml.txt"]
        if let entry = entries.first(where: { misnamed.contains($0.name) }) {
            diagnostics.report(.misnamedDefinition("\(path)/\(entry.name)"))
        } else if entries.contains(where: { $0.kind == .folder && isFunction("\(path)/\($0.name)") }) {
            diagnostics.report(.noDefinition(path))
        }
        return false
    }

    private func isFunction(_ path: String) -> Bool {
        (try? tree.kind(of: path + "/lambda.py")) == .file
    }

    private func folders(in path: String, _ diagnostics: inout Diagnostics) -> [String] {
        do {
            var names: [String] = []
            for entry in try tree.entries(of: path) where !entry.name.hasPrefix(".") && entry.name != "__pycache__" {
                switch entry.kind {
                case .folder: names.append(entry.name)
                case .badLink(let reason): diagnostics.report(.badLink("\(path)/\(entry.name)", reason: reason))
                case .file, .other: break
                }
            }
            return names.sorted()
        } catch {
            diagnostics.report(.unreadable(error, at: SourceFile(path: path, bytes: []).wholeFile))
            return []
        }
    }
}
