import DorcText
import DorcYAML
import Testing

@testable import DorcImport

@Suite struct ImportLedgerTests {
    private let file = SourceFile(path: "team/workflow.yml", text: "a: {b: 1, c: [x, {d: 2}]}\ne: 3\n")

    private var root: YAMLNode {
        get throws {
            var diagnostics = Diagnostics()
            return try #require(YAMLReader.read(file, into: &diagnostics))
        }
    }

    @Test func `every key of a file is found, and what nobody settles is reported as unknown`() throws {
        var ledger = ImportLedger()
        ledger.found(allIn: try root)
        #expect(ledger.report(of: []).entries.map(\.key) == ["a", "a.b", "a.c", "a.c[1].d", "e"])
        #expect(ledger.report(of: []).count(.noEquivalent) == 5)
        let key = try #require(ledger.key("a.b", in: file.path))
        ledger.settle(key, .takenOver, to: "dorc.yaml: b")
        ledger.settle(under: "a.c", in: file.path, .differs, "as a list")
        let report = ledger.report(of: [])
        #expect(report.entries.map(\.outcome) == [.noEquivalent, .takenOver, .differs, .differs, .noEquivalent])
        #expect(report.entries.first?.words == "the importer does not know this key")
        #expect(ImportReport.Outcome.allCases.reduce(0) { $0 + report.count($1) } == ledger.count)
    }

    @Test func `the worst outcome holds, and all words are kept`() throws {
        var ledger = ImportLedger()
        ledger.found(allIn: try root)
        let key = try #require(ledger.key("e", in: file.path))
        ledger.settle(key, .differs, to: "dorc.yaml: e", "one", isDecision: true)
        ledger.settle(key, .takenOver, "two")
        ledger.settle(key, .takenOver, "two")
        let entry = try #require(ledger.report(of: []).entries.last)
        #expect(entry.outcome == .differs)
        #expect(entry.words == "one; two")
        #expect(entry.isDecision)
    }

    @Test func `what is written for one pipeline and has no equivalent in another differs`() throws {
        var ledger = ImportLedger()
        ledger.found(allIn: try root)
        let key = try #require(ledger.key("e", in: file.path))
        ledger.settle(key, .noEquivalent, "the pipeline has another schedule")
        ledger.settle(key, .takenOver, to: "dorc.yaml: e", "in UTC")
        let report = ledger.report(of: [ImportedFile(path: "dorc.yaml", .text("e: 3\n"))])
        let entry = try #require(report.entries.last)
        #expect(entry.outcome == .differs)
        #expect(entry.target == "dorc.yaml: e")
        #expect(entry.words == "not everywhere: the pipeline has another schedule; in UTC")
        #expect(report.count(.noEquivalent) == 4)
    }

    @Test func `a path that begins like another is another`() throws {
        var ledger = ImportLedger()
        let place = file.wholeFile
        for path in ["a", "a.b", "a[0]", "ab"] { _ = ledger.found(path, at: place) }
        ledger.settle(under: "a", in: file.path, .takenOver)
        #expect(ledger.report(of: []).entries.first { $0.key == "ab" }?.outcome == .noEquivalent)
        #expect(ledger.report(of: []).count(.takenOver) == 3)
    }

    @Test func `a key that is found twice counts twice`() {
        var ledger = ImportLedger()
        let first = ledger.found("a", at: file.wholeFile)
        let second = ledger.found("a", at: file.wholeFile)
        #expect(first != second)
        ledger.settle(second, .takenOver)
        #expect(ledger.report(of: []).entries.map(\.key) == ["a", "a (2)"])
        #expect(ledger.report(of: []).entries.map(\.outcome) == [.noEquivalent, .takenOver])
    }

