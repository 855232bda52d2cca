import DorcConfig
import DorcImport
import DorcText
import Testing

/// What Python would tell is given: these tests are about the mapping.
@Suite struct DorcImporterTests {
    private static let path = "src/raw/census/__main__.py"

    private struct Imported {
        var result: ImportResult

        func text(_ path: String) -> String? {
            guard let file = result.files.first(where: { $0.path == path }), case .text(let text) = file.content
            else { return nil }
            return text
        }

        func entry(_ key: String) -> ImportReport.Entry? { result.report.entries.first { $0.key == key } }
    }

    private func imported(
        _ calls: [String], applied: [Int] = [0], functions: [String] = ["extract", "load"],
        others: [String: String] = [:]
    ) throws -> Imported {
        let facts = """
            {"errors": [], "calls": [\(calls.joined(separator: ", "))], "applied": [\(applied.map(String.init).joined(separator: ", "))],
            "statements": []}
            """
        var files = [Self.path: "pass\n", "Dockerfile": "FROM x\n"].merging(others) { $1 }
        for name in functions { files["src/raw/census/\(name)/lambda.py"] = "def handler(event, context): pass\n" }
        return Imported(result: try DorcImporter(tree: MemoryTree(files)) { _ in Array(facts.utf8) }.result())
    }

    private func call(_ name: String, _ arguments: KeyValuePairs<String, String>, line: Int = 1) -> String {
        let list = arguments.enumerated().map { index, argument in
            """
            {"name": "\(argument.key)", "at": ["\(Self.path)", \(line), \(index + 1)], "value": \(argument.value)}
            """
        }
        return """
            {"class": "\(name)", "at": ["\(Self.path)", \(line), 1], "isInCode": false, "args": [\(list.joined(separator: ", "))]}
            """
    }

    private func text(_ text: String) -> String {
        "{\"kind\": \"text\", \"at\": [\"\(Self.path)\", 9, 1], \"value\": \(JSONText.literal(text))}"
    }
    private func object(_ index: Int) -> String {
        "{\"kind\": \"call\", \"at\": [\"\(Self.path)\", 9, 1], \"call\": \(index)}"
    }
    private func list(_ items: [String]) -> String {
        "{\"kind\": \"list\", \"at\": [\"\(Self.path)\", 9, 1], \"items\": [\(items.joined(separator: ", "))]}"
    }
    private func unknown(_ source: String) -> String {
        "{\"kind\": \"unknown\", \"at\": [\"\(Self.path)\", 7, 3], \"text\": \"\(source)\", \"why\": \"only running it would tell\"}"
    }

    private func pipeline(_ trigger: String? = nil, _ others: [String]) -> [String] {
        let arguments = list([object(2), object(3)])
        let definition =
            trigger.map { call("PipelineDefinition", ["functions": arguments, "trigger": $0], line: 2) }
            ?? call("PipelineDefinition", ["functions": arguments], line: 2)
        return [
            call("CreatePipeline", ["pipeline_definition": object(1)]), definition,
            call("Function", ["name": text("extract"), "next_function": text("load")], line: 3),
            call("Function", ["name": text("load")], line: 4),
        ] + others
    }

    @Test func `a definition becomes steps, and each key has its outcome`() throws {
        let imported = try imported(pipeline(nil, []))
        #expect(imported.text("src/raw/census/pipeline.yaml") == "steps: [extract, load]\n")
        #expect(imported.entry("Function.name")?.target == "src/raw/census/pipeline.yaml: steps[0]")
        #expect(imported.entry("Function.name (2)")?.outcome == .takenOver)
        #expect(imported.entry("PipelineDefinition.functions")?.line == 2)
        #expect(imported.result.mistakes.isEmpty)
    }

