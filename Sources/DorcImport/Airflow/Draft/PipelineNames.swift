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

    /// pipeline.yaml and what is beside it; what became of every key is told, with a comment where a decision is due.
    func files(environments: [String], into ledger: inout ImportLedger) -> [ImportedFile] {
        let path = "\(folder)/pipeline.yaml"
        let variants = PipelineVariants(variants: sources.map(\.draft), environments: environments)
        let node = variants.node
        let beside = sources.flatMap(\.draft.files)
        let places = WrittenPlaces(root: node, files: Set(beside.map(\.path)))
        var comments: [PipelineDraft.Comment] = []
        func target(_ made: WrittenPlaces.Made) -> String? {
            made.file.map { $0 == "pipeline.yaml" ? path : "\(folder)/\($0)" }
                ?? made.key.map { $0.hasPrefix("dorc.yaml: ") ? $0 : "\(path): \($0)" }
        }
        for source in sources {
            if let file = source.draft.guessedFrom, let environment = source.draft.environment {
                ledger.remark(
                    .differs, "(file)", at: .whole(file), to: "dorc.yaml: environments.\(environment)",
                    PipelineVariants.guess(environment), isDecision: true)
            }
            for verdict in source.draft.remarks {
                let made = places.made(verdict, environment: source.draft.environment)
                guard let todo = verdict.todo, let comment = made.comment else { continue }
                comments.append(comment)
                ledger.remark(made.outcome, "(file)", at: todo.place, to: target(made), made.words, isDecision: true)
            }
            for (value, verdict) in source.verdicts {
                var made = places.made(verdict, environment: source.draft.environment)
                if let key = made.key, Self.shared.contains(where: key.hasPrefix), differs(key, source.draft, variants)
                {
                    made.outcome = .differs
                    made.words =
                        "the same in all environments: another environment's holds"
                }
                if let comment = made.comment { comments.append(comment) }
                for account in value.accounts {
                    ledger.settle(
                        account, made.outcome, to: target(made), made.words, isDecision: made.comment != nil)
                }
            }
        }
        var files = [ImportedFile(path: path, yaml: node, comments: variants.comments(decisions: comments))]
        for file in beside where !files.contains(where: { $0.path == "\(folder)/\(file.path)" }) {
            files.append(ImportedFile(path: "\(folder)/\(file.path)", file.content))
        }
        return files
    }

    /// What no environment can have for itself.
    private static let shared = ["owner", "description", "tags"]

    private func differs(_ key: String, _ own: PipelineDraft, _ all: PipelineVariants) -> Bool {
        switch key {
        case "owner": return all.owner != own.owner
        case "description": return all.description != own.description
        default:
            let tag = String(key.dropFirst("tags.".count))
            return all.tags.value(of: tag).map(YAMLText.line) != own.tags.value(of: tag).map(YAMLText.line)
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
