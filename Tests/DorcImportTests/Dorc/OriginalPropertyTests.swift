import DorcImport
import DorcTestSupport
import Testing

/// Generated originals: every class with every argument, known and unknown, in both layouts. Whatever they say, no key is lost, each
/// place that the report names is written, each TODO is somebody's decision, and `check` takes the result.
@Suite struct OriginalPropertyTests {
    @Test func `most generated originals have something to import, and a trigger`() throws {
        var (written, triggers) = (0, 0)
        for seed in UInt64(0)..<30 {
            var generator = OriginalGenerator(seed: UInt64(seed))
            let imported = try generator.original().imported()
            let texts = imported.result.files.compactMap { imported.text($0.path) }
            if !texts.isEmpty { written += 1 }
            if texts.contains(where: { $0.contains("\ntriggers:\n") }) { triggers += 1 }
        }
        #expect(written >= 20)
        #expect(triggers >= 10)
    }

    @Test(arguments: 0..<150) func `whatever an original says, its import is whole`(_ seed: Int) throws {
        var generator = OriginalGenerator(seed: UInt64(seed))
        let original = generator.original()
        let imported = try original.imported()
        #expect(
            imported.mistakes == [],
            "seed \(seed):\n\(imported.project)\n\(imported.text("src/raw/a/pipeline.yaml") ?? "")")
        let found = imported.result.report.entries.filter {
            generator.keys.contains($0.key.prefix { $0 != " " }.description)
        }
        #expect(found.count == generator.count)
        // The same again.
        #expect(try original.imported().result.report.entries == imported.result.report.entries)
    }
}

