import DorcModel
import DorcRun
import DorcRunner
import DorcSynth
import DorcTestSupport
import DorcText
import Foundation
import Testing

@Suite struct PlanTests {
    private static let project = """
        project: demo
        region: cn-north-1
        environments: {dev: {account: "111122223333", variables: {bucket: landing}}, open: {variables: {bucket: o}}}

        """

    private func planner(_ repository: Repository, in environment: String) throws -> RunPlanner? {
        let (read, made, findings) = repository.graph()
        #expect(findings.filter { $0.severity == .error }.isEmpty)
        let project = try #require(read)
        let graph = try #require(made)
        return RunPlanner(project, graph, environment: environment, root: "/config")
    }

    private func plan(_ repository: Repository, _ pipeline: String = "raw/census", in environment: String = "dev")
        throws
        -> RunPlan
    {
        let planner = try #require(try planner(repository, in: environment))
        let id = try #require(PipelineID(pipeline))
        var diagnostics = Diagnostics()
        let plan = planner.plan(id, into: &diagnostics)
        #expect(diagnostics.sorted.isEmpty)
        return try #require(plan)
    }

    @Test func `a pipeline brings those that it starts, each once, and no others`() throws {
        let files = [
            "a": "steps: [{name: x, pipeline: raw/b}, {name: y, pipeline: raw/c, wait_for_completion: false}]\n",
            "b": "steps: [{name: x, pipeline: raw/d}]\n", "c": "steps: [{name: x, pipeline: raw/d}]\n",
            "d": "steps: [f]\n", "e": "steps: [f]\ntriggers: [{name: t, after_pipeline: raw/a}]\n",
        ]
        var repository = Repository(files: ["dorc.yaml": Self.project, "Dockerfile": Repository.dockerfile])
        for (name, text) in files { repository.files["src/raw/\(name)/pipeline.yaml"] = text }
        for name in ["d", "e"] { repository.files["src/raw/\(name)/f/lambda.py"] = Repository.code }
        #expect(try plan(repository, "raw/a").pipelines.map(\.name) == ["raw/a", "raw/b", "raw/d", "raw/c"])
        #expect(try plan(repository, "raw/a").functions.map(\.name) == ["raw/d/f"])
        #expect(try plan(repository, "raw/e").pipelines.map(\.name) == ["raw/e"])
    }

