internal import DorcModel
internal import DorcText
internal import DorcYAML

/// The sources that become one pipeline of dorc's.
struct ImportedPipeline {
    var layer: String
    var name: String
    /// The one that decides comes first.
    var sources: [PipelineSource]

    var id: String { "\(layer)/\(name)" }
    var folder: String { "src/\(layer)/\(name)" }

    /// pipeline.yaml and what is beside it; what became of every key is told.
    func files(environments: [String], into ledger: inout ImportLedger) -> [ImportedFile] {
        let path = "\(folder)/pipeline.yaml"
        for (index, source) in sources.enumerated() {
            for (value, verdict) in source.verdicts {
                // A path beside pipeline.yaml, or a key in it.
                let target = verdict.target.map { $0.hasPrefix("/") ? folder + $0 : "\(path): \($0)" }
                var verdict = verdict
                if index > 0, let field = verdict.target, Self.shared.contains(where: field.hasPrefix),
                    differs(field, source)
                {
                    verdict = .differs(
                        verdict.target,
                        "the same in all environments: that of \(sources[0].draft.environment ?? "the first") holds")
                }
                for account in value.accounts {
                    ledger.settle(account, verdict.outcome, to: target, verdict.words, isDecision: verdict.isDecision)
                }
            }
        }
        let variants = PipelineVariants(variants: sources.map(\.draft), environments: environments)
        let (node, comments) = variants.file()
        var files = [ImportedFile(path: path, yaml: node, comments: comments)]
        for file in sources.flatMap(\.draft.files) where !files.contains(where: { $0.path == "\(folder)/\(file.path)" })
        {
            files.append(ImportedFile(path: "\(folder)/\(file.path)", file.content))
        }
        return files
    }

    /// What no environment can have for itself.
    private static let shared = ["owner", "description", "tags"]

    private func differs(_ field: String, _ source: PipelineSource) -> Bool {
        let (first, own) = (sources[0].draft, source.draft)
        switch field {
        case "owner": return first.owner != own.owner
        case "description": return first.description != own.description
        default:
            let key = String(field.dropFirst("tags.".count))
            return first.tags.value(of: key).map(YAMLText.line) != own.tags.value(of: key).map(YAMLText.line)
        }
    }
}

/// Which sources are one pipeline, and what layers and pipelines are called.
enum PipelineNames {
    static func pipelines(_ sources: [PipelineSource], environments: [String]) -> [ImportedPipeline] {
        var groups: [(key: String, sources: [PipelineSource])] = []
        var indices: [String: Int] = [:]
        for source in sources {
            let key = "\(source.draft.layer)\u{0}\(source.draft.name)"
            if let index = indices[key] {
                groups[index].sources.append(source)
            } else {
                indices[key] = groups.count
                groups.append((key, [source]))
            }
        }
        var layers: [String: String] = [:]
        var layerNames = CanonicalNames()
        var pipelineNames = CanonicalNames()
        var result: [ImportedPipeline] = []
        for (_, group) in groups {
            guard let first = group.first else { continue }
            let rawLayer = first.draft.layer
            let layer = layers[rawLayer] ?? layerNames.name(rawLayer, else: "layer")
            layers[rawLayer] = layer
            for var part in parts(of: group) {
                let main = part[0].draft
                let raw = part[0].draft.name
                let name = pipelineNames.name(raw, else: "pipeline", within: layer)
                if name != raw || layer != rawLayer, !main.header.isEmpty {
                    for index in part.indices {
                        part[index].draft.header.append("Its name there: \(rawLayer)/\(raw).")
                    }
                }
                result.append(ImportedPipeline(layer: layer, name: name, sources: part))
            }
        }
        return result
    }

    /// Sources of different environments whose steps are the same are one pipeline; others get one of their own, named after the
    /// environment.
    private static func parts(of group: [PipelineSource]) -> [[PipelineSource]] {
        let ordered = group.enumerated().sorted { left, right in
            let (first, second) = (
                EnvironmentRank.of(left.element.draft.environment), EnvironmentRank.of(right.element.draft.environment)
            )
            return first == second ? left.offset < right.offset : first > second
        }.map(\.element)
        var parts: [[PipelineSource]] = []
        for var source in ordered {
            if let index = parts.firstIndex(where: { part in
                PipelineVariants.canMerge(part[0].draft, source.draft)
                    && source.draft.environment != nil
                    && !part.contains {
                        $0.draft.environment == source.draft.environment || $0.draft.environment == nil
                    }
            }) {
                source.draft.name = parts[index][0].draft.name
                parts[index].append(source)
            } else {
                if !parts.isEmpty, let environment = source.draft.environment {
                    source.draft.name += "-\(environment)"
                    source.draft.header.append(
                        "Its steps are not those of the other environments, so that it is a pipeline of its own.")
                }
                parts.append([source])
            }
        }
        return parts
    }
}

/// From the first environment that a change goes to, to the last.
enum EnvironmentRank {
    static func of(_ name: String?) -> Int {
        guard let name else { return 4 }
        if name.hasPrefix("dev") || name.hasPrefix("sand") { return 0 }
        if name.hasPrefix("pre") || name.hasPrefix("stag") { return 2 }
        return name.hasPrefix("prod") ? 3 : 1
    }
}

/// Names of folders that stay apart where `_` becomes `-`, as in the names of stacks, and where layer and pipeline are put together.
struct CanonicalNames {
    private var taken: Set<String> = []

    mutating func name(_ text: String, else fallback: String, within layer: String? = nil) -> String {
        let base = Names.isFolder(text) ? text : Names.folderName(from: text) ?? fallback
        var name = base
        var number = 2
        while !taken.insert(canonical(name, layer)).inserted {
            name = "\(base)-\(number)"
            number += 1
        }
        return name
    }

    private func canonical(_ name: String, _ layer: String?) -> String {
        String((layer.map { "\($0)-\(name)" } ?? name).map { $0 == "_" ? "-" : $0 })
    }
}
