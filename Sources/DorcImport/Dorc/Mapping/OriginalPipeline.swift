import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// A pipeline while it is mapped.
struct OriginalPipeline {
    /// As dorc calls it.
    var id: PipelineID
    /// As the original calls layer and pipeline.
    var originalLayer: String
    var originalName: String
    /// Of its `__main__.py`.
    var folder: String
    /// Where its functions' folders are: `folder`, or `src` in it as the original's documentation has it.
    var codeFolder: String
    var definition: DefinedObject
    /// Its index, where it is an object.
    var index: Int?
    /// The creators' arguments that it is.
    var creators: [ImportLedger.Key]
    var isCreated: Bool
    /// Of each creator, what has to be true.
    var conditions: [[DefinedValue]] = []
    /// Whether its `file_path` says where it is.
    var isPlaceKnown: Bool
    /// By the original's names, what each function's folder is called.
    var functionNames: [String: String] = [:]

    var file = PipelineFile()
    var comments = YAMLComments()
    /// The pipelines that its steps run.
    var runs: [PipelineID] = []
    /// What says that one function runs after another.
    var links: [(argument: DefinedArgument, named: [DefinedArgument])] = []

    /// Where its files go.
    func target(in source: String) -> String { "\(source)/\(id)" }
}

extension DorcMapping {
    /// Every definition, in the order of their files. One that no creator gets counts in a `__main__.py`: the original's
    /// scaffolding makes such files. Elsewhere it may be a test's.
    mutating func findPipelines() {
        var found: [FoundDefinition] = []
        var unknown: [(creator: DefinedObject, argument: DefinedArgument, value: DefinedValue)] = []
        for creator in facts.objects where creator.name == "CreatePipeline" {
            guard let argument = creator["pipeline_definition"] ?? creator["**"] else { continue }
            let folder = OriginalRepository.folder(creator.range.path)
            // A program may choose one by its environment.
            let values = environments.map { resolved(argument.value, in: $0, folder: folder) }
            for value in values {
                if let target = object(value), facts.objects[target].name == "PipelineDefinition" {
                    if let index = found.firstIndex(where: { $0.index == target }) {
                        guard !found[index].creators.contains(argument.key) else { continue }
                        found[index].conditions.append(creator.conditions)
                        ledger.settle(argument.key, .differs, "the same definition is created twice: dorc has it once")
                        continue
                    }
                    found.append(
                        FoundDefinition(
                            definition: facts.objects[target], index: target, creators: [argument.key],
                            conditions: [creator.conditions]))
                } else if case .mapping(let entries) = value.content {
                    guard !found.contains(where: { $0.definition.range == value.range }) else { continue }
                    let object = DefinedObject(
                        name: "PipelineDefinition", range: value.range, isInCode: creator.isInCode, arguments: entries)
                    found.append(
                        FoundDefinition(
                            definition: object, creators: [argument.key], conditions: [creator.conditions]))
                } else if !value.isNone, !unknown.contains(where: { $0.argument.key == argument.key }) {
                    unknown.append((creator, argument, value))
                }
            }
        }
        findUnknown(unknown, &found)
        let created = Set(found.compactMap(\.index))
        for (index, object) in facts.objects.enumerated()
        where object.name == "PipelineDefinition" && !created.contains(index) && !object.isCopied
            && OriginalRepository.name(object.range.path) == "__main__.py"
        {
            found.append(FoundDefinition(definition: object, index: index, isCreated: false))
        }
        found.sort {
            ($0.definition.range.path, $0.definition.range.start) < (
                $1.definition.range.path, $1.definition.range.start
            )
        }
        var layers: [String: String] = [:]
        var layerNames = ImportNames()
        var names: [String: ImportNames] = [:]
        for entry in found {
            if let index = entry.index { used.insert(index) }
            let (folder, isPlaceKnown) = folder(of: entry.definition)
            let place = place(of: folder)
            if layers[place.layer] == nil { layers[place.layer] = layerNames.folder(place.layer, else: "default") }
            let layer = layers[place.layer] ?? "default"
            let name = names[layer, default: ImportNames()].folder(place.name, else: "pipeline")
            let draft = OriginalPipeline(
                id: PipelineID(layer: layer, name: name), originalLayer: place.layer, originalName: place.name,
                folder: folder, codeFolder: place.code, definition: entry.definition, index: entry.index,
                creators: entry.creators, isCreated: entry.isCreated, conditions: entry.conditions,
                isPlaceKnown: isPlaceKnown)
            pipelines.append(draft)
        }
    }

    private struct FoundDefinition {
        var definition: DefinedObject
        var index: Int?
        var creators: [ImportLedger.Key] = []
        var conditions: [[DefinedValue]] = []
        var isCreated = true
    }

    /// A creator gets what only running the code would tell. The folder is known, and so are its functions; the one definition that
    /// its file has and nothing else uses is what it was made of.
    private mutating func findUnknown(
        _ unknown: [(creator: DefinedObject, argument: DefinedArgument, value: DefinedValue)],
        _ found: inout [FoundDefinition]
    ) {
        for (creator, argument, value) in unknown {
            let path = argument.value.range.path
            let place = place(of: OriginalRepository.folder(path))
            let isKnown = found.contains { $0.creators.contains(argument.key) }
            guard !isKnown, OriginalRepository.name(path) == "__main__.py",
                !repository.functions(in: place.code).isEmpty
            else {
                pending.append { $0.decide(argument, value, "pipeline", at: ["environments"]) }
                continue
            }
            let rest = DefinedArgument(name: "**", range: argument.range, value: value, key: argument.key)
            let known = Set(found.compactMap(\.index))
            let near = facts.objects.indices.filter { index in
                let object = facts.objects[index]
                return object.name == "PipelineDefinition" && object.range.path == path && !object.isCopied
                    && !known.contains(index)
            }
            var definition = DefinedObject(name: "PipelineDefinition", range: argument.value.range, arguments: [])
            if near.count == 1 { definition = facts.objects[near[0]] }
            definition.arguments.append(rest)
            found.append(
                FoundDefinition(
                    definition: definition, index: near.count == 1 ? near[0] : nil, conditions: [creator.conditions]))
        }
    }

