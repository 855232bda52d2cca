import DorcImport
import Testing

/// Triggers of the original: what is known is written, and nothing is said to be where it is not.
@Suite struct OriginalTriggerTests {
    private func imported(
        _ name: String, _ arguments: [(String, Original.Value)], stacks: [String: String] = ["dev": "{}"]
    ) throws -> Imported {
        var original = Original()
        for (stack, text) in stacks { original.files["src/raw/census/Pulumi.\(stack).yaml"] = text }
        let trigger = original.call(name, arguments)
        original.pipeline(trigger: trigger)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        return imported
    }

    @Test func `an S3 trigger becomes one`() throws {
        let imported = try imported(
            "S3Trigger",
            [("name", .text("landed")), ("bucket_name", .text("landing")), ("key_prefix", .text("census/"))])
        #expect(
            imported.text()?.hasSuffix(
                "triggers:\n  - name: landed\n    s3:\n      bucket: landing\n      prefix: census/\n") == true)
        #expect(imported.entry("S3Trigger.key_prefix")?.outcome == .takenOver)
        #expect(imported.entry("S3Trigger.bucket_name")?.words.contains("EventBridge") == true)
    }

    @Test func `an unknown bucket is a placeholder: name and prefix are kept, and the report says so`() throws {
        let imported = try imported(
            "S3Trigger",
            [("name", .text("landed")), ("bucket_name", .unknown("bucket.id")), ("key_prefix", .text("census/"))])
        #expect(
            imported.text()?.hasSuffix(
                """
                triggers:
                  - name: landed
                    s3:
                      # TODO bucket: src/raw/census/__main__.py:3: bucket.id (only running it would tell)
                      bucket: change-me
                      prefix: census/

                """) == true)
        #expect(imported.entry("S3Trigger.name")?.target == "src/raw/census/pipeline.yaml: triggers[0].name")
        #expect(imported.entry("S3Trigger.key_prefix")?.outcome == .takenOver)
        let bucket = try #require(imported.entry("S3Trigger.bucket_name"))
        #expect(bucket.isDecision && bucket.outcome == .differs)
        #expect(bucket.target == "src/raw/census/pipeline.yaml: triggers[0].s3.bucket")
    }

    @Test(arguments: [
        ("bucket", ("bucket_name", Original.Value.text("Upper")), "upper-case"),
        ("prefix", ("key_prefix", Original.Value.unknown("prefix()")), "prefix()"),
        ("name", ("name", Original.Value.unknown("NAME")), "NAME"),
    ])
    func `what of an S3 trigger is not known is a TODO, and the rest stays`(
        _ key: String, _ argument: (String, Original.Value), _ words: String
    ) throws {
        var arguments: [(String, Original.Value)] = [
            ("name", .text("landed")), ("bucket_name", .text("landing")), ("key_prefix", .text("census/")),
        ]
        arguments = arguments.map { $0.0 == argument.0 ? argument : $0 }
        let imported = try imported("S3Trigger", arguments)
        let text = try #require(imported.text())
        #expect(text.contains("# TODO \(key): "))
        #expect(text.contains(words))
        #expect(text.contains("triggers:\n"))
        #expect(imported.entry("S3Trigger.\(argument.0)")?.isDecision == true)
        #expect(imported.result.report.decisions == 1)
    }

    @Test func `an S3 trigger without a bucket has a placeholder, and all else`() throws {
        let text = try imported("S3Trigger", [("name", .text("a")), ("key_prefix", .text("x/"))]).text()
        #expect(text?.contains("# TODO bucket: src/raw/census/__main__.py:1: `S3Trigger` has no `bucket_name`") == true)
        #expect(text?.contains("prefix: x/") == true)
    }

    @Test(arguments: [
        (Original.Value.unknown("os.getenv(\"CRON\")"), "os.getenv(\"CRON\") (only running it would tell)"),
        (.text("every tuesday"), "\"every tuesday\" ("),
        (.text("cron(0 25 * * ? *)"), "\"cron(0 25 * * ? *)\" ("),
    ])
    func `a schedule that cannot be read is told with all of its trigger`(
        _ cron: Original.Value, _ words: String
    ) throws {
        let imported = try imported("CronTrigger", [("name", .text("nightly")), ("cron", cron)])
        let text = try #require(imported.text())
        #expect(text.contains("# TODO schedule: src/raw/census/__main__.py:3: \(words)"))
        #expect(text.contains("#   Without it this CronTrigger is not written:\n#     name: \"nightly\"\n#     cron: "))
        #expect(!text.contains("\ntriggers:"))
        let cron = try #require(imported.entry("CronTrigger.cron"))
        #expect(cron.isDecision && cron.target == "src/raw/census/pipeline.yaml")
        let name = try #require(imported.entry("CronTrigger.name"))
        #expect(name.outcome == .differs && name.words == "it is in the TODO of the trigger")
        #expect(imported.entry("PipelineDefinition.trigger")?.outcome == .differs)
    }

    @Test func `an argument that the original does not know is told as that, and none that it knows`() throws {
        let imported = try imported(
            "CronTrigger", [("name", .text("a")), ("cron", .text("rate(1 hour)")), ("colour", .text("red"))])
        let ignored = imported.result.report.entries.filter { $0.words.contains("knows no such argument") }
        #expect(ignored.map(\.key) == ["CronTrigger.colour"])
    }

    @Test func `the prefix of a slash is told to have matched nothing`() throws {
        let imported = try imported(
            "S3Trigger", [("name", .text("a")), ("bucket_name", .text("landing")), ("key_prefix", .text("/"))])
        #expect(imported.text()?.contains("prefix") == false)
        #expect(imported.entry("S3Trigger.key_prefix")?.words.contains("matched none") == true)
    }

    @Test func `a schedule of each environment is a variable`() throws {
        let imported = try imported(
            "CronTrigger",
            [
                ("name", .text("a")),
                (
                    "cron",
                    .chosen(
                        [("dev", .text("rate(7 days)")), ("prod", .text("rate(1 day)")), ("old", .text("x"))],
                        by: .stack)
                ),
            ], stacks: ["dev": "{}", "prod": "{}"])
        #expect(imported.text()?.contains("schedule: \"${census_schedule}\"") == true)
        #expect(imported.project.contains("  dev:\n    variables:\n      census_schedule: rate(7 days)\n"))
        #expect(imported.project.contains("  prod:\n    variables:\n      census_schedule: rate(1 day)\n"))
        #expect(imported.entry("CronTrigger.cron.prod")?.outcome == .takenOver)
        let old = try #require(imported.entry("CronTrigger.cron.old"))
        #expect(old.outcome == .noEquivalent && old.words == "no environment uses it")
    }

    @Test func `a trigger by condition is in the environments that have it`() throws {
        var original = Original()
        for stack in ["dev", "prod"] { original.files["src/raw/census/Pulumi.\(stack).yaml"] = "{}" }
        let trigger = original.call(
            "CronTrigger", [("name", .text("a")), ("cron", .text("rate(1 day)"))], isInCode: true)
        original.pipeline(trigger: .either(trigger, or: .none, where: .stack, is: "prod"))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text()?.hasSuffix("schedule: rate(1 day)\n    environments: prod\n") == true)
    }

    @Test func `two triggers by condition are both written`() throws {
        var original = Original()
        for stack in ["dev", "prod"] { original.files["src/raw/census/Pulumi.\(stack).yaml"] = "{}" }
        let daily = original.call("CronTrigger", [("name", .text("a")), ("cron", .text("rate(1 day)"))])
        let weekly = original.call("CronTrigger", [("name", .text("a")), ("cron", .text("rate(7 days)"))])
        original.pipeline(trigger: .either(daily, or: weekly, where: .stack, is: "prod"))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(
            imported.text()?.contains("- name: a\n    schedule: rate(7 days)\n    environments: dev\n  - name: a-2\n")
                == true)
    }

    @Test func `a trigger that only running would tell is a TODO`() throws {
        var original = Original()
        original.pipeline(trigger: .unknown("make_trigger()"))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text()?.contains("# TODO triggers: src/raw/census/__main__.py") == true)
        #expect(imported.entry("PipelineDefinition.trigger")?.isDecision == true)
    }

    @Test func `only the environments that the pipeline is deployed to have its trigger`() throws {
        var original = Original()
        original.files["src/raw/census/Pulumi.prod.yaml"] = "config:\n  census:bucket: landing-prod\n"
        original.files["infra/Pulumi.dev.yaml"] = "config: {}\n"
        let trigger = original.call(
            "S3Trigger", [("name", .text("a")), ("bucket_name", .setting("bucket")), ("key_prefix", .text("x/"))])
        original.pipeline(trigger: trigger)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.text()?.contains("environments: prod") == true)
        // No TODO for an environment that does not need it.
        #expect(imported.result.report.decisions == 0)
        #expect(imported.project.contains("  prod:\n    variables:\n      bucket: landing-prod\n"))
        #expect(imported.project.contains("      # not used here\n      bucket: landing-prod\n"))
    }
}