    @Test func `what is not known is a TODO with its source line, and the file is whole without it`() throws {
        let imported = try imported(
            pipeline(object(4), [call("CronTrigger", ["name": text("a"), "cron": unknown("os.getenv('C')")], line: 5)]))
        #expect(
            imported.text("src/raw/census/pipeline.yaml") == """
                steps: [extract, load]
                # TODO schedule: src/raw/census/__main__.py:7: os.getenv('C') (only running it would tell)

                """)
        let entry = try #require(imported.entry("CronTrigger.cron"))
        #expect(entry.isDecision)
        #expect(entry.outcome == .differs)
        #expect(entry.line == 5)
    }

    @Test func `a trigger that only resolving would refuse is not written`() throws {
        let trigger = call(
            "S3Trigger", ["name": text("a"), "bucket_name": text("Upper"), "key_prefix": text("x/")], line: 5)
        let written = try imported(pipeline(object(4), [trigger])).text("src/raw/census/pipeline.yaml")
        #expect(written?.contains("# TODO trigger: ") == true)
        #expect(written?.contains("\ntriggers:") == false)
    }

    @Test func `objects that nothing uses are in the report with all their keys`() throws {
        let imported = try imported(
            pipeline(nil, [call("S3Trigger", ["name": text("a"), "colour": text("red")], line: 5)]))
        for key in ["S3Trigger.name", "S3Trigger.colour"] {
            #expect(imported.entry(key)?.outcome == .noEquivalent)
            #expect(imported.entry(key)?.words == "no pipeline and no configuration uses it")
        }
    }

    @Test func `a region that is not known has a value that check takes, and a TODO`() throws {
        let universal = call("UniversalConfig", ["region": unknown("REGION"), "project": text("Demo_1")], line: 5)
        let config = call("Config", ["universal": object(4)], line: 6)
        let imported = try imported(pipeline(nil, [universal, config]))
        let written = try #require(imported.text("dorc.yaml"))
        #expect(written.contains("project: demo-1\n# TODO region: src/raw/census/__main__.py:7: REGION"))
        #expect(written.contains("\nregion: eu-west-2\n"))
        #expect(imported.entry("UniversalConfig.project")?.outcome == .differs)
    }

    @Test func `settings of Pulumi are the values of their environments`() throws {
        let setting =
            "{\"kind\": \"setting\", \"at\": [\"\(Self.path)\", 9, 1], \"key\": \"bucket\", \"isSecret\": false}"
        let trigger = call("S3Trigger", ["name": text("a"), "bucket_name": setting, "key_prefix": text("")], line: 5)
        let imported = try imported(
            pipeline(object(4), [trigger]),
            others: [
                "src/raw/census/Pulumi.dev.yaml": "config:\n  census:bucket: landing-dev\n  unused: 1\n",
                "src/raw/census/Pulumi.prod.yaml": "config:\n  environment: prod\n",
            ])
        let project = try #require(imported.text("dorc.yaml"))
        #expect(project.contains("      bucket: landing-dev\n"))
        #expect(project.contains("# TODO bucket: src/raw/census/__main__.py:9: the setting `bucket`"))
        #expect(project.contains("      bucket: change-me\n"))
        #expect(imported.text("src/raw/census/pipeline.yaml")?.contains("bucket: \"${bucket}\"") == true)
        #expect(imported.entry("config.census:bucket")?.outcome == .takenOver)
        #expect(imported.entry("config.unused")?.words == "no definition reads it")
    }

    @Test func `a file that makes Python fail does not hide the others`() throws {
        let facts = """
            {"errors": [], "calls": [\(pipeline(nil, []).joined(separator: ", "))], "applied": [0], "statements": []}
            """
        let tree = MemoryTree([
            Self.path: "pass\n", "bad.py": "crash\n", "Dockerfile": "FROM x\n",
            "src/raw/census/extract/lambda.py": "", "src/raw/census/load/lambda.py": "",
        ])
        let result = try DorcImporter(tree: tree) { input in
            String(decoding: input, as: UTF8.self).contains("crash") ? nil : Array(facts.utf8)
        }.result()
        #expect(result.mistakes.map(\.range.path) == ["bad.py"])
        #expect(result.files.contains { $0.path == "src/raw/census/pipeline.yaml" })
        #expect(result.report.entries.contains { $0.file == "bad.py" && $0.outcome == .noEquivalent })
    }

    @Test func `what Python tells that is not the reader's is a failure`() {
        #expect(throws: ImportFailure.self) {
            _ = try DorcImporter(tree: MemoryTree([Self.path: "pass\n"])) { _ in Array("nonsense".utf8) }.result()
        }
    }
}
