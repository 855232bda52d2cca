import DorcModel
import DorcTestSupport
import Testing
@testable import DorcConfig
@testable import DorcText

/// Files of `tests` folders: what is read of them, and what is wrong with them.
@Suite struct CaseTests {
    private static let steps = """
        steps:
          - extract
          - {name: settle, wait: 5m}
          - {name: tables, pipeline: curated/tables}
        finally: [{name: tidy, function: extract}]
        triggers:
          - {name: nightly, schedule: "0 6 * * *"}
          - {name: weekly, schedule: "0 6 * * 1"}
        """
    private static let path = "src/raw/census/tests/first.yaml"

    private func repository(_ cases: String, _ others: [String: String] = [:]) -> Repository {
        let files = [
            Self.path: cases, "src/curated/tables/pipeline.yaml": "steps: [publish]\nschedule: every 1d\n",
            "src/curated/tables/publish/lambda.py": Repository.code,
            "src/curated/other/pipeline.yaml": "steps: [load]\n",
            "src/curated/other/load/lambda.py": Repository.code,
        ]
        return Repository(Self.steps, functions: ["extract"], files.merging(others) { $1 })
    }

    /// As `check` sees them.
    private func findings(_ repository: Repository) throws -> [Diagnostic] {
        var diagnostics = Diagnostics()
        let read = try #require(ConfigRepository.read(repository.tree, into: &diagnostics))
        let project = read.resolve(into: &diagnostics)
        read.checkCases(of: project, in: repository.tree, into: &diagnostics)
        return diagnostics.sorted
    }

    private func cases(_ text: String, environment: Int = 0) throws -> [PipelineCase] {
        var diagnostics = Diagnostics()
        let repository = repository(text)
        let read = try #require(ConfigRepository.read(repository.tree, into: &diagnostics))
        let project = read.resolve(into: &diagnostics)
        let written = read.cases(in: repository.tree, into: &diagnostics)
        let found = written.flatMap {
            CaseResolver(read, project).cases($0, environment: environment, into: &diagnostics)
        }
        #expect(diagnostics.sorted == [])
        return found
    }

    private func json(_ value: JSONValue<Text>?) -> String? {
        value.map { JSONPretty.file($0.mapTexts { $0.filled { _ in "?" } }).filter { !$0.isWhitespace } }
    }

    // MARK: What is read

    @Test(arguments: [
        ("2024-01-01", "\"2024-01-01\""), ("012", "\"012\""), ("0x1f", "\"0x1f\""), ("yes", "\"yes\""),
        ("No", "\"No\""), ("True", "\"True\""), ("true", "true"), ("~", "null"), ("null", "null"),
        ("1_000", "\"1_000\""),
        ("12:30", "\"12:30\""), ("1e3", "1000"), ("\"1\"", "\"1\""), (".5", "\".5\""), ("1.10", "1.1"),
        ("12345678901234567890", "12345678901234567890"), ("0.1000000000000000055", "0.1"),
        ("-0", "0"), (".nan", "\".nan\""), ("!!str 1", "\"1\""), ("[a, {b: c}]", "[\"a\",{\"b\":\"c\"}]"),
    ])
    func `a value is what JSON has, and anything else is a string`(written: String, expected: String) throws {
        let found = try cases("cases: [{name: a, input: {x: \(written)}, expect: {output: \(written)}}]")
        #expect(json(found.first?.input) == "{\"x\":\(expected)}")
        #expect(json(found.first?.expectation) == "{\"output\":\(expected)}")
    }

    @Test func `a case has all that its file says, and wins over what its file has for all`() throws {
        let found = try cases(
            """
            x-rows: &rows {rows: [1, 2]}
            mocks:
              extract: {output: *rows}
              curated/tables/publish: {output: done}
            secrets: {API_KEY: x, OTHER: 0042}
            cases:
              - name: first
                expect: {output: null}
              - name: second
                event: s3:${bucket}/a.csv
                mocks:
                  extract: [{error: Busy}, {output: 1}]
                secrets: {API_KEY: "${y"}
                expect: {error: "Error", cause: "in ${bucket}"}
            """)
        try #require(found.map(\.name) == ["first", "second"])
        #expect(found.map(\.line) == [7, 9])
        #expect(found.allSatisfy { $0.file == Self.path })
        #expect(
            json(.object(found[0].mocks))
                == #"{"extract":{"output":{"rows":[1,2]}},"curated/tables/publish":{"output":"done"}}"#)
        #expect(json(.object(found[0].secrets)) == #"{"API_KEY":"x","OTHER":"0042"}"#)
        #expect(found[0].input == nil && found[0].event == nil && json(found[0].expectation) == #"{"output":null}"#)
        #expect(
            json(.object(found[1].mocks))
                == #"{"curated/tables/publish":{"output":"done"},"extract":[{"error":"Busy"},{"output":1}]}"#)
        #expect(json(.object(found[1].secrets)) == #"{"OTHER":"0042","API_KEY":"${y"}"#)
        #expect(found[1].event == .literal("s3:landing-dev/a.csv"))
        #expect(json(found[1].expectation) == #"{"error":"Error","cause":"inlanding-dev"}"#)
    }

