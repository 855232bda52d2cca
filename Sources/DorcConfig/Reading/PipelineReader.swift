internal import DorcModel
internal import DorcText
internal import DorcYAML

/// PipelineFolder -> WrittenPipeline: a pipeline.yaml, the state machine that it names, and the functions that it uses.
struct PipelineReader {
    let tree: any SourceTree
    let images: ImageContext
    /// `images.include` of dorc.yaml.
    let include: [Located<String>]
    /// What each `lambda.py` has to define; nil where that is not known.
    let handler: String?
    /// All pipelines that have a folder.
    let known: Set<PipelineID>

    /// Nil where the file cannot be read at all.
    func pipeline(_ folder: PipelineFolder, into diagnostics: inout Diagnostics) -> WrittenPipeline? {
        guard let (_, root) = YAMLReader.read(folder.path + "/pipeline.yaml", in: tree, into: &diagnostics) else {
            return nil
        }
        var findings = Diagnostics()
        let decoded = PipelineFile.type.decode(root, &findings)
        if !findings.items.isEmpty {
            let suggestion = FunctionSuggestion(
                known: (folder.functions.map(\.name) + (decoded?.externalFunctions ?? [])).sorted(), pipelines: known)
            for finding in findings.items { diagnostics.report(suggestion.added(to: finding)) }
        }
        guard let file = decoded else { return nil }
        let machine = file.definition.flatMap { name in
            WrittenStateMachine.read(
                folder.path + "/" + name.value, functions: Set(folder.functions.map(\.name) + file.externalFunctions),
                in: tree, at: name.range, into: &diagnostics)
        }
        let uses = machine?.functions ?? file.usedFunctions
        let reader = FunctionReader(file: file, uses: uses, folder: folder, tree: tree, images: images)
        let used = reader.images(handler: handler, into: &diagnostics)
        var pipeline = WrittenPipeline(
            id: folder.id, file: file, machine: machine, uses: uses, images: used ?? [],
            unusedFindings: usesAreKnown(of: file, machine, diagnostics) ? reader.unused(including: include) : [],
            isSound: used != nil && !diagnostics.hasErrors)
        pipeline.caseFiles = folder.caseFiles
        return pipeline
    }

    /// Where what uses the functions has mistakes, what it uses is not known.
    private func usesAreKnown(
        of file: PipelineFile, _ machine: WrittenStateMachine?, _ diagnostics: Diagnostics
    ) -> Bool {
        guard file.definition == nil else { return machine?.isMachine == true }
        guard let steps = file.steps, !steps.value.isEmpty else { return false }
        return !file.stepsHaveErrors(in: diagnostics)
    }
}

extension PipelineFile {
    /// Functions with an `image`, which need no folder.
    var externalFunctions: [String] {
        (self.functions?.value.entries ?? []).filter { $0.value.image != nil }.map(\.key.value)
    }
}

extension Diagnostics {
    /// Whether an error starts in a part of a file.
    func hasErrors(in range: SourceRange) -> Bool {
        hasErrors
            && items.contains { finding in
                finding.severity == .error && finding.range.path == range.path
                    && finding.range.start >= range.start && finding.range.start < range.end
            }
    }
}
