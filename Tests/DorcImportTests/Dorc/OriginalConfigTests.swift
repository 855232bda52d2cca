import DorcImport
import Testing

/// UniversalConfig and Config -> dorc.yaml.
@Suite struct OriginalConfigTests {
    private func imported(
        universal: [(String, Original.Value)] = [("project", .text("demo")), ("region", .text("eu-west-2"))],
        _ config: [(String, Original.Value)], stacks: [String: String] = ["dev": "{}"]
    ) throws -> Imported {
        var original = Original()
        for (stack, text) in stacks { original.files["infra/Pulumi.\(stack).yaml"] = text }
        let universal = original.call("UniversalConfig", universal, at: "infra/__main__.py")
        let config = original.call("Config", [("universal", universal)] + config, at: "infra/__main__.py")
        original.call("CreateInfra", [("config", config)], at: "infra/__main__.py")
        original.pipeline(config: config)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        return imported
    }

    private static let vpc = ("vpc_id", Original.Value.text("vpc-0d0d0d0d0d0d0d0d0"))
    private static let subnets = ("private_subnet_ids", Original.Value.list([.text("subnet-0d0d0d0d0d0d0d0d1")]))

    @Test func `the network is each environment's`() throws {
        let imported = try imported([Self.vpc, Self.subnets])
        #expect(
            imported.project.contains(
                "vpc_id: vpc-0d0d0d0d0d0d0d0d0\n    private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]\n"))
        #expect(imported.entry("Config.vpc_id")?.outcome == .takenOver)
        #expect(imported.entry("Config.vpc_id")?.target == "dorc.yaml: environments.dev.vpc_id")
    }

    @Test func `the VPC is kept where its subnets are not known, and the other way round`() throws {
        let first = try imported([Self.vpc, ("private_subnet_ids", .unknown("get_subnets()"))])
        #expect(
            first.project.contains(
                "    vpc_id: vpc-0d0d0d0d0d0d0d0d0\n    # TODO private_subnet_ids: infra/__main__.py:"))
        #expect(first.project.contains("\n    private_subnet_ids: [subnet-00000000000000000]\n"))
        #expect(first.entry("Config.vpc_id")?.outcome == .takenOver)
        let subnets = try #require(first.entry("Config.private_subnet_ids"))
        #expect(subnets.isDecision && subnets.outcome == .differs)
        let second = try imported([("vpc_id", .unknown("vpc.id")), Self.subnets])
        #expect(
            second.project.contains(
                "    vpc_id: vpc-00000000000000000\n    private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]\n"))
        let third = try imported([Self.vpc])
        #expect(third.project.contains("# TODO private_subnet_ids: infra/__main__.py:4: no Config says it"))
        #expect(third.entry("Config.vpc_id")?.outcome == .takenOver)
    }

    @Test func `what only some environments know is a TODO in the others`() throws {
        let imported = try imported(
            [Self.vpc, Self.subnets, ("additional_lambda_role_policy_arn", .setting("policy"))],
            stacks: [
                "dev": "config:\n  x:policy: arn:aws:iam::111122223333:policy/p\n", "prod": "config:\n  x:other: a\n",
            ])
        #expect(imported.project.contains("additional_lambda_role_policy_arn: arn:aws:iam::111122223333:policy/p\n"))
        #expect(imported.project.contains("# TODO additional_lambda_role_policy_arn: infra/__main__.py"))
        let entry = try #require(imported.entry("Config.additional_lambda_role_policy_arn"))
        #expect(entry.target == "dorc.yaml: environments.dev.additional_lambda_role_policy_arn")
        #expect(entry.words.hasPrefix("in `prod`: it cannot be known"))
        #expect(imported.entry("config.x:policy")?.outcome == .takenOver)
    }

    @Test func `an optional setting that an environment does not have is none`() throws {
        let imported = try imported(
            [Self.vpc, Self.subnets, ("additional_lambda_role_policy_arn", .setting("policy", isRequired: false))],
            stacks: ["dev": "config:\n  x:policy: arn:aws:iam::111122223333:policy/p\n", "prod": "config: {}\n"])
        #expect(!imported.project.contains("# TODO"))
        #expect(imported.entry("Config.additional_lambda_role_policy_arn")?.outcome == .takenOver)
    }

    @Test func `a Config for each stack is each environment's own`() throws {
        var original = Original()
        for stack in ["dev", "prod"] { original.files["infra/Pulumi.\(stack).yaml"] = "{}" }
        let configs = ["dev": "vpc-0d0d0d0d0d0d0d0d0", "prod": "vpc-0e0e0e0e0e0e0e0e0"].sorted { $0.key < $1.key }.map {
            stack, vpc in
            (stack, original.call("Config", [("vpc_id", .text(vpc)), Self.subnets], at: "infra/__main__.py"))
        }
        let chosen = Original.Value.chosen(configs, by: .stack)
        original.call("CreateInfra", [("config", chosen)], at: "infra/__main__.py")
        original.pipeline(config: chosen)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.project.contains("  dev:\n    vpc_id: vpc-0d0d0d0d0d0d0d0d0\n"))
        #expect(imported.project.contains("  prod:\n    vpc_id: vpc-0e0e0e0e0e0e0e0e0\n"))
    }

    @Test func `arguments by stack are each environment's, and those that are not known are a TODO`() throws {
        let known = try imported(
            [
                (
                    "**",
                    .chosen([("dev", .mapping([Self.vpc, Self.subnets])), ("old", .mapping([Self.vpc]))], by: .stack)
                )
            ])
        #expect(known.project.contains("vpc_id: vpc-0d0d0d0d0d0d0d0d0\n"))
        #expect(known.entry("Config.**")?.outcome == .takenOver)
        #expect(known.entry("Config.**.dev")?.target == "dorc.yaml: environments.dev")
        #expect(known.entry("Config.**.old")?.outcome == .noEquivalent)
        let unknown = try imported([("**", .unknown("load()"))])
        #expect(unknown.project.contains("# TODO config: infra/__main__.py:6: load()"))
        #expect(unknown.entry("Config.**")?.isDecision == true)
    }

    @Test func `a region that is not known has a value that check takes, and a TODO`() throws {
        let imported = try imported(universal: [("region", .unknown("REGION")), ("project", .text("Demo_1"))], [])
        #expect(imported.project.contains("project: demo-1\n# TODO region: infra/__main__.py:2: REGION"))
        #expect(imported.project.contains("\nregion: eu-west-2\n"))
        #expect(imported.entry("UniversalConfig.project")?.outcome == .differs)
        #expect(imported.entry("UniversalConfig.region")?.target == "dorc.yaml: region")
    }

    @Test func `tags are the project's, and an environment's where they depend on it`() throws {
        let imported = try imported(
            universal: [
                ("project", .text("demo")), ("region", .text("eu-west-2")),
                (
                    "tags",
                    .mapping([
                        ("team", .text("data")), ("stage", .stack), ("cost", .unknown("CENTRE")), ("aws:x", .text("y")),
                    ])
                ),
            ], [], stacks: ["dev": "{}", "prod": "{}"])
        #expect(imported.project.contains("\ntags:\n  team: data\n"))
        #expect(imported.project.contains("  prod:\n    tags:\n      stage: prod\n"))
        #expect(imported.project.contains("# TODO tags.cost: "))
        #expect(imported.project.contains("# TODO tags.aws:x: "))
        #expect(imported.entry("UniversalConfig.tags.stage")?.target == "dorc.yaml: environments.*.tags.stage")
    }

    @Test func `objects that nothing uses are in the report with all their keys`() throws {
        var original = Original()
        original.pipeline()
        original.call("S3Trigger", [("name", .text("a")), ("colour", .text("red"))])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        for key in ["S3Trigger.name", "S3Trigger.colour"] {
            #expect(imported.entry(key)?.outcome == .noEquivalent)
            #expect(imported.entry(key)?.words == "no pipeline and no configuration uses it")
        }
    }

    @Test func `of two that say different things one is taken, and both are told`() throws {
        var original = Original()
        let first = original.call("UniversalConfig", [("project", .text("one")), ("region", .text("eu-west-2"))])
        let second = original.call("UniversalConfig", [("project", .text("two")), ("region", .text("eu-west-2"))])
        original.call("CreateUniversal", [("config", first)])
        original.pipeline(config: original.call("Config", [("universal", second)]))
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.project.contains("\nproject: one\n"))
        #expect(imported.entry("UniversalConfig.project (2)")?.words.contains("here it is \"two\"") == true)
    }
}
