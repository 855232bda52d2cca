internal import DorcConfig
package import DorcText
package import DorcModel
package import DorcSynth
package import DorcText

/// A config repository in memory.
package struct Repository {
    package var files: [String: String]

    package static let code = "def handler(event, context): pass\n"
    package static let dockerfile = "FROM amazon/aws-lambda-python:3.12\n"
    package static let project = """
        project: demo
        region: eu-west-2
        environments: {dev: {account: "111122223333", variables: {bucket: landing-dev}, notifications: {}}}
        """

    package init(files: [String: String]) { self.files = files }

    /// One with a dorc.yaml, a Dockerfile, and the pipeline `raw/census`, whose functions are those that are named; the
    /// other files replace these.
    package init(
        _ pipeline: String, functions: [String] = ["extract", "load"], _ others: [String: String] = [:]
    ) {
        files = ["dorc.yaml": Self.project, "Dockerfile": Self.dockerfile, "src/raw/census/pipeline.yaml": pipeline]
        for name in functions { files["src/raw/census/\(name)/lambda.py"] = Self.code }
        files.merge(others) { $1 }
    }

    package var tree: MemoryTree { MemoryTree(files) }

    package func load(into diagnostics: inout Diagnostics) -> Project? {
        ConfigRepository.read(tree, into: &diagnostics)?.resolve(into: &diagnostics)
    }

    package func load() -> (project: Project?, findings: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let project = load(into: &diagnostics)
        return (project, diagnostics.sorted)
    }

    /// The graph is made of projects with errors too.
    package func graph() -> (project: Project?, graph: ResourceGraph?, findings: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let project = load(into: &diagnostics)
        let graph = project.map { GraphBuilder($0).graph(into: &diagnostics) }
        return (project, graph, diagnostics.sorted)
    }
}
