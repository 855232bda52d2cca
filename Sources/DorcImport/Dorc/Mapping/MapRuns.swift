import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// Functions whose next is a pipeline.
extension DorcMapping {
    mutating func addRun(
        of name: String, _ argument: DefinedArgument, to steps: inout [PipelineFile.StepSection],
        of draft: inout OriginalPipeline
    ) {
        let path: [YAMLPathPart] = ["steps", .item(steps.count)]
        guard let other = pipeline(named: name, besides: draft) else {
            return decide(
                argument, argument.value, "next step", at: path, of: &draft,
                "no pipeline of the repository is called `\(name)`")
        }
        guard !reaches(other, draft.id) else {
            return decide(
                argument, argument.value, "next step", at: path, of: &draft,
                "`\(other)` runs this pipeline in turn: dorc's pipelines have no loop")
        }
        var step = PipelineFile.StepSection()
        let taken = Set(steps.compactMap { $0.function?.value })
        let short = taken.contains(other.name) ? "run-\(other.name)" : other.name
        step.name = Located(made: short)
        step.pipeline = Located(made: other)
        steps.append(step)
        draft.runs.append(other)
        // The pipelines before see it when they look for loops.
        if let index = pipelines.firstIndex(where: { $0.id == draft.id }) { pipelines[index].runs = draft.runs }
        ledger.settle(
            argument.key, .differs, to: "\(target(draft)): steps[\(steps.count - 1)]",
            "the original ran the pipeline in place of the function, which never ran; in dorc it runs after the function, with its output as input"
        )
    }

    /// By the name of its folder, with the layer or without it, or as its state machine is called.
    private func pipeline(named name: String, besides draft: OriginalPipeline) -> PipelineID? {
        func names(_ other: OriginalPipeline) -> [String] {
            let (layer, name) = (other.originalLayer, other.originalName)
            return [
                name, "\(layer)/\(name)", "\(layer)-\(name)", "\(name)/\(layer)", "\(name)-\(layer)",
                "\(layer)_\(name)", "\(name)_\(layer)",
            ]
        }
        let wanted = String(name.split(separator: ":").last ?? "")
        let named = pipelines.filter { names($0).contains(name) }
        let ends = pipelines.filter { other in names(other).contains { wanted.hasSuffix("-\($0)") } }
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
