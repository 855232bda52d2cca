import DorcImport
import Testing

/// Settings of Pulumi's files, through every way that a program reads them.
@Suite struct OriginalSettingsTests {
    /// A pipeline whose trigger's bucket is the value.
    private func imported(
        bucket: Original.Value, _ files: [String: String], read: [String] = []
    ) throws -> Imported {
        var original = Original()
        original.files.merge(files) { $1 }
        for key in read { original.read(key) }
        let trigger = original.call(
            "S3Trigger", [("name", .text("a")), ("bucket_name", bucket), ("key_prefix", .text("x/"))])
        original.pipeline(trigger: trigger)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        return imported
    }

    private static let dev = "src/raw/census/Pulumi.dev.yaml"
    private static let prod = "src/raw/census/Pulumi.prod.yaml"

    @Test func `a setting is a variable with the value of each environment`() throws {
        let imported = try imported(
            bucket: .setting("bucket"),
            [
                Self.dev: "config:\n  census:bucket: landing-dev\n  unused: 1\n",
                Self.prod: "config:\n  environment: prod\n",
            ])
        #expect(imported.project.contains("      bucket: landing-dev\n"))
        #expect(imported.project.contains("# TODO bucket: src/raw/census/__main__.py:3: Pulumi's setting `bucket`"))
        #expect(imported.project.contains("      bucket: change-me\n"))
        #expect(imported.text()?.contains("bucket: \"${bucket}\"") == true)
        #expect(imported.entry("config.census:bucket")?.outcome == .takenOver)
        #expect(imported.entry("config.unused")?.words == "no definition reads it")
    }

