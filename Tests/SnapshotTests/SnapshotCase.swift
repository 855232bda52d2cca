import DorcConfig
import DorcSynth
import DorcTemplates
import DorcText
import Foundation
import OrderedCollections
import Schedules
import Testing

/// A folder below Cases/: a whole config repository in `config/`, and what it becomes.
///
///     config/            the config repository
///     expected/yaml/     the whole output folder
///     expected/json/     the same as JSON
///     ids.txt            every logical id: one that changes replaces a resource
///     diagnostics.txt    the findings, where there are any; a case with errors has nothing else
struct SnapshotCase: CustomTestStringConvertible, Sendable {
    let name: String

    var testDescription: String { name }
    var folder: URL { Self.root.appending(path: name) }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

    static let all: [SnapshotCase] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map(SnapshotCase.init)
    }()

    /// What dorc makes of the case now: every file that stands beside `config/`, by its path.
    func actual(shuffled: Bool = false) throws -> [String: String] {
        let config = try DirectoryContents.read(folder.appending(path: "config"))
        var tree = MemoryTree([:])
        tree.files = config
        tree.isReversed = shuffled
        var diagnostics = Diagnostics()
        var files: [String: String] = [:]
        if let project = ConfigRepository.read(tree, into: &diagnostics)?.resolve(into: &diagnostics) {
            Self.calendar.run(project, into: &diagnostics)
            let graph = GraphBuilder(project).graph(into: &diagnostics)
            if !diagnostics.hasErrors {
                for format in TemplateFormat.allCases {
                    for (path, bytes) in try render(graph, format, &diagnostics) {
                        files["expected/\(format.rawValue)/\(path)"] = String(decoding: bytes, as: UTF8.self)
                    }
                }
                files["ids.txt"] = ids(of: graph)
            }
        }
        let findings = diagnostics.sorted
        if diagnostics.hasErrors { files = [:] }
        if !findings.isEmpty { files["diagnostics.txt"] = DiagnosticText(colour: false).render(findings) }
        return files
    }

    /// As `check` looks at it on 1 December 2026, with rules of its own for time zones.
    private static let calendar = ScheduleCalendarCheck(
        now: UTCTime("2026-12-01")?.seconds ?? 0,
        zones: { name in
            let rules = [
                "Europe/London": "GMT0BST,M3.5.0/1,M10.5.0", "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
                "Europe/Berlin": "CET-1CEST,M3.5.0,M10.5.0/3",
            ]
            return rules[name].flatMap { ZoneRules(rule: $0) } ?? ZoneRules(rule: "UTC0")
        })

    private func render(
        _ graph: ResourceGraph, _ format: TemplateFormat, _ diagnostics: inout Diagnostics
    ) throws -> [String: [UInt8]] {
        let renderer = TemplateRenderer(graph, format: format)
        var files: [String: [UInt8]] = [:]
        var summaries: [TemplateSummary] = []
        for index in graph.order {
            let template = renderer.render(index, into: &diagnostics)
            files[template.summary.path] = template.bytes
            summaries.append(template.summary)
        }
        let manifest = Manifest(graph, summaries)
        files[Manifest.fileName] = manifest.bytes
        for file in DeploymentFiles.of(manifest, images: manifest.images) { files[file.path] = file.bytes }
        // The rest of it is the same everywhere, and has its own tests.
        files["deploy.sh"] = Array(DeployScript(manifest: manifest, images: manifest.images).plan.utf8)
        return files
    }

    private func ids(of graph: ResourceGraph) -> String {
        graph.order.map { index in
            let stack = graph[index]
            return "\(stack.name)\n" + stack.resources.keys.map { "  \($0)\n" }.joined()
        }.joined()
    }

    /// What is on record for the case.
    func expected() throws -> [String: String] {
        try DirectoryContents.read(folder)
            .filter { !$0.key.hasPrefix("config/") }
            .mapValues { String(decoding: $0, as: UTF8.self) }
    }

    /// Replaces what is on record.
    func record(_ files: [String: String]) throws {
        for path in try expected().keys where files[path] == nil {
            try FileManager.default.removeItem(at: folder.appending(path: path))
        }
        if !files.keys.contains(where: { $0.hasPrefix("expected/") }) {
            try? FileManager.default.removeItem(at: folder.appending(path: "expected"))
        }
        for (path, text) in files {
            let url = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }
}
