import DorcSynth
import DorcTemplates
import DorcText

/// One run of `synth`, after the graph is built: renders the selected stacks side by side, and writes or compares them.
struct SynthRun: Sendable {
    let graph: ResourceGraph
    let selection: StackSelection
    let format: TemplateFormat
    let output: String
    let earlier: EarlierManifest
    let console: Console
    let report: DifferenceReport
    /// Whether `check` shows a line for each file only.
    let isBrief: Bool
    /// Takes what `check` finds.
    let show: @Sendable (String) -> Void

    /// Nothing changes where a template is refused or the disk fails.
    func write(_ diagnostics: inout Diagnostics) throws(OutputError) -> SynthSummary {
        let folder = try OutputFolder(output, earlier: earlier, waiting: waiting)
        let transaction: OutputTransaction
        let kept: KeptStacks
        do throws(OutputError) {
            if selection.isPartial, folder.mark.isSet {
                throw OutputError.unfinished(mark: folder.mark.path, isPartial: true)
            }
            kept = try KeptStacks(self, previous: folder.manifest)
            try kept.compare(with: output)
            transaction = try OutputTransaction(folder, files: selection.stacks.count + DeploymentFiles.paths.count)
        } catch {
            folder.abandon()
            throw error
        }
        do throws(OutputError) {
            let staged = try stage(transaction, &diagnostics)
            if diagnostics.hasErrors {
                transaction.abandon()
                return SynthSummary()
            }
            let manifest = manifest(staged.map(\.template), kept)
            var changes = staged.map(\.change)
            for file in deploymentFiles(manifest) {
                changes.append(
                    try transaction.stage(
                        file.path, file.bytes, isExecutable: file.isExecutable, number: changes.count))
            }
            let foreign = changes.filter { $0.state == .foreign }.map(\.path)
            if !foreign.isEmpty { throw OutputError.notDorcs(foreign.map { "\(folder.path)/\($0)" }) }
            let outcome = try transaction.commit(changes, manifest)
            return SynthSummary(
                staged.map(\.template), stacks: stackCount, output: output,
                states: changes.map(\.state) + [outcome.manifest], removed: outcome.removed,
                abandoned: AbandonedStacks(manifest, previous: folder.manifest), leftovers: outcome.leftovers)
        } catch {
            transaction.abandon()
            throw error
        }
    }

    private func waiting() { console.say("waiting for another dorc-synth to leave `\(output)` …\n") }

    /// A stack counts once for each place that it is deployed to.
    private var stackCount: Int { selection.stacks.reduce(0) { $0 + graph[$1].destinations.count } }

    private struct Staged: Sendable {
        var template: TemplateSummary
        var change: OutputTransaction.Change
    }

    private func stage(_ transaction: OutputTransaction, _ diagnostics: inout Diagnostics) throws(OutputError)
        -> [Staged]
    {
        let renderer = TemplateRenderer(graph, format: format)
        let numbered = Array(selection.stacks.enumerated())
        let results = Parallel.map(numbered) { number, index -> (Result<Staged, OutputError>, Diagnostics) in
            var findings = Diagnostics()
            let staged = renderer.render(index, into: &findings) { template, bytes in
                Result { () throws(OutputError) in
                    Staged(template: template, change: try transaction.stage(template.path, bytes, number: number))
                }
            }
            return (staged, findings)
        }
        var staged: [Staged] = []
        for (result, findings) in results {
            diagnostics.report(contentsOf: findings)
            staged.append(try result.get())
        }
        return staged
    }

    private func manifest(_ templates: [TemplateSummary], _ kept: KeptStacks) -> Manifest {
        guard !kept.templates.isEmpty else { return Manifest(graph, templates) }
        let all = Dictionary(
            (templates + kept.templates.map(\.summary)).map { ($0.stack, $0) }, uniquingKeysWith: { first, _ in first })
        return Manifest(graph, graph.order.compactMap { all[$0] })
    }