    @Test func `the stack is the environment, in texts too`() throws {
        let files = [Self.dev: "", Self.prod: ""]
        #expect(
            try imported(bucket: .joined([.text("landing-"), .stack]), files).text()?.contains(
                "bucket: \"landing-${environment}\"") == true)
        // Where the environment has another name than the stack, the stack's is a variable.
        let other = try imported(
            bucket: .joined([.text("landing-"), .stack]), [Self.dev: "config:\n  x:environment: test\n"])
        #expect(other.text()?.contains("bucket: \"landing-${stack}\"") == true)
        #expect(other.project.contains("  test:\n    variables:\n      stack: dev\n"))
    }

    @Test(arguments: [
        (["bucket"], "config:\n  census:data:\n    bucket: landing\n    other: 1\n", "config.census:data.bucket"),
        (["buckets", "1"], "config:\n  census:data:\n    buckets: [a-b-c, landing]\n", "config.census:data.buckets"),
        (["bucket"], "config:\n  census:data: '{\"bucket\": \"landing\"}'\n", "config.census:data"),
    ])
    func `what is in an object is followed to its key`(_ path: [String], _ text: String, _ key: String) throws {
        let imported = try imported(bucket: .setting("data", path: path, type: "object"), [Self.dev: text])
        #expect(imported.project.contains(": landing\n"))
        #expect(imported.entry(key)?.outcome == .takenOver)
        #expect(imported.entry("config.census:data")?.outcome == .takenOver)
        if let other = imported.entry("config.census:data.other") {
            #expect(other.outcome == .noEquivalent && other.words.contains("no definition"))
        }
    }

    @Test func `a configuration with a name has its own settings`() throws {
        let files = [Self.dev: "config:\n  network:bucket: right\n  census:bucket: wrong\n"]
        let imported = try imported(bucket: .setting("bucket", of: "network"), files)
        #expect(imported.project.contains("bucket: right"))
        #expect(imported.entry("config.network:bucket")?.outcome == .takenOver)
        #expect(imported.entry("config.census:bucket")?.outcome == .noEquivalent)
    }

    @Test func `the project's own settings are those of its name, and no other's`() throws {
        let files = [
            "src/raw/census/Pulumi.yaml": "name: census\nconfig:\n  other: {default: x}\n  shared: {default: common}\n",
            Self.dev: "config:\n  other:bucket: wrong\n  census:bucket: right\n",
        ]
        #expect(try imported(bucket: .setting("bucket"), files).project.contains("bucket: right"))
        let missing = try imported(
            bucket: .setting("bucket"),
            [
                "src/raw/census/Pulumi.yaml": "name: census\n", Self.dev: "config:\n  other:bucket: wrong\n",
            ])
        #expect(!missing.project.contains("wrong"))
        // What Pulumi.yaml says holds for all stacks.
        let common = try imported(bucket: .setting("shared"), files)
        #expect(common.project.contains("shared: common"))
        #expect(common.entry("config.shared")?.outcome == .takenOver)
        let name = try imported(bucket: .joined([.project, .text("-landing")]), files)
        #expect(name.text()?.contains("bucket: census-landing") == true)
        #expect(name.entry("name")?.outcome == .takenOver)
    }

    @Test func `another program's settings are not the pipeline's`() throws {
        let imported = try imported(
            bucket: .setting("bucket"),
            [Self.dev: "config: {}\n", "src/raw/other/Pulumi.dev.yaml": "config:\n  other:bucket: wrong\n"])
        #expect(!imported.project.contains("wrong"))
        #expect(imported.project.contains("bucket: change-me"))
    }

    @Test func `where two files say different things, none is taken`() throws {
        let imported = try imported(
            bucket: .setting("bucket"),
            ["a/Pulumi.dev.yaml": "config:\n  x:bucket: one\n", "b/Pulumi.dev.yaml": "config:\n  x:bucket: two\n"])
        #expect(imported.project.contains("a/Pulumi.dev.yaml:2 and b/Pulumi.dev.yaml:2 say different things"))
    }

    @Test func `a default holds where no file has the setting`() throws {
        let files = [Self.dev: "config: {}\n", Self.prod: "config:\n  x:bucket: landing-prod\n"]
        let imported = try imported(
            bucket: .setting("bucket", or: .text("landing"), isRequired: false), files)
        #expect(imported.project.contains("  dev:\n    variables:\n      bucket: landing\n"))
        #expect(imported.project.contains("  prod:\n    variables:\n      bucket: landing-prod\n"))
    }

    @Test func `a secret is named as one, and never read`() throws {
        let files = [
            Self.dev: "config:\n  x:bucket:\n    secure: v1:abc\n  x:token:\n    secure: v1:def\nencryptionsalt: v1:x\n"
        ]
        let imported = try imported(bucket: .setting("bucket"), files)
        #expect(imported.project.contains("# TODO bucket: "))
        #expect(imported.project.contains("encrypted: `pulumi config get bucket --stack dev` shows it"))
        #expect(!imported.project.contains("v1:abc"))
        let token = try #require(imported.entry("config.x:token"))
        #expect(token.outcome == .noEquivalent)
        #expect(token.words.contains("create it in Secrets Manager (`pulumi config get x:token` shows it)"))
        #expect(imported.entry("config.x:token.secure")?.outcome == .noEquivalent)
        #expect(imported.entry("encryptionsalt")?.words.contains("encrypted with") == true)
        // A plain value that is read as a secret is not written in plain text either.
        let plain = try self.imported(
            bucket: .setting("bucket", isSecret: true), [Self.dev: "config:\n  x:bucket: hidden\n"])
        #expect(!plain.project.contains("hidden"))
    }

    @Test func `a setting that other code reads is not said to be read by nobody`() throws {
        let imported = try imported(
            bucket: .text("landing"), [Self.dev: "config:\n  census:used: a\n  census:forgotten: b\n"], read: ["used"])
        #expect(
            imported.entry("config.census:used")?.words
                == "it is read at src/raw/census/__main__.py:400, for nothing that is imported here")
        #expect(imported.entry("config.census:forgotten")?.words == "no definition reads it")
    }

    @Test func `numbers, booleans and lists of settings are what Python makes of them`() throws {
        let text =
            "config:\n  x:count: 3\n  x:full: true\n  x:subnets: subnet-0d0d0d0d0d0d0d0d1,subnet-0d0d0d0d0d0d0d0d2\n"
        var original = Original()
        original.files["infra/Pulumi.dev.yaml"] = text
        let config = original.call(
            "Config",
            [("vpc_id", .text("vpc-0d0d0d0d0d0d0d0d0")), ("private_subnet_ids", .split(.setting("subnets")))],
            at: "infra/__main__.py")
        original.call("CreateInfra", [("config", config)], at: "infra/__main__.py")
        original.pipeline(others: [
            ("description", .joined([.setting("count", type: "int"), .text(" "), .setting("full", type: "bool")]))
        ])
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.project.contains("private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1, subnet-0d0d0d0d0d0d0d0d2]"))
        #expect(imported.project.contains("full: \"True\""))
        #expect(imported.text()?.contains("description: \"${count} ${full}\"") == true)
    }

    @Test func `two settings of one name in two pipelines are two variables`() throws {
        var original = Original()
        original.addFolder("src/raw/other", functions: ["extract"])
        original.files[Self.dev] = "config:\n  x:bucket: one\n"
        original.files["src/raw/other/Pulumi.dev.yaml"] = "config:\n  x:bucket: two\n"
        for path in [Original.path, "src/raw/other/__main__.py"] {
            let trigger = original.call(
                "S3Trigger", [("name", .text("a")), ("bucket_name", .setting("bucket"))], at: path)
            original.pipeline(
                .list([original.call("Function", [("name", .text("extract"))], at: path)]), trigger: trigger, at: path)
        }
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        #expect(imported.project.contains("bucket: one\n      other_bucket: two\n"))
    }
}
