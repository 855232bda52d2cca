import DorcConfig
import DorcModel
import DorcTestSupport
import DorcText
import DorcYAML
import Testing

/// Every example in the documentation passes `check`.
@Suite struct ExampleTests {
    @Test func `there are examples`() {
        #expect(Documentation.examples.count { $0.kind == "dorc.yaml" } > 0)
        #expect(Documentation.examples.count { $0.kind == "pipeline.yaml" } > 0)
    }

    @Test(arguments: Documentation.examples)
    func `every example passes the check`(_ example: Documentation.Example) {
        var files = ["Dockerfile": "FROM scratch\n", "dorc.yaml": Self.project]
        switch example.kind {
        case "dorc.yaml":
            files["dorc.yaml"] = example.text
            files["src/raw/census/pipeline.yaml"] = "steps: [load]\n"
            files["src/raw/census/load/lambda.py"] = Repository.code
            for folder in ["lib", "shared", "common"] { files["\(folder)/code.py"] = "" }
        case "pipeline.yaml":
            files["src/raw/example/pipeline.yaml"] = example.text
            for name in Self.functions(in: example.text) {
                files["src/raw/example/\(name)/lambda.py"] = Repository.code
            }
            for target in Self.targets(in: example.text) {
                files["src/\(target)/pipeline.yaml"] = "steps: [load]\n"
                files["src/\(target)/load/lambda.py"] = Repository.code
            }
        default:
            Issue.record("\(example): `\(example.kind)` is neither dorc.yaml nor pipeline.yaml")
            return
        }
        let errors = Repository(files: files).graph().findings.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(example)\n\(DiagnosticText(colour: false).render(errors))")
    }

    private static let project = """
        project: census-demo
        region: eu-west-2
        environments:
          dev: {account: "111122223333", variables: {landing_bucket: landing-dev, threshold: "1"}}
          prod: {account: "444455556666", variables: {landing_bucket: landing-prod, threshold: "2"}}
        """

    /// The functions that the steps use, as the decoder sees them.
    private static func functions(in text: String) -> [String] {
        guard let file = decode(text) else { return [] }
        let external = Set((file.functions?.value.entries ?? []).filter { $0.value.image != nil }.map(\.key.value))
        return ((file.steps?.value ?? []) + (file.finally?.value ?? [])).compactMap { step in
            step.value.pipeline == nil ? (step.value.function ?? step.value.name)?.value : nil
        }.filter { !external.contains($0) }
    }

    private static func targets(in text: String) -> [String] {
        (decode(text)?.steps?.value ?? []).compactMap { $0.value.pipeline?.value.description }
    }

    private static func decode(_ text: String) -> PipelineFile? {
        var diagnostics = Diagnostics()
        let file = SourceFile(path: "pipeline.yaml", text: text)
        return YAMLReader.read(file, into: &diagnostics).flatMap { PipelineFile.type.decode($0, &diagnostics) }
    }
}