    /// Whether the original makes the pipeline in an environment; nil where only running the code would tell.
    func isCreated(_ draft: OriginalPipeline, in environment: ImportedEnvironment) -> Bool? {
        guard !draft.conditions.isEmpty else { return true }
        let all = draft.conditions.map { conditions -> Bool? in
            let values = conditions.map { condition -> Bool? in
                let value = resolved(condition, in: environment, folder: draft.folder)
                if case .boolean(let value) = value.content { return value }
                return nil
            }
            if values.contains(false) { return false }
            return values.contains(nil) ? nil : true
        }
        if all.contains(true) { return true }
        return all.contains(nil) ? nil : false
    }

    private mutating func remarkConditions(_ draft: inout OriginalPipeline) {
        let conditions = draft.conditions.flatMap(\.self)
        guard !conditions.isEmpty else { return }
        let isCreated = environments.map { self.isCreated(draft, in: $0) }
        let target = target(draft)
        if isCreated.contains(nil), let first = conditions.first(where: \.isUnknown) ?? conditions.first {
            let words = "the original creates it by a condition: \(first.reason)"
            draft.comments.todo("pipeline", words, from: first.range, at: ["steps"])
            ledger.remark(.differs, "CreatePipeline(...)", at: first.range, to: target, words, isDecision: true)
        } else if isCreated.contains(false), let first = conditions.first {
            let names = zip(environments, isCreated).filter { $0.1 == true }.map { "`\($0.0.name)`" }
            ledger.remark(
                .differs, "CreatePipeline(...)", at: first.range, to: target,
                "the original creates it \(names.isEmpty ? "nowhere" : "in \(names.joined(separator: ", ")) alone"): dorc deploys it to every environment, with its triggers there alone"
            )
        }
    }

    /// What is to be told of a pipeline as a whole.
    mutating func remark(_ draft: inout OriginalPipeline, earlier: some Sequence<OriginalPipeline>) {
        let range = draft.definition.range
        let target = target(draft)
        if draft.id.layer != draft.originalLayer || draft.id.name != draft.originalName {
            ledger.remark(
                .differs, "folder of the pipeline", at: range, to: target,
                "`\(draft.originalLayer)/\(draft.originalName)` is called `\(draft.id)`: a name has lower-case letters, digits, `-` and `_`, and is used once"
            )
        } else if draft.codeFolder != draft.folder || draft.target(in: source) != draft.folder {
            ledger.remark(.takenOver, "folder of the pipeline", at: range, to: target)
        }
        if !draft.isCreated {
            ledger.remark(
                .differs, "PipelineDefinition(...)", at: range, to: target,
                "no `CreatePipeline` gets it, so that the original never deployed it: dorc does")
        }
        remarkConditions(&draft)
        if draft.definition.isInCode {
            let words = "it is in a function, a loop or a condition: it is taken over once, as if that ran once"
            draft.comments.todo("pipeline", words, from: range, at: ["steps"])
            ledger.remark(.differs, "PipelineDefinition(...)", at: range, to: target, words, isDecision: true)
        }
        let others = earlier.filter { $0.originalName == draft.originalName }
        if others.contains(where: { $0.originalLayer != draft.originalLayer }) {
            ledger.remark(
                .differs, "name of the state machine", at: range, to: target,
                "the original calls it as that of another layer, and one of the two cannot be deployed; in dorc the layer is part of the name"
            )
        } else if !others.isEmpty {
            ledger.remark(
                .differs, "name of the state machine", at: range, to: target,
                "the original calls it as another of the folder, and one of the two cannot be deployed")
        }
    }

    /// What `file_path` says, which is mostly `__file__`; the folder of the definition where it says nothing that is known.
    private func folder(of definition: DefinedObject) -> (path: String, isKnown: Bool) {
        let own = OriginalRepository.folder(definition.range.path)
        guard let argument = definition["file_path"] else { return (own, true) }
        switch argument.value.content {
        case .file: return (OriginalRepository.folder(argument.value.range.path), true)
        case .folder(let path): return (path, true)
        case .text(let text):
            let parts = text.split(separator: "/").filter { $0 != "." }
            let paths = parts.indices.map { parts[$0...].joined(separator: "/") }
            if let path = paths.first(where: { repository.has($0) }) { return (OriginalRepository.folder(path), true) }
            if let path = paths.first(where: { !repository.files(in: $0).isEmpty }) { return (path, true) }
            return (own, false)
        default: return (own, false)
        }
    }

    /// `<layer>/<pipeline>`, or `<pipeline>/<layer>` with the functions in `src`, as the original's documentation has it.
    private func place(of folder: String) -> (layer: String, name: String, code: String) {
        let parts = folder.split(separator: "/").map(String.init)
        let name = parts.last ?? "pipeline"
        let above = parts.dropLast().last ?? "default"
        let inner = folder.isEmpty ? "src" : "\(folder)/src"
        if repository.functions(in: folder).isEmpty, !repository.functions(in: inner).isEmpty {
            return parts.count >= 2 ? (name, above, inner) : ("default", name, inner)
        }
        let isTop = parts.count < 2 || parts.dropLast().joined(separator: "/") == source
        return (isTop ? "default" : above, name, folder)
    }
}
