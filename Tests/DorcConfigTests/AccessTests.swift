import DorcConfig
import DorcModel
import DorcTestSupport
import DorcText
import Testing

@Suite struct AccessTests {
    private static let key = "arn:aws:kms:eu-west-2:111122223333:key/0d0d0d0d-0d0d-0d0d-0d0d-0d0d0d0d0d0d"

    private func access(_ repository: Repository, of function: String = "extract", in environment: Int = 0) throws
        -> [String]?
    {
        let loaded = repository.load()
        #expect(loaded.findings.filter { $0.severity == .error }.map(\.summary) == [])
        let definition = try #require(loaded.project?.pipelines.first?.environments[environment])
        let found = try #require(definition.functions.first { $0.name == function })
        return found.access.map { $0.grants.map { "\($0.word.rawValue) \($0.shown)" } }
    }

    @Test func `access adds up over all places that have it`() throws {
        let project = """
            project: demo
            region: eu-west-2
            defaults: {access: {s3_read: aaa/*}}
            environments:
              dev: {defaults: {access: {s3_read: bbb/*}}}
              prod: {}
            """
        let pipeline = """
            defaults: {access: {s3_read: ccc/*}}
            access: {s3_read: [ddd/*, aaa/*]}
            functions: {extract: {access: {s3_read: ggg/*}}}
            environments:
              dev:
                defaults: {access: {s3_read: eee/*}}
                access: {s3_read: fff/*}
                functions: {extract: {access: {s3_read: hhh/*}}}
            steps: [extract, load]
            """
        let repository = Repository(pipeline, ["dorc.yaml": project])
        let grants = { (letters: String) in letters.map { "s3_read \($0)\($0)\($0)/*" } }
        #expect(try access(repository) == grants("abcdefgh"))
        #expect(try access(repository, of: "load") == grants("abcdef"))
        #expect(try access(repository, in: 1) == grants("acdg"))
    }

    @Test func `access is of no function that nothing speaks of`() throws {
        #expect(try access(Repository("functions: {load: {access: {sns: ready}}}\nsteps: [extract, load]")) == nil)
        #expect(try access(Repository("functions: {extract: {access: {}}}\nsteps: [extract, load]")) == [])
    }

    @Test func `variables have each environment's values`() throws {
        let project = """
            project: demo
            region: eu-west-2
            defaults: {access: {s3_read: "${bucket}/${layer}/${pipeline}/*"}}
            environments:
              dev: {variables: {bucket: landing-dev}}
              prod: {variables: {bucket: landing-prod}}
            """
        let repository = Repository("steps: [extract, load]", ["dorc.yaml": project])
        #expect(try access(repository) == ["s3_read landing-dev/raw/census/*"])
        #expect(try access(repository, in: 1) == ["s3_read landing-prod/raw/census/*"])
    }

    @Test(arguments: [
        ("s3_read: landing", "s3_read landing/*"), ("s3_read: landing/a/b.csv", "s3_read landing/a/b.csv"),
        ("s3_read: 'lake-${account}/a/*'", "s3_read lake-111122223333/a/*"),
        ("sns: ready", "sns arn:${partition}:sns:${region}:${account}:ready"),
        (
            "sns: arn:aws:sns:us-east-1:444455556666:ready.fifo",
            "sns arn:${partition}:sns:us-east-1:444455556666:ready.fifo"
        ),
        (
            "secrets: census/key",
            "secrets arn:${partition}:secretsmanager:${region}:${account}:secret:census/key-??????"
        ),
        ("secrets: census/*", "secrets arn:${partition}:secretsmanager:${region}:${account}:secret:census/*"),
        ("glue: {read: census.areas}", "glue.read census.areas"), ("glue: {read: census.*}", "glue.read census"),
        (
            "glue: {write: 'arn:aws:glue:eu-west-2:444455556666:table/census/areas_*'}",
            "glue.write arn:${partition}:glue:eu-west-2:444455556666:census.areas_*"
        ),
        ("kms: \(key)", "kms \(key.replacing("arn:aws:", with: "arn:${partition}:"))"),
        ("assume_role: reader", "assume_role arn:${partition}:iam::${account}:role/reader"),
        ("lake_formation: true", "lake_formation *"),
        (
            "bedrock: deepseek.v3.2", "bedrock arn:${partition}:bedrock:${region}::foundation-model/deepseek.v3.2"
        ),
        (
            "bedrock: us-gov.anthropic.claude-x",
            "bedrock arn:${partition}:bedrock:${region}:${account}:inference-profile/us-gov.anthropic.claude-x"
        ),
    ])
    func `what is named`(_ word: String, _ grant: String) throws {
        #expect(try access(Repository("access: {\(word)}\nsteps: [extract, load]")) == [grant])
    }

