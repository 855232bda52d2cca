import DorcImport
import DorcTestSupport
import DorcText
import Foundation
import Testing

/// Files that cannot be read, what Python is given, and names.
@Suite struct OriginalReadingTests {
    @Test func `where a definition cannot be read nothing is written, and its place is told`() throws {
        var original = Original()
        original.pipeline()
        original.error("src/raw/broken/__main__.py", 3, 7, "invalid syntax")
        original.files["src/raw/census/Pulumi.dev.yaml"] = "config:\n  a: [1\nb: 2\n"
        let imported = try original.imported()
        #expect(imported.result.files.isEmpty)
        #expect(
            imported.result.mistakes.map { "\($0.range.path):\($0.range.start.line):\($0.range.start.column)" }.sorted()
                == [
                    "src/raw/broken/__main__.py:3:7", "src/raw/census/Pulumi.dev.yaml:3:2",
                ])
        #expect(imported.mistakes == [])
        let report = imported.result.report
        #expect(report.count(.noEquivalent) == report.entries.count)
        #expect(
            imported.entry("PipelineDefinition.functions")?.words == "nothing is imported, since a file cannot be read")
    }

    @Test func `a file that no definition needs may be broken`() throws {
        var original = Original()
        original.pipeline()
        original.error("scripts/old.py", 1, 7, "invalid syntax", isDefinition: false)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.result.mistakes.isEmpty)
        #expect(imported.text() != nil)
        #expect(
            imported.result.report.entries.contains {
                $0.file == "scripts/old.py" && $0.words.contains("no definition needs it")
            })
    }

    @Test func `a file that makes Python fail is found, and nothing is written`() throws {
        let tree = MemoryTree([
            Original.path: "pass\n", "bad.py": "crash\n", "Dockerfile": "FROM x\n",
            "src/raw/census/extract/lambda.py": "",
        ])
        let result = try DorcImporter(tree: tree) { input in
            String(decoding: input, as: UTF8.self).contains("crash") ? nil : Array("{}".utf8)
        }.result()
        #expect(result.mistakes.map(\.range.path) == ["bad.py"])
        #expect(result.files.isEmpty)
        #expect(result.report.entries.contains { $0.file == "bad.py" && $0.outcome == .noEquivalent })
    }

    @Test func `what Python tells that is not the reader's is a failure`() {
        #expect(throws: ImportFailure.self) {
            _ = try DorcImporter(tree: MemoryTree([Original.path: "pass\n"])) { _ in Array("nonsense".utf8) }.result()
        }
    }

    @Test func `Python is given each byte of a file`() throws {
        var tree = MemoryTree([Original.path: "x\n"])
        tree.files[Original.path] = [0x79, 0xE9, 0x0A]
        var given = ""
        _ = try? DorcImporter(tree: tree) { input in
            given = String(decoding: input, as: UTF8.self)
            return nil
        }.result()
        #expect(given.contains("\"y\u{E9}\\n\"") || given.contains("\"y\\u00e9\\n\""))
    }

    @Test func `the program has every module of the folder, in ASCII`() throws {
        let folder = Folders.root.appending(path: "Sources/DorcImport/Dorc/dorc_reader")
        let names = try Folders.files(below: folder).keys.filter { $0.hasSuffix(".py") }
        #expect(Set(names) == Set(PythonReader.modules.map { $0.name + ".py" }))
        for module in PythonReader.modules { #expect(module.text.allSatisfy { $0 < 0x80 }, "\(module.name)") }
        // The longest argument that Linux takes.
        #expect(PythonReader.program.utf8.count < 128 << 10)
    }

    @Test func `names that dorc does not take are changed, and told`() throws {
        var original = Original(functions: ["Load All"], in: "src/My Layer/Census!")
        let path = "src/My Layer/Census!/__main__.py"
        original.files["src/My Layer/Census!/Pulumi.Pre-Prod.yaml"] = ""
        original.pipeline(
            .list([original.call("Function", [("name", .text("Load All"))], at: path)]),
            trigger: original.call(
                "CronTrigger", [("name", .text("Every Day!")), ("cron", .text("rate(1 day)"))], at: path),
            others: [("file_path", .file)], at: path)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(
            imported.text("src/my-layer/census/pipeline.yaml")
                == "steps: [load-all]\ntriggers:\n  - name: every-day\n    schedule: rate(1 day)\n")
        #expect(imported.project.contains("  preprod:"))
        #expect(imported.result.files.contains { $0.path == "src/my-layer/census/load-all/lambda.py" })
        #expect(imported.entry("Function.name")?.words == "it is called `load-all`")
    }

    @Test func `the documentation's layout has pipeline and layer the other way round`() throws {
        var original = Original(functions: [])
        let path = "src/census/raw/__main__.py"
        original.addFolder("src/census/raw", functions: ["extract", "load"], code: "src/census/raw/src")
        original.pipeline(others: [("file_path", .file)], at: path)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text() == "steps: [extract, load]\n")
        #expect(imported.result.files.contains { $0.path == "src/raw/census/extract/lambda.py" })
    }
}