    @Test
    func `a function has its settings, the image's paths and handler, and secrets by the names that the user wrote`()
        throws
    {
        let pipeline = """
            steps: [extract, {name: load, function: tool}]
            functions:
              extract:
                memory: 2048
                timeout: 15m
                ephemeral_storage: 4096
                environment: {PLACE: "s3://${bucket}/${account}", HOST: "{{resolve:ssm:/db/host}}", URL: "http://{{resolve:ssm:/db/host}}/"}
                secrets: {API_KEY: "census/api-key:key", TOKEN: census/token}
              tool: {image: "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/team/tool:v4.1"}

            """
        let repository = Repository(
            pipeline, functions: ["extract"],
            [
                "dorc.yaml": Self.project + "images: {include: [lib/, shared/code/one.py]}\n",
                "lib/a.py": "", "shared/code/one.py": "",
                "Dockerfile": "FROM amazon/aws-lambda-python:3.12\nCMD [\"lambda.main\"]\n",
                "src/raw/census/extract/lambda.py": "def main(event, context): pass\n",
            ])
        let functions = try plan(repository).functions
        let extract = try #require(functions.first { $0.name == "raw/census/extract" })
        #expect(extract.arn == "arn:aws-cn:lambda:cn-north-1:111122223333:function:demo-dev-raw-census-extract")
        #expect(extract.folder == "src/raw/census/extract")
        #expect(extract.handler == "lambda.main")
        #expect(extract.paths == ["", "lib", "shared/code", "shared/code/one.py"])
        #expect((extract.timeout, extract.memory, extract.ephemeralStorage) == (900, 2048, 4096))
        #expect(extract.variables.map { "\($0.name)=\($0.value)" } == ["PLACE=s3://landing/111122223333"])
        #expect(
            extract.secrets.map { "\($0.name)=\($0.value)" } == [
                "API_KEY=census/api-key:key", "HOST={{resolve:ssm:/db/host}}", "TOKEN=census/token",
                "URL=http://{{resolve:ssm:/db/host}}/",
            ])
        #expect(functions.first { $0.name == "raw/census/tool" }.map { $0.folder == nil } == true)
        let open = try plan(repository, in: "open")
        #expect(open.account == "000000000000")
        #expect(open.functions.first?.variables.map(\.value) == ["s3://o/000000000000"])
    }

    @Test func `a job is a function with its own limits and secrets, without what dorc tells the container`() throws {
        let pipeline = """
            steps: [extract, {name: load, function: tool}]
            functions:
              extract:
                compute: {vcpu: 16, memory: 65536}
                timeout: 6h
                environment: {PLACE: "s3://${bucket}/${account}"}
                secrets: {API_KEY: "census/api-key:key", TOKEN: "arn:aws-cn:secretsmanager:${region}:${account}:secret:token"}
              tool: {image: "docker.io/library/tool:1", compute: {vcpu: 3, memory: 65536}}

            """
        let network = "vpc_id: vpc-0d0d0d0d, private_subnet_ids: [subnet-0d0d0d0d]"
        let project = Self.project.split(separator: "account: \"111122223333\"").joined(
            separator: "account: \"111122223333\", \(network)"
        ).split(separator: "open: {").joined(separator: "open: {\(network), ")
        let plan = try plan(Repository(pipeline, functions: ["extract"], ["dorc.yaml": project]))
        #expect(plan.unknown == [])
        let extract = try #require(plan.functions.first { $0.name == "raw/census/extract" })
        #expect(extract.arn == "arn:aws-cn:batch:cn-north-1:111122223333:job-definition/demo-dev-raw-census-extract")
        #expect(extract.folder == "src/raw/census/extract")
        #expect((extract.timeout, extract.memory, extract.ephemeralStorage) == (21_600, 65_536, 20_480))
        #expect(
            extract.variables.map { "\($0.name)=\($0.value)" } == [
                "AWS_DEFAULT_REGION=cn-north-1", "AWS_REGION=cn-north-1", "PLACE=s3://landing/111122223333",
            ])
        #expect(
            extract.secrets.map { "\($0.name)=\($0.value)" } == [
                "API_KEY=census/api-key:key", "TOKEN=arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:token",
            ])
        let tool = try #require(plan.functions.first { $0.name == "raw/census/tool" })
        #expect(tool.folder == nil && tool.ephemeralStorage == 30_720)
        let text = JSONPretty.file(plan.pipelines[0].definition)
        #expect(text.contains("job-definition/demo-dev-raw-census-extract:1\""))
    }

    @Test func `triggers have what an event is made of`() throws {
        let pipeline = """
            steps: [extract, load]
            triggers:
              - {name: daily, schedule: every 1h, input: {place: "${bucket}", account: "${account}"}}
              - {name: usual, schedule: every 2h}
              - {name: landed, s3: {bucket: "${bucket}-${account}", suffix: .csv}}
              - {name: custom, event: {source: [my.app]}}

            """
        let triggers = try plan(Repository(pipeline, ["dorc.yaml": Self.project]), in: "open").pipelines[0].triggers
        #expect(triggers.map(\.name) == ["daily", "usual", "landed", "custom"])
        guard case .schedule(let input?) = triggers[0].source, case .schedule(nil) = triggers[1].source,
            case .objectCreated("o-000000000000", "", ".csv") = triggers[2].source, case .event = triggers[3].source
        else { throw Mismatch(triggers) }
        #expect(input == .members(["place": .text("o"), "account": .text("000000000000")]))
    }

    @Test func `a definition names functions, pipelines and accounts as they are deployed`() throws {
        let machine = #"""
            {"StartAt": "A", "States": {
                "A": {"Type": "Task", "Resource": "${extract}:live", "ResultPath": null, "Next": "B"},
                "B": {"Type": "Pass", "Result": "$${bucket} in ${account}",
                      "Parameters": {"m.$": "States.Format('arn:aws-cn:states:cn-north-1:${account}:stateMachine:demo-dev-raw-other')"},
                      "End": true}}}
            """#
        let repository = Repository(
            "definition: m.json\n", functions: ["extract"],
            [
                "dorc.yaml": Self.project, "src/raw/census/m.json": machine,
                "src/raw/other/pipeline.yaml": "steps: [f]\n", "src/raw/other/f/lambda.py": Repository.code,
            ])
        let plan = try plan(repository)
        #expect(plan.pipelines.map(\.name) == ["raw/census", "raw/other"])
        let text = JSONPretty.file(plan.pipelines[0].definition)
        #expect(text.contains("function:demo-dev-raw-census-extract:live\""))
        #expect(text.contains("\"ResultPath\": null"))
        #expect(text.contains("\"${bucket} in 111122223333\""))
        #expect(plan.unknown == [])
    }

    @Test func `an environment that is not there has no planner`() throws {
        let planner = try planner(Repository("steps: [extract, load]\n"), in: "none")
        #expect(planner == nil)
    }

    @Test(arguments: [
        ("{{resolve:secretsmanager:census/token}}", "census/token"),
        ("{{resolve:secretsmanager:census/token:SecretString:key}}", "census/token:key"),
        ("{{resolve:secretsmanager:census/token:SecretString:key:AWSCURRENT}}", "census/token:key"),
        ("{{resolve:secretsmanager:census/token:SecretString}}", "census/token"),
        (
            "{{resolve:secretsmanager:arn:aws:secretsmanager:r:1:secret:n:SecretString:k}}",
            "arn:aws:secretsmanager:r:1:secret:n:k"
        ),
        ("{{resolve:ssm:/x}}", nil), ("x{{resolve:secretsmanager:a}}", nil),
        ("{{resolve:secretsmanager:a}}{{resolve:secretsmanager:b}}", nil),
    ])
    func `a secret has the name that the user wrote`(reference: String, written: String?) {
        #expect(SecretReference.written(reference) == written)
    }

    @Test func `every file of the runner is embedded`() throws {
        let folder = Folders.root.appending(path: "Sources/DorcRunner/dorc_runner")
        let files = try Folders.files(below: folder).filter { !$0.key.contains("__pycache__") }
        let embedded = Dictionary(uniqueKeysWithValues: EmbeddedRunner.files.map { ($0.name, $0.text) })
        #expect(Set(files.keys) == Set(embedded.keys))
        for (name, text) in files {
            let isSame = embedded[name] == text
            #expect(isSame, "\(name)")
        }
        #expect(EmbeddedRunner.files.map(\.name) == EmbeddedRunner.files.map(\.name).sorted())
    }
}

private struct Mismatch: Error {
    let found: [RunPlan.Trigger]

    init(_ found: [RunPlan.Trigger]) { self.found = found }
}
