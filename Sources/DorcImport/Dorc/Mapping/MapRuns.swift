import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// Functions whose next is a pipeline.
extension DorcMapping {
    /// - Parameter named: what says the pipeline's name, where it is not the argument itself.
    mutating func addRun(
        of name: String, _ argument: DefinedArgument, _ named: [DefinedArgument],
        to steps: inout [PipelineFile.StepSection], of draft: inout OriginalPipeline
    ) {
        let path: [YAMLPathPart] = ["steps", .item(steps.count)]
        guard let other = pipeline(named: name, besides: draft) else {
            let isDropped = dropped.contains { Self.names($0.pipeline).contains(name) }
            return open(
                argument, named, "next step", at: path, of: &draft,
                isDropped
                    ? "the pipeline `\(name)` has no function that is known, and is not imported"
                    : "no pipeline of the repository is called `\(name)`")
        }
        guard !reaches(other, draft.id) else {
            return open(
                argument, named, "next step", at: path, of: &draft,
                "`\(other)` runs this pipeline in turn: dorc's pipelines have no loop")
        }
        var step = PipelineFile.StepSection()
        let taken = Set(steps.compactMap { $0.function?.value ?? $0.name?.value })
        var names = ImportNames()
        for name in taken { _ = names.unique(name, separator: "-") }
        let short = taken.contains(other.name) ? "run-\(other.name)" : other.name
        step.name = Located(made: names.unique(short, separator: "-"))
        step.pipeline = Located(made: other)
        steps.append(step)
        draft.runs.append(other)
        // The pipelines before see it when they look for loops.
        if let index = pipelines.firstIndex(where: { $0.id == draft.id }) { pipelines[index].runs = draft.runs }
        let target = "\(target(draft)): steps[\(steps.count - 1)]"
        ledger.settle(
            argument.key, .differs, to: target,
            "the original ran the pipeline in place of the function, which never ran; in dorc it runs after the function, with its output as input"
        )
        for other in named { ledger.settle(other.key, .takenOver, to: target) }
    }

    /// A TODO for the next step, with all that is said of it.
    mutating func open(
        _ argument: DefinedArgument, _ named: [DefinedArgument], _ key: String, at path: [YAMLPathPart],
        of draft: inout OriginalPipeline, _ problem: String?, _ value: DefinedValue? = nil
    ) {
        var shown = value ?? argument.value
        if value == nil, let name = named.first { shown = name.value }
        draft.comments.todo(key, Self.words(shown, problem), from: shown.range, at: path)
        let words = Self.words(shown, problem, isKnown: "it cannot be known")
        ledger.settle(argument.key, .differs, to: target(draft), words, isDecision: true)
        for other in named { settleAll(other, .differs, to: target(draft), "it is part of a TODO") }
        settleAll(argument.value, .differs, to: target(draft), "it is part of a TODO")
    }

    private static func names(_ other: OriginalPipeline) -> [String] {
        let (layer, name) = (other.originalLayer, other.originalName)
        return [
            name, "\(layer)/\(name)", "\(layer)-\(name)", "\(name)/\(layer)", "\(name)-\(layer)",
            "\(layer)_\(name)", "\(name)_\(layer)",
        ]
    }

    /// By the name of its folder, with the layer or without it, or as its state machine is called.
    private func pipeline(named name: String, besides draft: OriginalPipeline) -> PipelineID? {
        let wanted = String(name.split(separator: ":").last ?? "")
        let named = pipelines.filter { Self.names($0).contains(name) }
        let ends = pipelines.filter { other in Self.names(other).contains { wanted.hasSuffix("-\($0)") } }
        let found = named.isEmpty ? ends : named
        let others = found.filter { $0.id != draft.id }
        return (others.first { $0.originalLayer == draft.originalLayer } ?? others.first ?? found.first)?.id
    }

    private func reaches(_ start: PipelineID, _ goal: PipelineID) -> Bool {
        var (open, seen) = ([start], Set<PipelineID>())
        while let id = open.popLast() {
            if id == goal { return true }
            guard seen.insert(id).inserted else { continue }
            open += pipelines.filter { $0.id == id }.flatMap(\.runs)
        }
        return false
    }
}
