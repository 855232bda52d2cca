import DorcTestSupport
import DorcSynth
import DorcModel
import Testing
@testable import DorcConfig
@testable import DorcText

/// What is written, and what it is resolved to in each environment.
@Suite struct ResolvingTests {
    private static let environments = """
        project: demo
        region: eu-west-2
        environments:
          dev: {account: "111122223333", variables: {bucket: landing-dev, kept: "7"}}
          test: {account: "111122223333", variables: {bucket: landing-test, kept: "7"}}
          prod: {account: "444455556666", variables: {bucket: landing, kept: "7"}}
        """

    private func written(_ pipeline: String, project: String = environments) throws -> ConfigRepository {
        var diagnostics = Diagnostics()
        let repository = Repository(pipeline, ["dorc.yaml": project])
        let written = try #require(ConfigRepository.read(repository.tree, into: &diagnostics))
        try #require(diagnostics.items.isEmpty)
        return written
    }

    /// Each finding as often as it was reported.
    private func findings(_ pipeline: String, project: String = environments) throws -> [DiagnosticID] {
        var diagnostics = Diagnostics()
        _ = try written(pipeline, project: project).resolve(into: &diagnostics)
        return diagnostics.items.map(\.id)
    }

    @Test(arguments: [
        "steps: [extract, {name: load, for_each: [1], max_concurrency: 41}]",
        "steps: [{name: extract, after: load}, {name: load, after: extract}]",
        "steps: [extract, {name: load, arguments: {day: '${kept}'}, max_concurrency: 5, for_each: [1], retry: {max_delay: 1s}}]",
        "steps: [extract, load]\ntriggers: [{name: t, s3: {bucket: Landing}}]",
        "steps: [extract, load]\ntriggers: [{name: t, s3: {bucket: 'Landing${project}'}}]",
        "steps: [extract, load]\ntriggers: [{name: t, after_pipeline: raw/nothing}]",
        "steps: [extract, {name: load, timeout: 1m}]",
        "steps: [extract, {name: load, timeout: 2d}]",
        "steps: [extract, load]\npermissions: [{actions: s3:GetObject, resources: '*'}]",
        "steps: [extract, load]\nfunctions: {load: {environment: {AWS_REGION: x}}}",
        "steps: [extract, load]\ntags: {environment: x}",
    ])
    func `what is alike in all environments is checked once`(pipeline: String) throws {
        #expect(try findings(pipeline).count == 1)
    }

    @Test(arguments: [
        ("steps: [extract, load]\ntriggers: [{name: t, s3: {bucket: 'Landing${bucket}'}}]", 3),
        ("steps: [extract, {name: load, arguments: {x: '${nothing}'}}]", 3),
        ("steps: [extract, load]\nfunctions: {load: {timeout: 50s}}\nenvironments: {prod: {timeout: 1m}}", 0),
        ("steps: [extract, load]\nfunctions: {load: {timeout: 2m}}\nenvironments: {prod: {timeout: 1m}}", 1),
        (
            "steps: [extract, {name: load, timeout: 5m}]\nfunctions: {load: {timeout: 1m}}\n"
                + "environments: {prod: {defaults: {timeout: 15m}, functions: {load: {timeout: 15m}}}}", 1
        ),
        ("steps: [extract, {name: load, timeout: 2h}]\nenvironments: {dev: {timeout: 1h}}", 1),
    ])
    func `what differs between environments is checked in each`(pipeline: String, count: Int) throws {
        #expect(try findings(pipeline).count == count)
    }