    @Test func `queries run in the workgroup primary, where none is named`() throws {
        let primary = "athena.workgroup arn:${partition}:athena:${region}:${account}:workgroup/primary"
        let own = "athena.workgroup arn:${partition}:athena:${region}:${account}:workgroup/reports"
        #expect(
            try access(Repository("access: {athena: {read: census}}\nsteps: [extract, load]")) == [
                "athena.read census", primary,
            ])
        #expect(try access(Repository("access: {athena: {workgroup: reports}}\nsteps: [extract, load]")) == [own])
    }

    @Test(arguments: [
        ("s3_read: ⟦Landing⟧/a/*", "invalid-bucket"), ("s3_read: ⟦la⟧/a/*", "invalid-bucket"),
        ("s3_read: [landing/a/*, '⟦landing-*⟧/a']", "invalid-bucket"), ("s3_read: ⟦'*'⟧", "invalid-bucket"),
        ("s3_read: ⟦/landing/a/*⟧", "invalid-bucket"), ("s3_read: ⟦s3://landing/a/*⟧", "invalid-value"),
        ("s3_read: ⟦arn:aws:s3:::landing/a/*⟧", "invalid-value"), ("s3_read: ⟦landing/a/⟧", "invalid-value"),
        ("s3_read: ⟦landing/⟧", "invalid-value"), ("s3_read: landing/⟦/a/*⟧", "prefix-slash"),
        ("s3_read: 'landing/⟦$${aws:username}/*⟧'", "invalid-value"), ("s3_read: ⟦landing/census⟧", "one-object"),
        ("s3_read: [landing/a/*, ⟦landing/a/*⟧]", "access-twice"),
        ("s3_read: [⟦landing/a/b.csv⟧, landing/*]", "access-twice"),
        ("s3_read: [landing, ⟦landing/*⟧]", "access-twice"), ("sns: [ready, ⟦ready⟧]", "access-twice"),
        ("s3_read: '${⟦buckt⟧}/a/*'", "unknown-variable"), ("⟦s3_reed⟧: landing/*", "unknown-key"),
        ("⟦s3⟧: landing/*", "unknown-key"), ("⟦kinesis⟧: stream", "unknown-key"),
        ("athena: {⟦database⟧: census}", "unknown-key"),
        ("sns: ⟦'*'⟧", "wildcard-resource"), ("sqs: {send: ⟦arn:aws:sns:eu-west-2:111122223333:q⟧}", "invalid-value"),
        ("sqs: {send: ⟦'https://sqs.eu-west-2.amazonaws.com/1/q'⟧}", "invalid-value"),
        ("sqs: {send: ⟦arn:aws:sqs::111122223333:q⟧}", "arn-fields"),
        ("sqs: {send: ⟦arn:aws-cn:sqs:eu-west-2:111122223333:q⟧}", "arn-partition"),
        ("kms: ⟦alias/landing⟧", "invalid-value"),
        ("kms: ⟦arn:aws:kms:eu-west-2:111122223333:alias/landing⟧", "invalid-value"),
        ("secrets: ⟦census/key:password⟧", "invalid-value"), ("dynamodb: {read: ⟦ab⟧}", "invalid-value"),
        ("glue: {read: ⟦a.b.c⟧}", "invalid-value"), ("glue: {read: ⟦'*'⟧}", "wildcard-resource"),
        ("athena: {workgroup: ⟦a b⟧}", "invalid-value"), ("athena: {results: ⟦landing/a/⟧}", "invalid-value"),
        ("bedrock: ⟦claude⟧", "invalid-value"), ("bedrock: ⟦arn:aws:bedrock:eu-west-2::guardrail/a⟧", "invalid-value"),
        ("assume_role: ⟦arn:aws:iam:eu-west-2:111122223333:role/a⟧", "arn-fields"),
        ("lake_formation: ⟦yes⟧", "wrong-type"),
    ])
    func `a mistake is told at its place`(_ source: String, _ id: String) throws {
        let marked = Marked("access: {\(source)}\nsteps: [extract, load]")
        let text = marked.text.replacing("${⟦buckt⟧}", with: "${buckt}")
        let findings = Repository(text).load().findings
        #expect(findings.map(\.id.rawValue) == [id], "\(findings.map(\.summary))")
        // A variable is marked with its braces.
        if id != "unknown-variable" { #expect(findings.first?.place == marked.place) }
    }

    @Test(arguments: [
        ("s3_read: s3://landing/a/*", "landing/a/*"), ("s3_read: arn:aws:s3:::landing/a/*", "landing/a/*"),
        ("s3_read: landing/a/", "landing/a/*"), ("s3_read: landing/census", "landing/census/*"),
        ("s3_reed: landing/*", "s3_read"),
        ("sqs: {send: arn:aws-cn:sqs:eu-west-2:111122223333:q}", "arn:${partition}:sqs:eu-west-2:111122223333:q"),
    ])
    func `there is something to write instead`(_ source: String, _ replacement: String) {
        let findings = Repository("access: {\(source)}\nsteps: [extract, load]").load().findings
        #expect(findings.map(\.replacement) == [replacement])
    }

    @Test func `a mistake in the defaults of all pipelines is told once`() {
        let project =
            "project: demo\nregion: eu-west-2\ndefaults: {access: {s3_read: Landing}}\nenvironments: {dev: {}, prod: {}}\n"
        let findings = Repository("steps: [extract, load]", ["dorc.yaml": project]).load().findings
        #expect(findings.map(\.id) == [.invalidBucket])
        #expect(findings.first?.range.path == "dorc.yaml")
    }
}

