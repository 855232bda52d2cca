import DorcConfig
import DorcText
import Schedules
import DorcModel
import DorcText
import Schedules
import DorcSynth
import DorcTemplates
import OrderedCollections

/// What dorc makes of a config repository.
struct SnapshotOutput: Equatable {
    /// The output folder in both forms: `yaml/dev/infra.yaml`, `json/dev/infra.json`.
    private(set) var files: [String: String] = [:]
    private(set) var ids = ""
    private(set) var diagnostics = ""
    private(set) var project = ""
    private(set) var environments: [String] = []

    init(_ tree: MemoryTree) throws {
        var diagnostics = Diagnostics()
        if let project = ConfigRepository.read(tree, into: &diagnostics)?.resolve(into: &diagnostics) {
            self.project = project.name
            environments = project.environments.map(\.name)
            Self.calendar.run(project, into: &diagnostics)
            let graph = GraphBuilder(project).graph(into: &diagnostics)
            if !diagnostics.hasErrors {
                for format in TemplateFormat.allCases {
                    for (path, bytes) in try Self.render(graph, format, &diagnostics) {
                        files["\(format.rawValue)/\(path)"] = String(decoding: bytes, as: UTF8.self)
                    }
                }
                ids = Self.ids(of: graph)
            }
        }
        if diagnostics.hasErrors { (files, ids) = ([:], "") }
        if !diagnostics.sorted.isEmpty {
            self.diagnostics = DiagnosticText(colour: false).render(diagnostics.sorted)
        }
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

    private static func render(
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
        for file in DeploymentFiles.of(manifest, graph) { files[file.path] = file.bytes }
        // The same everywhere, with tests of their own.
        for path in ["deploy.sh", "run.sh", ".gitattributes"] { files[path] = nil }
        return files
    }

    private static func ids(of graph: ResourceGraph) -> String {
        graph.order.map { index in
            let stack = graph[index]
            return "\(stack.name)\n" + stack.resources.keys.map { "  \($0)\n" }.joined()
        }.joined()
    }
}
