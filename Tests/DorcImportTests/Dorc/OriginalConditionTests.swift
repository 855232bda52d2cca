import DorcImport
import DorcText
import Testing

/// What the original does only in some environments, and what only running it would tell.
@Suite struct OriginalConditionTests {
    private static let isProd = Original.Value.either(.boolean(true), or: .boolean(false), where: .stack, is: "prod")

    private func original() -> Original {
        var original = Original()
        original.files["src/raw/census/Pulumi.dev.yaml"] = ""
        original.files["src/raw/census/Pulumi.prod.yaml"] = ""
        return original
    }

    private func functions(_ original: inout Original) -> Original.Value {
        .list([
            original.call("Function", [("name", .text("extract")), ("next_function", .text("load"))]),
            original.call("Function", [("name", .text("load"))]),
        ])
    }

    @Test func `a pipeline that is created by a condition starts where it was created`() throws {
        var original = original()
        let trigger = original.call("CronTrigger", [("name", .text("daily")), ("cron", .text("rate(1 day)"))])
        let functions = functions(&original)
        let definition = original.call("PipelineDefinition", [("functions", functions), ("trigger", trigger)])
        original.call("CreatePipeline", [("pipeline_definition", definition)], when: [Self.isProd])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text()?.contains("environments: prod") == true)
        #expect(
            imported.entry("CreatePipeline(...)")?.words.hasPrefix("the original creates it in `prod` alone") == true)
    }

    @Test func `a condition that only running would tell is a TODO`() throws {
        var original = original()
        let functions = functions(&original)
        let definition = original.call("PipelineDefinition", [("functions", functions)])
        original.call("CreatePipeline", [("pipeline_definition", definition)], when: [.unknown("os.getenv('X')")])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(
            imported.text()?.contains("TODO pipeline: src/raw/census/__main__.py") == true, "\(imported.text() ?? "")")
        #expect(imported.text()?.contains("os.getenv('X')") == true)
    }

    @Test func `a pipeline that a helper makes has its folders as steps, and a TODO`() throws {
        var original = original()
        original.call("CreatePipeline", [("pipeline_definition", .unknown("make(__file__)"))])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text()?.contains("steps: [extract, load]") == true)
        #expect(imported.text()?.contains("TODO pipeline: src/raw/census/__main__.py:2: make(__file__)") == true)
        #expect(imported.entry("CreatePipeline.pipeline_definition")?.isDecision == true)
    }

    @Test func `a definition that was copied is not a pipeline of its own`() throws {
        var original = original()
        let functions = functions(&original)
        original.call("PipelineDefinition", [("functions", functions)], isCopied: true)
        let copy = original.call("PipelineDefinition", [("functions", functions), ("description", .text("new"))])
        original.call("CreatePipeline", [("pipeline_definition", copy)])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.result.files.count { $0.path.hasSuffix("pipeline.yaml") } == 1)
        #expect(imported.text()?.contains("description: new") == true)
    }

    @Test func `after a step whose next is not known the others may follow`() throws {
        var original = Original(functions: ["a", "b", "c"])
        original.pipeline(
            .list([
                original.call(
                    "Function",
                    [
                        ("name", .text("a")),
                        ("next_function", .either(.text("b"), or: .text("c"), where: .stack, is: "prod")),
                    ]),
                original.call("Function", [("name", .text("b")), ("next_function", .text("c"))]),
                original.call("Function", [("name", .text("c"))]),
            ]))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        let text = imported.text() ?? ""
        #expect(text.contains("TODO next step"))
        #expect(text.contains("steps: [a, b, c]") || text.contains("- a\n") && text.contains("- b\n"), "\(text)")
        #expect(imported.entry("Function.name (2)")?.words.hasPrefix("it may follow") == true)
        #expect(!imported.result.report.entries.contains { $0.words.contains("never runs it") })
    }

    @Test func `a schedule is kept where some environment has no trigger`() throws {
        var original = original()
        original.files["src/raw/census/Pulumi.test.yaml"] = ""
        let cron = Original.Value.chosen([("dev", .text("rate(1 day)")), ("prod", .text("rate(2 days)"))], by: .stack)
        let trigger = original.call("CronTrigger", [("name", .text("t")), ("cron", cron)])
        original.pipeline(trigger: .chosen([("dev", trigger), ("prod", trigger), ("test", .none)], by: .stack))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text()?.contains("_schedule}") == true, "\(imported.text() ?? "")")
        #expect(!imported.project.contains("change-me"))
    }

    @Test func `triggers of different environments may have one name`() throws {
        var original = original()
        let one = original.call(
            "S3Trigger", [("name", .text("l")), ("bucket_name", .text("a-b")), ("key_prefix", .text("x/"))])
        let two = original.call(
            "S3Trigger", [("name", .text("l")), ("bucket_name", .text("a-c")), ("key_prefix", .text("y/"))])
        original.pipeline(trigger: .either(one, or: two, where: .stack, is: "dev"))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(!imported.result.report.entries.contains { $0.words.contains("the same name in AWS") })
    }

    @Test func `arguments that are unpacked by environment make a trigger of each`() throws {
        var original = original()
        let sets = Original.Value.chosen(
            [
                ("dev", .mapping([("bucket_name", .text("d-b")), ("key_prefix", .text("d/"))])),
                ("prod", .mapping([("bucket_name", .text("p-b")), ("key_prefix", .text("p/"))])),
            ], by: .stack)
        original.pipeline(trigger: original.call("S3Trigger", [("name", .text("m")), ("**", sets)]))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        let text = imported.text() ?? ""
        #expect(text.contains("bucket: d-b") && text.contains("prefix: d/"), "\(text)")
        #expect(text.contains("bucket: p-b") && text.contains("prefix: p/"), "\(text)")
        #expect(!text.contains("TODO"))
        #expect(imported.entry("S3Trigger.**")?.outcome == .takenOver)
    }

    @Test func `a prefix that may be unpacked is never left out`() throws {
        var original = original()
        original.pipeline(trigger: original.call("S3Trigger", [("name", .text("m")), ("**", .unknown("load()"))]))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text()?.contains("prefix: change-me") == true, "\(imported.text() ?? "")")
    }
}