    @Test func `a case has a folder of its own in place of S3, or that of its file`() throws {
        let text = """
            s3: buckets/
            cases:
              - {name: a, expect: {output: 1}}
              - {name: b, s3: data/other, expect: {output: 1}}
            """
        let folder = "src/raw/census/tests"
        let repository = repository(
            text, ["\(folder)/buckets/landing/a.csv": "1", "\(folder)/data/other/landing/b.csv": "2"])
        #expect(try findings(repository).map(\.summary) == [])
        var diagnostics = Diagnostics()
        let read = try #require(ConfigRepository.read(repository.tree, into: &diagnostics))
        let project = read.resolve(into: &diagnostics)
        let written = try #require(read.cases(in: repository.tree, into: &diagnostics).first)
        let found = CaseResolver(read, project).cases(written, environment: 0, into: &diagnostics)
        #expect(found.map(\.s3) == ["\(folder)/buckets", "\(folder)/data/other"])
        let missing = try findings(self.repository(text, ["\(folder)/data/other": "a file"]))
        #expect(missing.map(\.id) == [.noCaseFolder, .noCaseFolder])
        #expect(missing.first?.summary == "there is no folder `\(folder)/buckets`")
    }

    @Test func `a list of one answer stays a list`() throws {
        let found = try cases("cases: [{name: a, mocks: {extract: [{output: 1}]}, expect: {output: 1}}]")
        #expect(json(.object(found[0].mocks)) == #"{"extract":[{"output":1}]}"#)
    }

    @Test func `only yaml files of the folder itself are cases`() throws {
        let sound = "cases: [{name: NAME, expect: {output: 1}}]"
        let repository = repository(
            sound.replacing("NAME", with: "b"),
            [
                "src/raw/census/tests/a.yaml": sound.replacing("NAME", with: "a"),
                "src/raw/census/tests/data/x.yaml": "not: a case", "src/raw/census/tests/test_extract.py": "import x",
                "src/raw/census/tests/.hidden.yaml": "not: a case", "src/raw/census/tests/rows.json": "[]",
                "src/raw/census/tests/handler.py": "def handler(): pass",
            ])
        #expect(try findings(repository).map(\.summary) == [])
        var diagnostics = Diagnostics()
        let read = try #require(ConfigRepository.read(repository.tree, into: &diagnostics))
        let written = read.cases(in: repository.tree, into: &diagnostics)
        #expect(written.map(\.pipeline) == [PipelineID(layer: "raw", name: "census")])
        #expect(written.first?.files.compactMap { $0.cases?.value.first?.value.name?.value } == ["a", "b"])
    }

    @Test func `a tests folder is in no image and changes no content hash`() throws {
        for ignored in [
            "", "src/raw/census/tests\n", "**\n!src/raw/census/extract/**\n!requirements.txt\n!Dockerfile\n",
        ] {
            let without = Repository("steps: [extract]", functions: ["extract"], [".dockerignore": ignored])
            var with = without
            with.files[Self.path] = "cases: [{name: a, expect: {output: 1}}]"
            with.files["src/raw/census/tests/data/x.py"] = "x = 1"
            let images = [without, with].map { $0.load().project?.pipelines.flatMap { $0.images.map(\.tag) } ?? [] }
            #expect(images[0].count == 1)
            #expect(images[0] == images[1])
        }
    }

    @Test func `cases are not read where templates are written`() throws {
        let repository = repository("not: [a, case")
        #expect(repository.load().findings == [])
        #expect(try !findings(repository).isEmpty)
    }

    // MARK: Mistakes

