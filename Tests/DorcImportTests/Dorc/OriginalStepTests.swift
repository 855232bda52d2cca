import DorcImport
import Testing

/// Functions, the order in which they run, and pipelines that run pipelines.
@Suite struct OriginalStepTests {
    private func imported(
        _ functions: [[(String, Original.Value)]], folders: [String] = ["extract", "load"]
    ) throws -> Imported {
        var original = Original(functions: folders)
        let items = functions.map { original.call("Function", $0) }
        original.pipeline(.list(items))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        return imported
    }

    @Test func `a definition becomes steps, and each key has its outcome`() throws {
        var original = Original()
        original.pipeline()
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text() == "steps: [extract, load]\n")
        #expect(imported.entry("Function.name")?.target == "src/raw/census/pipeline.yaml: steps[0]")
        #expect(imported.entry("Function.name (2)")?.outcome == .takenOver)
        #expect(imported.result.mistakes.isEmpty)
    }

    @Test func `the order is the one in which the original runs them`() throws {
        let imported = try imported(
            [
                [("name", .text("extract")), ("next_function", .text("tidy"))], [("name", .text("load"))],
                [("name", .text("tidy")), ("next_function", .text("load"))],
            ], folders: ["extract", "load", "tidy"])
        #expect(imported.text() == "steps: [extract, tidy, load]\n")
    }

    @Test(arguments: [
        (Original.Value.text("nowhere"), "no function has this name"),
        (.text("extract"), "it leads back to a step before"),
        (.unknown("next()"), "next() (only running it would tell)"),
        (.mapping([("name", .text("load")), ("type", .unknown("KIND"))]), "KIND (only running it would tell)"),
        (
            .mapping([("name", .text("gone")), ("type", .text("Pipeline"))]),
            "no pipeline of the repository is called `gone`"
        ),
        (.mapping([("name", .text("census")), ("type", .text("Pipeline"))]), "runs this pipeline in turn"),
    ])
    func `a next step that is not known is a TODO after those that are`(
        _ next: Original.Value, _ words: String
    ) throws {
        let imported = try imported([[("name", .text("extract")), ("next_function", next)], [("name", .text("load"))]])
        let text = try #require(imported.text())
        #expect(text.contains("# TODO next step: src/raw/census/__main__.py:"))
        #expect(text.contains(words))
        let decisions = imported.result.report.entries.filter(\.isDecision)
        let decision = try #require(decisions.first)
        #expect(decision.key == "Function.next_function")
        #expect(decision.target == "src/raw/census/pipeline.yaml")
    }

    @Test func `an unknown function leaves a TODO in its place`() throws {
        let imported = try imported([
            [("name", .text("extract")), ("next_function", .text("load"))], [("name", .unknown("pick()"))],
            [("name", .text("load"))],
        ])
        #expect(
            imported.text()?.contains(
                "# TODO step: src/raw/census/__main__.py:5: pick() (only running it would tell)\n  - load") == true)
    }

    @Test func `where nothing of the functions is known, the folders are steps with a TODO`() throws {
        var original = Original()
        original.pipeline(.unknown("[Function(name=n) for n in names()]"))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(
            imported.text()?.contains("steps:\n  - extract\n  - load") == true
                || imported.text()?.contains("steps: [extract, load]") == true)
        #expect(imported.entry("PipelineDefinition.functions")?.isDecision == true)
    }

    @Test func `a function without its folder is a TODO`() throws {
        let imported = try imported([
            [("name", .text("missing")), ("next_function", .text("load"))], [("name", .text("load"))],
        ])
        #expect(imported.text()?.contains("\"missing\" (src/raw/census/missing/lambda.py does not exist)") == true)
    }

    @Test func `a function whose next is a pipeline runs, and then the pipeline`() throws {
        var original = Original()
        original.addFolder("src/raw/clean", functions: ["clean"])
        let next = original.call("NextFunction", [("name", .text("clean")), ("type", .text("Pipeline"))])
        original.pipeline(.list([original.call("Function", [("name", .text("extract")), ("next_function", next)])]))
        let other = "src/raw/clean/__main__.py"
        original.pipeline(.list([original.call("Function", [("name", .text("clean"))], at: other)]), at: other)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text() == "steps:\n  - extract\n  - name: clean\n    pipeline: raw/clean\n")
        #expect(imported.entry("NextFunction.name")?.target == "src/raw/census/pipeline.yaml: steps[1]")
    }

    @Test func `only pipelines without functions are nothing to import`() throws {
        var original = Original(functions: [])
        original.files["src/raw/census/Pulumi.dev.yaml"] = "config:\n  a: 1\n"
        let trigger = original.call("CronTrigger", [("name", .text("a")), ("cron", .text("rate(1 day)"))])
        let config = original.call("Config", [("vpc_id", .text("vpc-0d0d0d0d0d0d0d0d0"))])
        original.pipeline(.list([]), trigger: trigger, config: config)
        let imported = try original.imported()
        #expect(imported.result.files.isEmpty)
        #expect(imported.mistakes == [])
        #expect(
            imported.entry("PipelineDefinition.functions")?.words.contains("its list of functions is empty") == true)
        #expect(imported.entry("CronTrigger.cron")?.outcome == .noEquivalent)
        #expect(imported.result.report.count(.noEquivalent) == imported.result.report.entries.count)
    }

    @Test func `a pipeline without functions does not hide the others, and who runs it has a TODO`() throws {
        var original = Original()
        let other = "src/raw/empty/__main__.py"
        original.addFolder("src/raw/empty", functions: ["unused"])
        original.pipeline(.list([]), others: [("description", .text("Nothing"))], at: other)
        let next = original.call("NextFunction", [("name", .text("empty")), ("type", .text("Pipeline"))])
        original.pipeline(.list([original.call("Function", [("name", .text("extract")), ("next_function", next)])]))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text("src/raw/empty/pipeline.yaml") == nil)
        #expect(
            imported.text()?.contains("the pipeline `empty` has no function that is known, and is not imported") == true
        )
        for key in [
            "PipelineDefinition.functions", "PipelineDefinition.description", "CreatePipeline.pipeline_definition",
        ] {
            let entry = try #require(imported.result.report.entries.first { $0.key == key && $0.file == other })
            #expect(entry.outcome == .noEquivalent)
            #expect(entry.words.contains("the pipeline is not imported"))
        }
    }

    @Test func `arguments that only running would tell are a TODO of the pipeline`() throws {
        var original = Original()
        original.pipeline(others: [("**", .unknown("load_yaml()"))])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text()?.contains("# TODO pipeline: src/raw/census/__main__.py") == true)
    }
}
