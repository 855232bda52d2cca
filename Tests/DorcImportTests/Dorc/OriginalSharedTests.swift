import DorcImport
import DorcText
import Testing

/// A Config that several programs share, each with settings of its own; and stacks.
@Suite struct OriginalSharedTests {
    private func original(_ files: [String: String]) -> Original {
        var original = Original()
        original.addFolder("src/raw/other", functions: ["extract", "load"])
        let universal = original.call(
            "UniversalConfig",
            [
                ("region", .setting("region")), ("project", .text("demo")),
                (
                    "tags",
                    .mapping([("tier", .setting("tier", isRequired: false)), ("count", .number(5)), ("none", .none)])
                ),
            ], at: "conf.py")
        let config = original.call(
            "Config",
            [
                ("universal", universal), ("vpc_id", .setting("vpc_id")),
                ("private_subnet_ids", .list([.text("subnet-0aaaaaaaaaaaaaaa1")])),
            ], at: "conf.py")
        original.call("CreateInfra", [("config", config)], at: "infra/__main__.py")
        original.pipeline(config: config)
        original.pipeline(config: config, at: "src/raw/other/__main__.py")
        for (path, text) in files { original.files[path] = text }
        return original
    }

    private static let same = "config:\n  region: eu-west-2\n  vpc_id: vpc-0aaaaaaaaaaaaaaa1\n  tier: one\n"

    @Test func `settings that all programs agree on are taken over from each`() throws {
        let imported = try original([
            "infra/Pulumi.dev.yaml": Self.same, "src/raw/census/Pulumi.dev.yaml": Self.same,
            "src/raw/other/Pulumi.dev.yaml": Self.same,
        ]).imported()
        #expect(imported.mistakes == [])
        #expect(!imported.project.contains("TODO vpc_id"))
        for key in ["config.region", "config.vpc_id", "config.tier"] {
            let entries = imported.result.report.entries.filter { $0.key == key }
            #expect(entries.map(\.outcome) == [.takenOver, .takenOver, .takenOver], "\(key)")
        }
        #expect(imported.project.contains("tags:\n  count: \"5\"\n"))
    }

    @Test func `a program's own setting that differs is a TODO, and never taken over`() throws {
        let imported = try original([
            "infra/Pulumi.dev.yaml": Self.same, "src/raw/census/Pulumi.dev.yaml": Self.same,
            "src/raw/other/Pulumi.dev.yaml":
                "config:\n  aws:region: eu-west-3\n  region: eu-west-1\n  vpc_id: vpc-0bbbbbbbbbbbbbbb1\n  tier: two\n",
        ]).imported()
        #expect(imported.mistakes == [])
        #expect(imported.project.contains("vpc_id: vpc-0aaaaaaaaaaaaaaa1"))
        for (key, line) in [("region", 3), ("vpc_id", 4), ("tags.tier", 5)] {
            #expect(
                imported.project.contains("# TODO \(key): src/raw/other/Pulumi.dev.yaml:\(line): here it is "), "\(key)"
            )
        }
        let others = imported.result.report.entries.filter {
            $0.file == "src/raw/other/Pulumi.dev.yaml"
                && ["config.region", "config.vpc_id", "config.tier"].contains($0.key)
        }
        #expect(others.count == 3)
        #expect(others.allSatisfy { $0.outcome == .differs && $0.isDecision })
        #expect(others.contains { $0.words.contains("and at infra/Pulumi.dev.yaml:3 \"vpc-0aaaaaaaaaaaaaaa1\"") })
    }

    @Test func `two stacks of one environment have no name that is both`() throws {
        var original = original([
            "infra/Pulumi.alice.yaml": Self.same + "  environment: dev\n",
            "infra/Pulumi.bob.yaml": Self.same + "  environment: dev\n",
            "src/raw/census/Pulumi.alice.yaml": Self.same + "  environment: dev\n",
            "src/raw/census/Pulumi.bob.yaml": Self.same + "  environment: dev\n",
        ])
        original.pipeline(
            others: [("description", .joined([.text("of "), .stack]))], at: "src/raw/census/__main__.py")
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        let text = imported.text("src/raw/census-2/pipeline.yaml") ?? ""
        #expect(text.contains("# TODO description: ") && !text.contains("of alice"), "\(text)")
        #expect(imported.entry("stacks of dev")?.words == "the stacks `alice`, `bob` became one environment")
    }

    @Test func `or takes the place of a setting that is empty`() throws {
        for (text, expected) in [("''", "fall"), ("kept", "kept")] {
            var original = Original()
            original.files["src/raw/census/Pulumi.dev.yaml"] = "config:\n  text: \(text)\n"
            original.pipeline(others: [
                ("description", .setting("text", or: .text("fall"), isOrOfEmpty: true, isRequired: false))
            ])
            let imported = try original.imported()
            #expect(imported.mistakes == [])
            #expect(imported.project.contains("text: \(expected)"), "\(imported.project)")
        }
    }

    @Test func `a number with a fraction is written as Python writes it`() throws {
        var original = Original()
        original.files["src/raw/census/Pulumi.dev.yaml"] = "config:\n  size: 1\n"
        original.pipeline(others: [("description", .joined([.text("v"), .setting("size", type: "float")]))])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.project.contains("size: \"1.0\""), "\(imported.project)")
    }

    @Test func `a default of Pulumi.yaml that is used is taken over`() throws {
        var original = Original()
        original.files["src/raw/census/Pulumi.dev.yaml"] = ""
        original.files["src/raw/census/Pulumi.yaml"] = "name: demo\nconfig:\n  pp:\n    type: string\n    default: x\n"
        original.pipeline(others: [("description", .setting("pp"))])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.entry("config.pp.default")?.outcome == .takenOver)
    }
}
