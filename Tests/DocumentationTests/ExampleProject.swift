import Schedules
import DorcConfig
import DorcModel
import DorcText
import DorcTestSupport
import DorcSynth
import DorcTemplates

/// The small project that the examples of the catalogue are put into.
struct ExampleProject {
    var tree: MemoryTree
    /// The output folder, relative to the repository's root.
    var output: String?
    /// POSIX rules of time zones, which a machine has or has not.
    var zones = ["Europe/London": "GMT0BST,M3.5.0/1,M10.5.0", "UTC": "UTC0"]

    private static let code = "def handler(event, context):\n    return event\n"
    private static let standard = [
        "dorc.yaml": "",
        "Dockerfile": """
        FROM public.ecr.aws/lambda/python:3.12
        ARG CODE_PATH
        COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/
        CMD ["lambda.handler"]
        """,
        DiagnosticExample.pipelinePath: "",
        "src/raw/census/extract/lambda.py": code,
        "src/raw/census/load/lambda.py": code,
    ]

    /// What comes on top of a file that has none of the keys.
    private static let additions: [String: [(keys: [String], text: String)]] = [
        "dorc.yaml": [
            (["project"], "project: census-demo\n"), (["region"], "region: eu-west-2\n"),
            (["environments"], "environments: {dev: {account: \"111122223333\", notifications: {}}}\n"),
        ],
        DiagnosticExample.pipelinePath: [(["steps", "definition"], "steps: [extract, load]\n")],
    ]

    init(_ files: [String: String]) {
        var all = Self.standard.merging(files) { _, own in own }
        for (path, additions) in Self.additions {
            let text = all[path] ?? ""
            let lines = text.split(separator: "\n")
            let missing = additions.filter { addition in
                !lines.contains { line in addition.keys.contains { line.hasPrefix($0 + ":") } }
            }
            all[path] = missing.map(\.text).joined() + text
        }
        tree = MemoryTree(all)
    }

    /// What `check` finds on 1 December 2026.
    func findings() -> [Diagnostic] {
        var diagnostics = Diagnostics()
        guard let repository = ConfigRepository.read(tree, output: output, into: &diagnostics) else {
            return diagnostics.sorted
        }
        let project = repository.resolve(into: &diagnostics)
        repository.checkCases(of: project, in: tree, into: &diagnostics)
        let zones = zones
        ScheduleCalendarCheck(now: 1_796_083_200, zones: { zones[$0].flatMap { ZoneRules(rule: $0) } })
            .run(project, into: &diagnostics)
        let graph = GraphBuilder(project).graph(into: &diagnostics)
        if !diagnostics.hasErrors {
            for index in graph.order { _ = TemplateRenderer(graph, format: .json).render(index, into: &diagnostics) }
        }
        return diagnostics.sorted
    }
}
