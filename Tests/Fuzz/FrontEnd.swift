import DorcConfig
import DorcSynth
import DorcTemplates
import DorcText
import Foundation

/// The whole way from a tree of files to the bytes of the output folder, and what has to hold for any tree.
enum FrontEnd {
    private struct Outcome {
        var findings: [Diagnostic]
        var json: String
        /// By path, for both formats; empty where there are errors.
        var files: [TemplateFormat: [String: [UInt8]]] = [:]
    }

    /// A screen: what a message may take.
    private static let mostLines = 40
    private static let mostCharacters = 4000

    /// What is wrong; nil where all is well. (That it ends, and how soon, its caller sees.)
    static func problem(_ tree: MemoryTree, skipping skipped: Set<String> = []) -> String? {
        let outcome = outcome(tree)
        var reversed = tree
        reversed.isReversed = true
        let again = self.outcome(reversed)
        guard outcome.json == again.json, outcome.files == again.files else {
            return "not-deterministic: another order of folders gives another result"
        }
        for finding in outcome.findings {
            if finding.id == .internalError { return "internal-error: \(finding.summary.prefix(300))" }
            let text = DiagnosticText(colour: false).render([finding])
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
            if lines > mostLines || text.count > mostCharacters, !skipped.contains("long-message") {
                return "long-message: \(finding.id.rawValue) has \(lines) lines, \(text.count) characters"
            }
        }
        let listed = try? JSONSerialization.jsonObject(with: Data(outcome.json.utf8))
        guard (listed as? [Any])?.count == outcome.findings.count else { return "bad-json: the diagnostics" }
        return outcome.files.isEmpty ? nil : outputProblem(outcome.files)
    }

    private static func outcome(_ tree: MemoryTree) -> Outcome {
        var diagnostics = Diagnostics()
        var files: [TemplateFormat: [String: [UInt8]]] = [:]
        if let project = ConfigRepository.read(tree, into: &diagnostics)?.resolve(into: &diagnostics) {
            let graph = GraphBuilder(project).graph(into: &diagnostics)
            if !diagnostics.hasErrors {
                for format in TemplateFormat.allCases { files[format] = render(graph, format, &diagnostics) }
            }
        }
        let findings = diagnostics.sorted
        return Outcome(
            findings: findings, json: DiagnosticJSON.render(findings), files: diagnostics.hasErrors ? [:] : files)
    }

    private static func render(_ graph: ResourceGraph, _ format: TemplateFormat, _ diagnostics: inout Diagnostics)
        -> [String: [UInt8]]
    {
        let renderer = TemplateRenderer(graph, format: format)
        var files: [String: [UInt8]] = [:]
        var summaries: [TemplateSummary] = []
        for index in graph.order {
            let template = renderer.render(index, into: &diagnostics)
            // Without its suffix: the twins have one name.
            files[String(template.summary.path.dropLast(5))] = template.bytes
            summaries.append(template.summary)
        }
        let manifest = Manifest(graph, summaries)
        files[Manifest.fileName] = manifest.bytes
        for file in DeploymentFiles.of(manifest, graph) { files[file.path] = file.bytes }
        return files
    }

    private static func outputProblem(_ files: [TemplateFormat: [String: [UInt8]]]) -> String? {
        let (yaml, json) = (files[.yaml] ?? [:], files[.json] ?? [:])
        guard yaml.keys.sorted() == json.keys.sorted() else { return "twins: the formats have other files" }
        for (path, bytes) in json.sorted(by: { $0.key < $1.key }) {
            if [".sh", ".plan", ".py"].contains(where: path.hasSuffix) || path.hasPrefix(".") { continue }
            guard let value = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else {
                return "bad-json: \(path)"
            }
            if path.hasSuffix(".json") { continue }
            if let problem = Twins.problem(yaml: yaml[path] ?? [], json: value) { return "twins: \(path): \(problem)" }
        }
        return nil
    }
}