    private func deploymentFiles(_ manifest: Manifest) -> [OutputFile] {
        DeploymentFiles.of(manifest, graph)
    }

    /// Shows what a run would change.
    func check(_ diagnostics: inout Diagnostics) throws(OutputError) -> SynthSummary {
        // A run that is writing now is let finish.
        let lock = FileSystem.isFolder(output) ? try FolderLock(output, .shared, waiting: waiting) : nil
        defer { withExtendedLifetime(lock) {} }
        let mark = try UnfinishedMark(in: output)
        if mark.isSet { throw .unfinished(mark: mark.path, isPartial: false) }
        let renderer = TemplateRenderer(graph, format: format)
        let previous = try earlier.current(in: output)
        try refuseOtherFormat(renderer, previous)
        var templates: [TemplateSummary] = []
        var differences: [FileDifference] = []
        var states: [OutputFolder.FileState] = []
        let results = Parallel.map(selection.stacks) { index in
            var findings = Diagnostics()
            let template = renderer.render(index, into: &findings)
            let state = Result { () throws(OutputError) in try compare(template.summary.path, template.bytes) }
            return (template.summary, state, findings)
        }
        for (summary, state, findings) in results {
            diagnostics.report(contentsOf: findings)
            templates.append(summary)
            add(try state.get(), to: &states, &differences)
        }
        let manifest = manifest(templates, try KeptStacks(self, previous: previous))
        for file in deploymentFiles(manifest) { add(try compare(file.path, file.bytes), to: &states, &differences) }
        add(try compare(Manifest.fileName, manifest.bytes), to: &states, &differences)
        let files = Set(manifest.files)
        let stale = (previous?.files ?? []).filter { !files.contains($0) }
        for path in stale {
            differences.append(difference(path, old: try readFile("\(output)/\(path)") ?? [], new: nil))
        }
        if isBrief {
            show(report.stat(differences))
        } else {
            for difference in differences where !difference.text.isEmpty { show(report.diff(difference)) }
        }
        return SynthSummary(
            templates, stacks: stackCount, output: output, states: states, removed: stale.count,
            abandoned: AbandonedStacks(manifest, previous: previous))
    }

    /// A folder in another format would differ from its first line to its last.
    private func refuseOtherFormat(_ renderer: TemplateRenderer, _ previous: Manifest?) throws(OutputError) {
        guard let previous else { return }
        let files = Set(previous.files)
        let paths = selection.stacks.map(renderer.path)
        guard !paths.contains(where: files.contains) else { return }
        for other in TemplateFormat.allCases where other != format {
            let renderer = TemplateRenderer(graph, format: other)
            guard selection.stacks.contains(where: { files.contains(renderer.path(of: $0)) }) else { continue }
            throw .otherFormat(output, written: other.rawValue, asked: format.rawValue)
        }
    }

    /// Nil for a file that is as it would be.
    private func compare(_ path: String, _ bytes: [UInt8]) throws(OutputError) -> FileDifference? {
        let current = try readFile("\(output)/\(path)")
        return current == bytes ? nil : difference(path, old: current, new: bytes)
    }

    private func add(
        _ difference: FileDifference?, to states: inout [OutputFolder.FileState], _ differences: inout [FileDifference]
    ) {
        guard let difference else { return states.append(.unchanged) }
        states.append(difference.kind == .new ? .missing : .changed)
        differences.append(difference)
    }

    private func difference(_ path: String, old: [UInt8]?, new: [UInt8]?) -> FileDifference {
        let text = UnifiedDiff.render(
            old: old.map { String(decoding: $0, as: UTF8.self) }, new: new.map { String(decoding: $0, as: UTF8.self) },
            oldName: "\(output)/\(path)", newName: "\(output)/\(path) (as it would be)")
        return FileDifference(
            path: "\(output)/\(path)", kind: old == nil ? .new : new == nil ? .gone : .changed, text: text)
    }
}
