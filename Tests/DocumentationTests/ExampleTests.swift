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
        #expect(Documentation.examples.count { $0.kind == Self.caseFile } > 0)
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
        case Self.caseFile:
            files["src/raw/example/\(example.kind)"] = example.text
            files.merge(Self.pipelines(of: example.text)) { $1 }
        default:
            Issue.record("\(example): `\(example.kind)` is neither dorc.yaml nor pipeline.yaml nor \(Self.caseFile)")
            return
        }
        let repository = Repository(files: files)
        var errors = repository.graph().findings.filter { $0.severity == .error }
        var findings = Diagnostics()
        if let read = ConfigRepository.read(repository.tree, into: &findings) {
            let project = read.resolve(into: &findings)
            findings = Diagnostics()
            read.checkCases(of: project, in: repository.tree, into: &findings)
            errors += findings.sorted
        }
        #expect(errors.isEmpty, "\(example)\n\(DiagnosticText(colour: false).render(errors))")
    }

    private static let caseFile = "tests/first.yaml"

    /// Those that a file with cases is beside, with the steps that it has mocks for.
    private static func pipelines(of text: String) -> [String: String] {
        var diagnostics = Diagnostics()
        let root = YAMLReader.read(SourceFile(path: caseFile, text: text), into: &diagnostics)
        let file = root.flatMap { CaseFile.type.decode($0, &diagnostics) }
        let maps = [file?.mocks?.value] + (file?.cases?.value ?? []).map { $0.value.mocks?.value }
        var steps = ["extract"]
        var files = ["src/raw/example/extract/lambda.py": Repository.code]
        for name in Set(maps.flatMap { $0?.entries ?? [] }.map(\.key.value)).sorted() where name != "extract" {
            let parts = name.split(separator: "/")
            let (folder, function) =
                parts.count == 3 ? ("src/\(parts[0])/\(parts[1])", parts[2]) : ("src/raw/example", parts[0])
            files["\(folder)/\(function)/lambda.py"] = Repository.code
            if parts.count == 3 {
                files["\(folder)/pipeline.yaml"] = "steps: [\(function)]\n"
                steps.append("{name: \(parts[1]), pipeline: \(parts[0])/\(parts[1])}")
            } else {
                steps.append(name)
            }
        }
        files["src/raw/example/pipeline.yaml"] =
            "steps: [\(steps.joined(separator: ", "))]\nschedule: every 1d\n"
        return files
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
