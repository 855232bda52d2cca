import DorcYAML
import Blueprints
import DorcConfig
import DorcModel
import Foundation
import DorcTestSupport
import Testing
@testable import DorcCommandLine

@Suite struct ScaffoldTests {
    @Test func `a project holds everything that a first run needs`() throws {
        #expect(
            try Scaffold.project(project()).files(from: .builtIn).map(\.path) == [
                ".dockerignore", ".dorc/cases.schema.json", ".dorc/dorc.schema.json", ".dorc/pipeline.schema.json",
                ".gitattributes", ".gitignore",
                ".vscode/settings.json", "Dockerfile", "README.md", "dorc.yaml",
                "requirements.txt", "src/raw/census/extract/lambda.py", "src/raw/census/pipeline.yaml",
                "src/raw/census/tests/first.yaml",
            ])
    }

    @Test func `a pipeline comes with its first function`() throws {
        var answers = pipeline()
        answers.first.source = "./data/pipelines/"
        #expect(
            try Scaffold.pipeline(answers).files(from: .builtIn).map(\.path) == [
                "data/pipelines/raw/census/extract/lambda.py", "data/pipelines/raw/census/pipeline.yaml",
                "data/pipelines/raw/census/tests/first.yaml",
            ])
    }

    @Test func `pipelines name their schema where there is one`() throws {
        let mark = "# yaml-language-server: $schema="
        #expect(
            try text("src/raw/census/pipeline.yaml", of: .project(project()))
                .hasPrefix("---\n\(mark)../../../.dorc/pipeline.schema.json\n"))
        #expect(try text("dorc.yaml", of: .project(project())).hasPrefix("---\n\(mark).dorc/dorc.schema.json\n"))
        #expect(try !text("src/raw/census/pipeline.yaml", of: .pipeline(pipeline())).contains(mark))
        var answers = pipeline()
        answers.schemas = [.pipeline]
        #expect(try !text("src/raw/census/tests/first.yaml", of: .pipeline(answers)).contains(mark))
        answers.schemas.insert(.cases)
        answers.first.source = "./data/pipelines/"
        #expect(
            try text("data/pipelines/raw/census/pipeline.yaml", of: .pipeline(answers))
                .contains("\(mark)../../../../.dorc/pipeline.schema.json\n"))
        #expect(
            try text("data/pipelines/raw/census/tests/first.yaml", of: .pipeline(answers))
                .contains("\(mark)../../../../../.dorc/cases.schema.json\n"))
    }

    @Test func `the user's own schemas stay theirs`() throws {
        var blueprints = BlueprintSet.builtIn
        blueprints[.project].append(blueprint(".dorc/dorc.schema.json", "{}"))
        let files = try Scaffold.project(project()).files(from: blueprints)
        #expect(files.first { $0.path == ".dorc/dorc.schema.json" }?.contents == Array("{}".utf8))
        #expect(files.contains { $0.path == ".dorc/pipeline.schema.json" })
    }

    @Test func `an account is written only where there is one`() throws {
        var answers = project()
        #expect(try text("dorc.yaml", of: .project(answers)).hasSuffix("environments:\n  dev: {}\n"))
        answers.account = "012345678901"
        #expect(
            try text("dorc.yaml", of: .project(answers))
                .hasSuffix("environments:\n  dev:\n    account: \"012345678901\"\n"))
    }

    @Test func `a failing install fails the build`() throws {
        let dockerfile = try text("Dockerfile", of: .project(project()))
        #expect(!dockerfile.contains("||"))
        #expect(dockerfile.components(separatedBy: "pip install").count == 3)
    }

    @Test func `every copy of code sets modes`() throws {
        let lines = try text("Dockerfile", of: .project(project())).split(separator: "\n")
        let copies = lines.filter { $0.contains("COPY ") && !$0.contains("requirements") }
        #expect(copies.count == 2)
        #expect(copies.allSatisfy { $0.contains("COPY --chmod=755 ") })
    }

    @Test func `caches stay out of images and of git`() throws {
        let caches = [
            ".ipynb_checkpoints", ".DS_Store", "*.swp", "*~", ".mypy_cache", ".ruff_cache", ".pytest_cache",
            "__pycache__",
        ]
        let dockerignore = try text(".dockerignore", of: .project(project())).split(separator: "\n")
        let gitignore = try text(".gitignore", of: .project(project())).split(separator: "\n")
        for cache in caches {
            #expect(dockerignore.contains { $0 == "**/" + cache })
            #expect(gitignore.contains { $0 == cache || $0 == cache + "/" })
        }
        #expect(gitignore.contains(".dorc/runs/"))
        #expect(try text(".gitattributes", of: .project(project())).contains("* text=auto eol=lf\n"))
    }

    @Test func `hostile text stays text`() throws {
        var answers = pipeline()
        answers.description = "a: \"b\" # c\n- ${x} {{ y }}"
        #expect(
            try text("src/raw/census/pipeline.yaml", of: .pipeline(answers))
                .hasPrefix("---\n" + #"description: "a: \"b\" # c\n- $${x} {{ y }}""# + "\n"))
    }

    @Test func `names that YAML would read otherwise are quoted`() throws {
        var answers = pipeline()
        answers.first.function = try FunctionID.given("raw/census/no")
        #expect(try text("src/raw/census/pipeline.yaml", of: .pipeline(answers)).contains("steps:\n  - \"no\"\n"))
    }

    @Test(arguments: [
        ("Pulls the census", "Pulls the census"), ("", "\"\""), ("Yes", "\"Yes\""), ("007", "\"007\""),
        ("a: b", "\"a: b\""), ("end ", "\"end \""), ("a\\b", #"'a\b'"#), ("é😀", "\"é😀\""),
        ("\u{0}\u{85}\u{2028}\u{FEFF}", #""\x00\x85\u2028\uFEFF""#), ("\r\n\t", #""\r\n\t""#),
    ])
    func `a YAML scalar is plain only where it is safe`(value: String, yaml: String) {
        #expect(YAMLText.scalar(value) == yaml)
    }

    @Test func `the binary holds every file of the template folder`() throws {
        let folder = Folders.root.appending(path: "templates")
        for group in BlueprintGroup.allCases {
            let onDisk = try BlueprintSet(folder: folder.path)[group]
            #expect(!onDisk.isEmpty)
            #expect(onDisk.map(\.path) == BlueprintSet.builtIn[group].map(\.path))
            #expect(onDisk.map(\.contents) == BlueprintSet.builtIn[group].map(\.contents))
        }
    }

    @Test func `every mistake in the user's starting points is named with its place`() {
        var blueprints = BlueprintSet()
        blueprints[.function] = [
            blueprint("a.stencil", "same\nsame\n{{ functio }}\n{{ function.name }} {{ nothing|yaml }}\n"),
            blueprint("b.stencil", "ok\nok\n {{ function|quux99 }}\n"),
            blueprint("c.stencil", "\n{% if function %}\n"),
            blueprint("{{ d }}.stencil", "{{ function"),
        ]
        let known = "there are function, layer, pipeline, source"
        #expect(
            mistakes(in: .function(pipeline().first), blueprints) == [
                "mine/a.stencil:3:1: error: unknown variable `functio`; \(known)",
                "mine/a.stencil:4:1: error: `function` is text and has no parts",
                "mine/a.stencil:4:21: error: unknown variable `nothing`; \(known)",
                "mine/b.stencil:3:2: error: unknown filter `quux99`; there are yaml, literal, uppercase, lowercase, "
                    + "capitalize, split, join, indent, default",
                "mine/c.stencil:2:1: error: `if` is not closed by `endif`",
                "mine/{{ d }}.stencil: error: in the file's name: unknown variable `d`; \(known)",
                "mine/{{ d }}.stencil:1:1: error: `{{` is not closed by `}}`",
            ])
    }

    @Test func `the user's starting points may use loops, and variables in names`() throws {
        var blueprints = BlueprintSet()
        blueprints[.function] = [
            blueprint("test_{{ function }}.py.stencil", "{{ layer }}"),
            blueprint("as-is/{{ layer }}.txt", "{{ untouched }}"),
        ]
        let files = try Scaffold.function(pipeline().first).files(from: blueprints)
        #expect(
            files == [
                ScaffoldFile(path: "src/raw/census/extract/as-is/raw.txt", text: "{{ untouched }}"),
                ScaffoldFile(path: "src/raw/census/extract/test_extract.py", text: "raw"),
            ])
    }

    @Test(arguments: ["{{ description }}", "x/{{ description }}/y", "{{ description }}/{{ description }}"])
    func `a template's name cannot lead out of its folder`(path: String) {
        var blueprints = BlueprintSet()
        blueprints[.pipeline] = [blueprint(path, "")]
        for hostile in ["..", "../x", "/etc/x", "a\nb"] {
            var answers = pipeline()
            answers.description = hostile
            #expect(mistakes(in: .pipeline(answers), blueprints).count == 1, "\(hostile)")
        }
    }

    @Test func `two templates of one file are an error`() {
        var blueprints = BlueprintSet()
        blueprints[.function] = [blueprint("lambda.py", ""), blueprint("lambda.py.stencil", "")]
        #expect(throws: ScaffoldError.samePath("src/raw/census/extract/lambda.py")) {
            try Scaffold.function(pipeline().first).files(from: blueprints)
        }
    }

    @Test func `a group that the user does not have is built in`() throws {
        try inTemporaryFolder { folder in
            try ScaffoldWriter(root: folder + "/mine").write([ScaffoldFile(path: "function/.hidden", text: "h")])
            let blueprints = try BlueprintSet(folder: folder + "/mine")
            #expect(blueprints[.function].map(\.path) == [".hidden"])
            #expect(blueprints[.pipeline] == BlueprintSet.builtIn[.pipeline])
            #expect(throws: ScaffoldError.self) { try BlueprintSet(folder: folder) }
        }
    }

    @Test(arguments: [
        (NameRule.project, ["census-demo", "a1", "a-1"], ["", "1a", "A", "a-", "-a", "a--b", "a_b", "é"]),
        (.environment, ["dev", "e2e"], ["", "2e", "a-b", "universal"]),
        (.region, ["eu-west-2", "us-gov-east-1"], ["", "eu-west", "eu-west-22", "eu--2", "EU-west-2"]),
        (.account, ["012345678901"], ["12345678901", "1234567890123", "12345678901a"]),
        (.folder, ["raw", "1", "load_file", "a-b_c"], ["", "a__b", "_a", "a-", "a.b", "A", "a/b"]),
    ])
    func `names are checked before anything is made`(rule: NameRule, good: [String], bad: [String]) {
        for name in good { #expect(rule.accepts(name), "\(name)") }
        for name in bad { #expect(!rule.accepts(name), "\(name)") }
    }

    @Test(arguments: [("raw/census/tests", false), ("raw/tests/load", true), ("tests/census/load", true)])
    func `a function cannot have the name of the folder of cases`(name: String, isTaken: Bool) {
        #expect((FunctionID(new: name) != nil) == isTaken)
        #expect(NameRule.function.accepts("tests") == false)
    }
}

// MARK: - What the tests share

func pipeline() -> PipelineAnswers {
    PipelineAnswers(
        first: FunctionAnswers(
            function: FunctionID(pipeline: PipelineID(layer: "raw", name: "census"), name: "extract")))
}

private func project() -> ProjectAnswers {
    ProjectAnswers(project: "census-demo", region: "eu-west-2", environment: "dev", first: pipeline())
}

private func text(_ path: String, of scaffold: Scaffold) throws -> String {
    let file = try #require(try scaffold.files(from: .builtIn).first { $0.path == path })
    return String(decoding: file.contents, as: UTF8.self)
}

private func blueprint(_ path: String, _ text: String) -> Blueprint {
    Blueprint(path: path, shownPath: "mine/" + path, contents: Array(text.utf8))
}

private func mistakes(in scaffold: Scaffold, _ blueprints: BlueprintSet) -> [String] {
    do {
        _ = try scaffold.files(from: blueprints)
        return []
    } catch .blueprints(let mistakes) {
        return mistakes.map(\.description)
    } catch {
        return [error.description]
    }
}
