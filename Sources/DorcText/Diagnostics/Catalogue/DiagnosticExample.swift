/// A small input that leads to one finding.
package enum DiagnosticExample: Sendable {
    /// Files that are put into a small project with the pipeline `raw/census` and its functions `extract` and `load`. Of
    /// dorc.yaml and of that pipeline's pipeline.yaml only what matters is shown: the keys that they need come on top.
    case files([File])
    /// What files cannot show, or not in a few lines.
    case words(String)

    package struct File: Sendable {
        package var path: String
        package var text: String
    }

    package static let pipelinePath = "src/raw/census/pipeline.yaml"

    static let unknown = words("no input is known that leads to it")

    static func pipeline(_ text: String, and others: KeyValuePairs<String, String> = [:]) -> Self {
        files([File(path: pipelinePath, text: text + "\n")] + written(others))
    }

    static func project(_ text: String, and others: KeyValuePairs<String, String> = [:]) -> Self {
        files([File(path: "dorc.yaml", text: text + "\n")] + written(others))
    }

    static func dockerfile(_ text: String, and others: KeyValuePairs<String, String> = [:]) -> Self {
        files([File(path: "Dockerfile", text: text + "\n")] + written(others))
    }

    static func code(_ text: String) -> Self {
        files([File(path: "src/raw/census/extract/lambda.py", text: text + "\n")])
    }

    /// A file with cases of the pipeline.
    static func cases(_ text: String) -> Self {
        files([File(path: "src/raw/census/tests/first.yaml", text: text + "\n")])
    }

    static func files(_ files: KeyValuePairs<String, String>) -> Self { .files(written(files)) }

    private static func written(_ files: KeyValuePairs<String, String>) -> [File] {
        files.map { File(path: $0.key, text: $0.value + "\n") }
    }
}