    @Test func `a text has each environment's own values, beside those that are shared`() throws {
        var diagnostics = Diagnostics()
        let project = try written(
            """
            steps: [extract, {name: load, arguments: {from: "s3://${bucket}/${environment}/${kept}/${pipeline}"}}]
            environments: {prod: {functions: {load: {memory: 2048}}}}
            """
        ).resolve(into: &diagnostics)
        let environments = try #require(project.pipelines.first).environments
        let texts = environments.map { environment -> String? in
            guard case .object(let members)? = environment.workflow.steps.last?.arguments,
                case .text(let text)? = members.first?.value
            else { return nil }
            return text.literal
        }
        #expect(
            texts == [
                "s3://landing-dev/dev/7/census", "s3://landing-test/test/7/census", "s3://landing/prod/7/census",
            ])
        #expect(environments.map { $0.functions.map(\.memory) } == [[512, 512], [512, 512], [512, 2048]])
    }

    @Test func `settings are applied from weak to strong in each environment`() throws {
        var diagnostics = Diagnostics()
        let project = try written(
            """
            steps: [extract, load]
            defaults: {timeout: 3m, retry: 4}
            functions: {load: {log_retention: 14d}}
            environments: {test: {defaults: {retry: 5, memory: 2000}}, prod: {functions: {load: {timeout: 5m}}}}
            """,
            project: """
                project: demo
                region: eu-west-2
                defaults: {memory: 1000, timeout: 1m, retry: 1}
                environments: {dev: {}, test: {defaults: {memory: 1500, retry: 2}}, prod: {defaults: {timeout: 2m}}}
                """
        ).resolve(into: &diagnostics)
        try #require(diagnostics.items.isEmpty)
        let environments = try #require(project.pipelines.first).environments
        let functions = environments.map(\.functions)
        #expect(functions.map { $0.map(\.memory) } == [[1000, 1000], [2000, 2000], [1000, 1000]])
        #expect(functions.map { $0.map(\.timeout.seconds) } == [[180, 180], [180, 180], [180, 300]])
        #expect(functions.map { $0.map(\.logRetentionDays) } == [[30, 14], [30, 14], [30, 14]])
        #expect(environments.map { $0.workflow.steps.map { $0.retry?.attempts } } == [[4, 4], [5, 5], [4, 4]])
    }

    @Test func `what no file was read for resolves as well`() throws {
        let read = try written("steps: [extract, load]\nschedule: 0 6 * * *")
        let pipeline = try #require(read.pipelines.first)
        let imported = ConfigRepository(
            projectFile: read.projectFile,
            pipelines: [
                WrittenPipeline(
                    id: PipelineID(layer: "raw", name: "airflow"), file: pipeline.file, uses: pipeline.uses,
                    images: pipeline.images)
            ])
        var diagnostics = Diagnostics()
        let project = imported.resolve(into: &diagnostics)
        #expect(diagnostics.items.map(\.id) == [.nobodyTold, .nobodyTold, .nobodyTold])
        #expect(project.pipelines.map(\.id.description) == ["raw/airflow"])
        #expect(project.pipelines.first?.environments.map(\.triggers.count) == [1, 1, 1])
    }

    @Test func `a pipeline that cannot be read is one that others may name`() throws {
        var diagnostics = Diagnostics()
        let repository = Repository(
            "steps: [extract, load, {name: train, pipeline: raw/broken}]",
            ["src/raw/broken/pipeline.yaml": "steps: [", "dorc.yaml": Self.environments])
        let written = try #require(ConfigRepository.read(repository.tree, into: &diagnostics))
        #expect(written.unreadable.map(\.description) == ["raw/broken"])
        #expect(diagnostics.items.map(\.id) == [.yamlSyntax])
        var findings = Diagnostics()
        _ = written.resolve(into: &findings)
        #expect(findings.items.isEmpty)
    }

    @Test func `variables are not missed where dorc.yaml has mistakes of its own`() {
        let pipeline = "steps: [extract, {name: load, arguments: {x: '${nothing}'}}]"
        let project = """
            project: demo
            region: eu-west-2
            environments: {dev: {vpc_id: vpc-0d0d0d0d0d0d0d0d0}}
            """
        #expect(Repository(pipeline, ["dorc.yaml": project]).load().findings.map(\.id) == [.halfNetwork])
    }
}