    @Test func `the report names file, line, key and target, and its counts add up`() throws {
        var ledger = ImportLedger()
        ledger.found(allIn: try root)
        ledger.settle(under: "a", in: file.path, .takenOver, to: "dorc.yaml: a")
        ledger.settle(under: "e", in: file.path, .differs, "another\u{1B}[31m meaning\nhere", isDecision: true)
        let written = ImportedFile(path: "dorc.yaml", .text("# TODO e: team/workflow.yml:2: another\na: 1\n"))
        let report = ledger.report(of: [written])
        #expect(
            report.text == """
                Taken over (4)
                  team/workflow.yml -> dorc.yaml
                    1  a -> a
                    1  a.b -> a
                    1  a.c -> a
                    1  a.c[1].d -> a

                Differs (1)
                  team/workflow.yml
                    2  e: another\u{FFFD}[31m meaning here (TODO)


                """)
        #expect(
            report.summary == "5 keys: 4 taken over, 1 differs, 0 without an equivalent; 1 is a TODO in what is written"
        )
        let counts = try #require(report.files.first)
        #expect((counts.takenOver, counts.differs, counts.noEquivalent, counts.decisions) == (4, 1, 0, 1))
        let json = JSONPretty.file(report.json)
        #expect(json.contains("\"keys\": 5"))
        #expect(json.contains("\"outcome\": \"differs\""))
    }

    @Test func `what is said of several keys of a file is said once, and a file where most of them went`() {
        var ledger = ImportLedger()
        let words = "dorc starts what was missed by hand: see `backfill`"
        let lines = SourceFile(path: "a.yml", text: String(repeating: "x: 1\n", count: 12))
        for line in [2, 9, 11] as [Int32] {
            let place = SourcePosition(line: Int(line), column: 1)
            let key = ledger.found("x\(line)", at: SourceRange(file: lines, start: place, end: place))
            ledger.settle(key, .differs, to: line == 11 ? "b.yaml: x" : "c.yaml: x", words)
        }
        let written = ["b.yaml", "c.yaml"].map { ImportedFile(path: $0, .text("x: 1\n")) }
        #expect(
            ledger.report(of: written).text == """
                Differs (3)
                  a.yml -> c.yaml
                     2  x2 -> x: dorc starts what was missed by hand: see `backfill`
                     9  x9 -> x: as at line 2
                    11  x11 -> b.yaml: x: as at line 2


                """)
    }

    @Test func `a key that is said to be written and is not is an internal error`() throws {
        var ledger = ImportLedger()
        ledger.found(allIn: try root)
        ledger.settle(under: "a", in: file.path, .takenOver, to: "dorc.yaml: b")
        let report = ledger.report(of: [ImportedFile(path: "dorc.yaml", .text("a: 1\n"))])
        let entry = try #require(report.entries.first)
        #expect(entry.outcome == .noEquivalent)
        #expect(entry.target == nil)
        #expect(entry.words.hasPrefix("internal-error"))
        #expect(report.count(.takenOver) == 0)
    }

    @Test(arguments: [
        ("dorc.yaml: project", "dorc.yaml: project"),
        ("dorc.yaml: steps[*].retry", "dorc.yaml: steps[1].retry"),
        ("dorc.yaml: steps[*].function", "dorc.yaml: steps[*].function"),
        ("dorc.yaml: steps[1].environment.A.B", "dorc.yaml: steps[1].environment.A.B"),
        ("dorc.yaml: functions.*.memory", "dorc.yaml: functions.load.memory"),
        ("dorc.yaml: timeout", "dorc.yaml: environments.prod.timeout"),
        ("src/load/lambda.py", "src/load/lambda.py"),
    ])
    func `a place in what is written is told exactly`(_ target: String, _ place: String) {
        #expect(Self.written.place(of: target) == place)
    }

    @Test(arguments: [
        "dorc.yaml: proj", "dorc.yaml: project.x", "dorc.yaml: steps[2]", "dorc.yaml: steps[", "dorc.yaml: steps[*].x",
        "dorc.yaml: steps.function", "dorc.yaml: functions.load.memo", "other.yaml: project", "other.yaml",
        "src/load/lambda.py: x", "dorc.yaml: steps[1]environment",
    ])
    func `a place that is not written is none`(_ target: String) {
        #expect(Self.written.place(of: target) == nil)
    }

    @Test func `decisions are the comments that say TODO`() {
        #expect(Self.written.decisions == 3)
    }

    private static let written = WrittenKeys([
        ImportedFile(
            path: "dorc.yaml",
            .text(
                """
                # Look for TODO: each is a decision.
                # TODO project: which?
                #   see TODO above
                project: a
                steps:
                  - {function: x}
                  - {function: y, retry: 1, environment: {A.B: "1"}}  # TODO function: which?
                functions:
                  load: {memory: 128}
                  save: {}
                environments:
                  prod: {timeout: 2 h}

                """)),
        ImportedFile(path: "src/load/lambda.py", .text("def handler():  # TODO handler: write it\n    pass\n")),
    ])

    @Test(arguments: [
        ("ExampleDorc", "exampledorc"), ("10ds core_pipelines", "p10ds-core-pipelines"), ("---", "project"),
        ("a--b", "a-b"), (String(repeating: "long-", count: 20), "long-long-long-long-long-long"),
    ])
    func `a project's name is made valid`(_ text: String, _ name: String) {
        #expect(ImportNames.project(text) == name)
    }

    @Test func `names of folders are valid and unique`() {
        var names = ImportNames()
        #expect(names.folder("Extract Data", else: "f") == "extract-data")
        #expect(names.folder("extract-data", else: "f") == "extract-data-2")
        #expect(names.folder("日本", else: "f") == "f")
        #expect(names.environment("Pre-Prod") == "preprod")
        #expect(names.environment("preprod") == "preprod2")
        #expect(names.environment("universal") == "env")
    }
}