    @Test(arguments: [
        ("cases: [{name: a, expect: {output: 1}, ⟦inputs⟧: {}}]", "unknown-key"),
        ("cases: [{name: a, ⟦output⟧: 1, expect: {output: 1}}]", "unknown-key"),
        ("⟦name⟧: a\ncases: [{name: a, expect: {output: 1}}]", "unknown-key"),
        ("⟦x-cases: []⟧", "missing-key"),
        ("cases: ⟦[]⟧", "empty-value"),
        ("cases: [⟦{expect: {output: 1}}⟧]", "missing-key"),
        ("cases: [⟦{name: a}⟧]", "missing-key"),
        ("cases: [{name: ⟦\"\"⟧, expect: {output: 1}}]", "invalid-value"),
        ("cases: [{name: ⟦\"a\\nb\"⟧, expect: {output: 1}}]", "invalid-value"),
        ("cases: [{name: a, expect: ⟦{output: 1, error: b}⟧}]", "one-outcome"),
        ("cases: [{name: a, expect: ⟦{}⟧}]", "one-outcome"),
        ("cases: [{name: a, expect: {cause: ⟦b⟧}}]", "misplaced-key"),
        ("cases: [{name: a, expect: {output: 1, ⟦eror⟧: b}}]", "unknown-key"),
        ("cases: [{name: a, input: 1, event: ⟦schedule:nightly⟧, expect: {output: 1}}]", "two-inputs"),
        ("cases: [{name: a, ⟦imput⟧: 1, event: schedule:nightly, expect: {output: 1}}]", "unknown-key"),
        ("cases: [{name: a, event: ⟦s3:landing⟧, expect: {output: 1}}]", "invalid-value"),
        ("cases: [{name: a, event: \"⟦${bukket}⟧\", expect: {output: 1}}]", "unknown-variable"),
        ("cases: [{name: a, event: ⟦schedule⟧, expect: {output: 1}}]", "unknown-trigger"),
        ("cases: [{name: a, event: ⟦schedule:nightli⟧, expect: {output: 1}}]", "unknown-trigger"),
        ("cases:\n- {name: a, expect: {output: 1}}\n- {name: ⟦a⟧, expect: {output: 2}}", "duplicate-case"),
        ("cases: [{name: a, mocks: {⟦extrakt⟧: {output: 1}}, expect: {output: 1}}]", "unknown-mock"),
        ("mocks: {⟦settle⟧: {output: 1}}\ncases: [{name: a, expect: {output: 1}}]", "unknown-mock"),
        ("cases: [{name: a, mocks: {⟦publish⟧: {output: 1}}, expect: {output: 1}}]", "unknown-mock"),
        ("cases: [{name: a, mocks: {⟦curated/tables/publ⟧: {output: 1}}, expect: {output: 1}}]", "unknown-mock"),
        ("cases: [{name: a, mocks: {⟦curated/table/publish⟧: {output: 1}}, expect: {output: 1}}]", "unknown-mock"),
        ("cases: [{name: a, mocks: {⟦curated/other/load⟧: {output: 1}}, expect: {output: 1}}]", "unknown-mock"),
        ("cases: [{name: a, mocks: {extract: ⟦1⟧}, expect: {output: 1}}]", "wrong-type"),
        ("cases: [{name: a, mocks: {extract: ⟦[]⟧}, expect: {output: 1}}]", "empty-value"),
        (
            "cases: [{name: a, mocks: {extract: [{output: 1}, ⟦{output: 1, error: b}⟧]}, expect: {output: 1}}]",
            "one-outcome"
        ),
        ("cases: [{name: a, secrets: {A: ⟦[1]⟧}, expect: {output: 1}}]", "wrong-type"),
        ("cases: [{name: a, input: ⟦1e400⟧, expect: {output: 1}}]", "out-of-range"),
        ("cases: [{name: a, input: ⟦!Ref x⟧, expect: {output: 1}}]", "tag-not-allowed"),
        ("cases: [{name: a, input: ⟦\"{% $states.input.x %}\"⟧, expect: {output: 1}}]", "dead-expression"),
        ("cases: [{name: a, name: b, expect: {output: 1}}]", "yaml-duplicate-key"),
    ])
    func `a mistake in a case is told at its place`(source: String, id: String) throws {
        let marked = Marked(source)
        let findings = try findings(repository(marked.text))
        let finding = try #require(findings.first)
        #expect(findings.count == 1, "\(DiagnosticText(colour: false).render(findings))")
        #expect(finding.id.rawValue == id)
        #expect(finding.range.path == Self.path)
        if let place = marked.place { #expect(finding.place == place) }
    }

    @Test(arguments: [
        ("{extrakt: {output: 1}}", "extract"), ("{publish: {output: 1}}", "curated/tables/publish"),
        ("{curated/tables/publsh: {output: 1}}", "curated/tables/publish"),
        ("{curated/table/publish: {output: 1}}", "curated/tables/publish"),
    ])
    func `a mock of an unknown step has the step that was meant`(mocks: String, meant: String) throws {
        let findings = try findings(repository("mocks: \(mocks)\ncases: [{name: a, expect: {output: 1}}]"))
        #expect(findings.map(\.replacement) == [meant])
    }

    @Test(arguments: [
        "{extract: {output: 1}, tables: {error: A}, tidy: {output: 1}}", "{raw/census/extract: {output: 1}}",
        "{curated/tables/publish: {output: 1}}",
    ])
    func `steps, also of a pipeline that is started, can have mocks`(mocks: String) throws {
        #expect(try findings(repository("mocks: \(mocks)\ncases: [{name: a, expect: {output: 1}}]")) == [])
    }

    @Test func `steps of finally are listed apart`() throws {
        let findings = try findings(
            repository("mocks: {nothing: {output: 1}}\ncases: [{name: a, expect: {output: 1}}]"))
        #expect(findings.map(\.help) == ["its steps are `extract`, `tables`, and of `finally` `tidy`"])
    }

    @Test func `many unknown mocks end early`() throws {
        let mocks = (0..<20_000).map { "curated/tables/x\($0): {output: 1}" }.joined(separator: ", ")
        let findings = try findings(repository("mocks: {\(mocks)}\ncases: [{name: a, expect: {output: 1}}]"))
        #expect(findings.count == 100 && findings.allSatisfy { $0.id == .unknownMock })
    }

    @Test func `states of a definition can have mocks`() throws {
        let definition = """
            {"StartAt": "Call", "States": {"Call": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "Inner", "States": {"Inner": {"Type": "Task", "Resource": "${extract}", "End": true}}}]}}}
            """
        func findings(_ name: String) throws -> [Diagnostic] {
            try self.findings(
                Repository(
                    "definition: flow.asl.json", functions: ["extract"],
                    [
                        "src/raw/census/flow.asl.json": definition,
                        Self.path: "cases: [{name: a, mocks: {\(name): {output: 1}}, expect: {output: 1}}]",
                    ]))
        }
        #expect(try findings("Inner").filter { $0.severity == .error } == [])
        #expect(try findings("Iner").filter { $0.severity == .error }.map(\.replacement) == ["Inner"])
    }

    @Test func `cases of a pipeline with mistakes are read too`() throws {
        let repository = Repository(
            "steps: [extract, missing]", functions: ["extract"],
            [Self.path: "cases: [{name: a, mocks: {missing: {output: 1}, exract: {output: 1}}, expect: {output: 1}}]"])
        #expect(try findings(repository).map(\.id) == [.noFunction, .unknownMock])
    }

    @Test func `a function cannot be called tests`() throws {
        let findings = Repository("steps: [tests]", functions: ["tests"]).load().findings
        #expect(findings.map(\.id) == [.invalidName])
        #expect(findings.first?.range.path == "src/raw/census/tests")
    }

    @Test func `an unknown variable is told for each environment that lacks it`() throws {
        let project = """
            project: demo
            region: eu-west-2
            environments: {dev: {variables: {b: x}}, prod: {variables: {c: x}}}
            """
        let case1 = "cases: [{name: a, input: \"${b}\", expect: {output: \"${environment}\"}}]"
        let findings = try findings(
            Repository("steps: [extract]", functions: ["extract"], ["dorc.yaml": project, Self.path: case1]))
        #expect(findings.map(\.id) == [.unknownVariable])
        #expect(findings.first?.summary.contains("`prod`") == true)
    }

    // MARK: Files of mocks

    @Test(arguments: [
        ("", ""), ("{\"extract\": {\"output\": 1}}", ""), ("extract: [{error: A, cause: b}]", ""),
        ("extrakt: {output: 1}", "unknown-mock"), ("extract: {}", "one-outcome"), ("[1]", "wrong-type"),
        ("a: [", "yaml-syntax"),
    ])
    func `a file of mocks is read as those of a case`(text: String, id: String) throws {
        var diagnostics = Diagnostics()
        let repository = repository("cases: [{name: a, expect: {output: 1}}]")
        let read = try #require(ConfigRepository.read(repository.tree, into: &diagnostics))
        let mocks = MockFile.read(
            SourceFile(path: "mocks.yaml", text: text), for: PipelineID(layer: "raw", name: "census"), in: read,
            into: &diagnostics)
        #expect(diagnostics.sorted.map(\.id.rawValue) == (id.isEmpty ? [] : [id]))
        #expect((mocks == nil) == ["wrong-type", "yaml-syntax"].contains(id))
    }
}
