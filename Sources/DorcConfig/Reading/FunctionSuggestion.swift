internal import DorcModel
internal import DorcText

/// What a step's function was probably meant as, where its name is not one: known once the pipeline's folder is.
struct FunctionSuggestion {
    /// The pipeline's functions.
    let known: [String]
    /// All pipelines that have a folder.
    let pipelines: Set<PipelineID>

    /// Adds the suggestion to a finding that has such a name.
    func added(to finding: Diagnostic) -> Diagnostic {
        guard let written = finding.writtenFunction else { return finding }
        var finding = finding
        finding.replacement = closest(to: written)
        if finding.replacement == nil { finding.help = help(for: written) ?? finding.help }
        return finding
    }

    private func closest(to written: String) -> String? {
        let name = Names.functionName(inPath: written)
        // `fetch.handler`, as Lambda has handlers.
        let module = written.split(separator: ".").first.map(String.init)
        if let meant = [name, module].compactMap({ $0 }).first(where: known.contains) { return meant }
        return Suggestion.closest(to: name ?? written, among: known)
    }

    private func help(for written: String) -> String? {
        if let id = PipelineID(written), pipelines.contains(id) { return "run a pipeline with `{pipeline: \(id)}`" }
        let list =
            known.isEmpty ? "this pipeline has none" : "they are \(known.map { "`\($0)`" }.joined(separator: ", "))"
        return written.contains("/") ? "a step runs functions of its own pipeline only: \(list)" : nil
    }
}
