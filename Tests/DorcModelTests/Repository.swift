import DorcConfig
import DorcModel
import DorcText

/// A config repository in memory with one pipeline, `raw/census`, whose functions are those that are named.
struct Repository {
    var files: [String: String]

    init(_ pipeline: String, functions: [String] = ["extract", "load"], _ others: [String: String] = [:]) {
        files = [
            "dorc.yaml": """
            project: demo
            region: eu-west-2
            environments: {dev: {account: "111122223333", variables: {bucket: landing-dev}}}
            """,
            "Dockerfile": "FROM amazon/aws-lambda-python:3.12\n",
            "src/raw/census/pipeline.yaml": pipeline,
        ]
        for name in functions { files["src/raw/census/\(name)/lambda.py"] = "def handler(event, context): pass\n" }
        files.merge(others) { _, other in other }
    }

    func load() -> (project: Project?, findings: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let project = ConfigRepository.read(MemoryTree(files), into: &diagnostics)?.resolve(into: &diagnostics)
        return (project, diagnostics.sorted)
    }
}