private struct OriginalGenerator {
    private var numbers: SeededNumbers
    private var result = Original(functions: [])
    /// What the report must have, and how often.
    private(set) var keys: Set<String> = []
    private(set) var count = 0

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
        result.isCompleted = false
    }

    private static let arguments: [String: [String]] = [
        "PipelineDefinition": [
            "file_path", "description", "functions", "trigger", "cloudwatch_trigger", "pipeline_name",
        ],
        "Function": ["name", "next_function"],
        "NextFunction": ["name", "type"],
        "S3Trigger": ["name", "bucket_name", "key_prefix"],
        "CronTrigger": ["name", "cron"],
        "rAPIdTrigger": ["domain", "name", "client_key"],
        "UniversalConfig": [
            "region", "project", "tags", "source_code_folder", "source_code_path", "config_repo_path",
            "rapid_layer_config",
        ],
        "Config": [
            "universal", "vpc_id", "private_subnet_ids", "rAPId_config", "additional_lambda_role_policy_arn",
            "additional_state_function_role_policy_arn", "additional_cloudevent_state_machine_trigger_role_policy_arn",
        ],
        "LayerConfig": ["folder", "source", "target"],
        "rAPIdConfig": ["url", "prefix", "data_bucket_name", "user_pool_id", "dorc_rapid_client_id"],
    ]
    private static let inner: [String: [String]] = [
        "functions": ["Function"], "next_function": ["NextFunction"], "universal": ["UniversalConfig"],
        "trigger": ["S3Trigger", "CronTrigger", "rAPIdTrigger"], "cloudwatch_trigger": ["S3Trigger", "CronTrigger"],
        "rapid_layer_config": ["LayerConfig"], "rAPId_config": ["rAPIdConfig"],
    ]

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &numbers) < percent }
    private mutating func one<Item>(_ items: [Item], else other: Item) -> Item {
        items.randomElement(using: &numbers) ?? other
    }

    mutating func original() -> Original {
        for stack in ["dev", "prod"] where chance(70) {
            result.files["infra/Pulumi.\(stack).yaml"] = settings()
        }
        let config = call("Config", at: "infra/__main__.py")
        if chance(80) {
            result.call("CreateInfra", [("config", config)], at: "infra/__main__.py")
            add("CreateInfra.config")
        }
        for name in ["a", "b"] {
            let isDocumented = chance(40)
            let folder = isDocumented ? "src/\(name)/raw" : "src/raw/\(name)"
            result.addFolder(
                folder, functions: chance(85) ? ["extract", "load"] : [], code: isDocumented ? "\(folder)/src" : nil)
            if chance(50) { result.files["\(folder)/Pulumi.prod.yaml"] = settings() }
            let path = "\(folder)/__main__.py"
            let definition = call("PipelineDefinition", at: path)
            result.call("CreatePipeline", [("config", config), ("pipeline_definition", definition)], at: path)
            add("CreatePipeline.config")
            add("CreatePipeline.pipeline_definition")
        }
        return result
    }

    private mutating func add(_ key: String) {
        keys.insert(key)
        count += 1
    }

    private mutating func settings() -> String {
        let lines = [
            "  x:bucket: landing", "  network:vpc: vpc-0d0d0d0d0d0d0d0d0", "  x:data: {bucket: other, list: [a, b]}",
            "  x:token: {secure: v1:abc}", "  aws:region: eu-west-1", "  x:odd: UPPER ${x}",
        ].filter { _ in chance(60) }
        for line in lines {
            let name = line.dropFirst(2).split(separator: ": ").first.map(String.init) ?? ""
            add("config.\(name)")
            if line.contains("data") {
                add("config.x:data.bucket")
                add("config.x:data.list")
            }
            if line.contains("secure") { add("config.x:token.secure") }
        }
        add("config")
        return lines.isEmpty ? "config: {}\n" : "config:\n\(lines.joined(separator: "\n"))\n"
    }

    private mutating func call(_ name: String, at path: String) -> Original.Value {
        let arguments = arguments(of: name, at: path)
        for (argument, _) in arguments { add("\(name).\(argument)") }
        return result.call(name, arguments, at: path)
    }

    private mutating func arguments(of name: String, at path: String) -> [(String, Original.Value)] {
        var names = (Self.arguments[name] ?? []).filter { _ in chance(80) }
        if chance(15) { names.append("surprise") }
        if chance(5) { names.append("**") }
        return names.map { ($0, value($0, of: name, at: path)) }
    }

    private mutating func value(_ key: String, of name: String, at path: String) -> Original.Value {
        if key == "**" || chance(7) {
            return one([.unknown("os.getenv('X')"), .none, .number(-3), .boolean(true)], else: .none)
        }
        if let inner = Self.inner[key] {
            if key == "functions" || key == "rapid_layer_config" {
                let count = Int.random(in: 0...3, using: &numbers)
                return .list((0..<count).map { _ in call(inner[0], at: path) })
            }
            if key == "next_function", chance(50) { return text("name") }
            let made = call(one(inner, else: inner[0]), at: path)
            return key.hasSuffix("trigger") && chance(20) ? .either(made, or: .none, where: .stack, is: "prod") : made
        }
        switch key {
        case "tags":
            let names = ["a", "b", "aws:c", "d e"].filter { _ in chance(40) }
            for tag in names { add("\(name).tags.\(tag.split(separator: " ").first ?? "")") }
            return .mapping(names.map { ($0, chance(20) ? .stack : text("name")) })
        case "private_subnet_ids": return .list((0..<Int.random(in: 0...2, using: &numbers)).map { _ in text(key) })
        case "type": return .text(one(["Function", "Pipeline", "Other"], else: "Function"))
        case "file_path": return .file
        default: return text(key)
        }
    }

    private mutating func text(_ key: String) -> Original.Value {
        let good: [String: String] = [
            "vpc_id": "vpc-0d0d0d0d0d0d0d0d0", "private_subnet_ids": "subnet-0d0d0d0d0d0d0d0d1", "region": "eu-west-2",
            "cron": "cron(0 6 * * ? *)", "bucket_name": "landing",
            "additional_lambda_role_policy_arn": "arn:aws:iam::111122223333:policy/p",
        ]
        if let text = good[key], chance(60) { return .text(text) }
        if key != "name", chance(20) {
            return one(
                [
                    .setting("bucket"), .setting("vpc", of: "network"),
                    .setting("data", path: ["bucket"], type: "object"),
                    .setting("token"), .setting("odd"), .setting("missing", or: .text("b"), isRequired: false), .stack,
                    .joined([.text("a-"), .stack, .text("-"), .setting("bucket")]), .project,
                ], else: .stack)
        }
        let odd = [
            "", "extract", "load", "extract", "load", "b", "a b", "${x}", "\u{FC}n\u{EF}", "/", "UPPER",
            String(repeating: "x", count: 300), "{% 1 %}", "no", "a: b", "# c", "1.50",
        ]
        return .text(one(odd, else: ""))
    }
}