/// The bucket that a pipeline is about, and who may read it.
@Suite struct UnreadBucketTests {
    private static let trigger = "triggers: [{name: t, s3: {bucket: '${bucket}', prefix: census/}}]\n"
    private static let map =
        "steps: [{name: extract, for_each: {s3: {bucket: landing-dev, prefix: census/}, results: {bucket: out-dev}}}]\n"

    private func notes(_ yaml: String, project: String = Repository.project) -> [Diagnostic] {
        Repository(yaml, functions: ["extract"], ["dorc.yaml": project]).load().findings
    }

    @Test(arguments: [
        "steps: [extract]\n" + trigger, map,
        "functions: {extract: {access: {s3_write: landing-dev/*}}}\nsteps: [extract]\n" + trigger,
        "access: {s3_read: landing-dev/other/*}\nsteps: [extract]\n" + trigger,
        "access: {s3_read: another/census/*}\n" + map,
        "functions: {extract: {permissions: [{actions: s3:GetObject, resources: 'arn:aws:s3:::another/*'}]}}\n" + map,
    ])
    func `a bucket that no function may read is a note`(_ yaml: String) throws {
        let found = notes(yaml)
        let note = try #require(found.first)
        #expect(found.map(\.id) == [.unreadBucket])
        #expect(note.severity == .note)
        #expect(note.help?.contains("functions: {extract: {access: {s3_read: ") == true)
    }

    @Test func `the line to add is one that mends it`() throws {
        let help = try #require(notes("steps: [extract]\n" + Self.trigger).first?.help)
        let line = try #require(help.firstMatch(of: #/`(functions: .*)`/#)?.output.1)
        #expect(line == #"functions: {extract: {access: {s3_read: "${bucket}/census/*"}}}"#)
        #expect(notes("\(line)\nsteps: [extract]\n" + Self.trigger) == [])
    }

    @Test(arguments: [
        "access: {s3_read: landing-dev/census/*}\n" + map, "access: {s3_read: landing-dev}\n" + map,
        "access: {s3_read: landing-dev/census/2031/*}\n" + map, "access: {s3_read: landing-dev/cen*}\n" + map,
        "functions: {extract: {permissions: [{actions: 's3:Get*', resources: 'arn:aws:s3:::landing-*/*'}]}}\n" + map,
        "access: {s3_read: '${bucket}/census/*'}\nsteps: [extract]\n" + trigger,
        "steps: [{name: t, task: 'arn:aws:states:::aws-sdk:s3:listBuckets', permissions: []}]\n" + trigger,
    ])
    func `a bucket that some function may read is none`(_ yaml: String) {
        #expect(!notes(yaml).contains { $0.id == .unreadBucket })
    }

    @Test func `what the environment's own policy allows is not known`() {
        let project = Repository.project.replacing(
            "variables:", with: "additional_lambda_role_policy_arn: 'arn:aws:iam::111122223333:policy/a', variables:")
        #expect(notes(Self.map, project: project) == [])
    }
}
