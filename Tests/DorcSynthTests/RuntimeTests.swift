import DorcConfig
import DorcText
import CloudFormation
import DorcModel
import OrderedCollections
import Testing

@testable import DorcSynth

@Suite struct RuntimeTests {
    private func context(
        functions count: Int, pipeline yaml: String? = nil, environments: String = "{dev: {}}"
    ) throws -> PipelineContext {
        let names = (0..<count).map { "f\($0)" }
        var files = [
            "dorc.yaml": "project: demo\nregion: eu-west-2\nenvironments: \(environments)\n",
            "Dockerfile": "FROM scratch\n",
            "src/raw/p/pipeline.yaml": yaml ?? "steps: [\(names.joined(separator: ", "))]\n",
        ]
        for name in names { files["src/raw/p/\(name)/lambda.py"] = "def handler(event, context): pass\n" }
        var diagnostics = Diagnostics()
        let project = try #require(
            ConfigRepository.read(MemoryTree(files), into: &diagnostics)?.resolve(into: &diagnostics))
        try #require(!diagnostics.hasErrors)
        let layout = StackLayout(project, universalStacks: [:])
        let shared = EnvironmentContext(project, layout, 0, project.environments[0])
        return PipelineContext(shared, 0, FunctionIDs(project.pipelines[0]))
    }

    @Test func `a task waits a minute longer than Lambda`() throws {
        let pipeline = try context(functions: 1, pipeline: "defaults: {timeout: 2m}\nsteps: [f0]\n")
        let function = try #require(pipeline.definition.functions.first)
        let call = Runtime(of: function).call(function, of: pipeline)
        #expect(call.timeout == 180)
        guard case .resource(let resource) = call.action else {
            Issue.record("\(call.action)")
            return
        }
        #expect(resource == pipeline.own(LogicalID("F0Version")))
        #expect(call.action.historyEvents == 5)
    }

    /// A role's policies have 10,240 characters.
    @Test(arguments: [(1, 2), (25, 50), (26, 1), (100, 1)])
    func `few functions are named in the policy`(functions: Int, resources: Int) throws {
        let pipeline = try context(functions: functions)
        let statements = Runtime.lambda.statements(toCall: pipeline.definition.functions, of: pipeline)
        #expect(statements.count == 1)
        #expect(statements.first?.actions == ["lambda:InvokeFunction"])
        #expect(statements.first?.resources.count == resources)
    }

    @Test func `nothing is allowed for no functions`() throws {
        let pipeline = try context(functions: 1)
        #expect(Runtime.lambda.statements(toCall: [], of: pipeline).isEmpty)
    }

    @Test func `a function needs a log group and a version, and a role for its permissions`() throws {
        let yaml =
            "functions: {f0: {permissions: [{actions: [s3:GetObject], resources: ['arn:aws:s3:::landing/*']}]}}\nsteps: [f0]\n"
        let plain = try kinds(of: context(functions: 1))
        #expect(plain == ["AWS::Logs::LogGroup", "AWS::Lambda::Function", "AWS::Lambda::Version"])
        let permitted = try kinds(of: context(functions: 1, pipeline: yaml))
        #expect(permitted == ["AWS::IAM::Role"] + plain)
    }

    private static let network =
        "{dev: {vpc_id: vpc-0d0d0d0d0d0d0d0d0, private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]}}"

    @Test func `a job waits for its turn without an end of its own`() throws {
        let yaml = "functions: {f0: {compute: {vcpu: 4, memory: 16384}, timeout: 6h}}\nsteps: [f0]\n"
        let pipeline = try context(functions: 1, pipeline: yaml, environments: Self.network)
        let function = try #require(pipeline.definition.functions.first)
        let call = Runtime(of: function).call(function, of: pipeline)
        #expect(Runtime(of: function) == .batch)
        #expect(call.timeout == nil && call.heartbeat == 604_800)
        #expect(call.action.historyEvents == 6)
        guard case .job(let submission) = call.action else {
            Issue.record("\(call.action)")
            return
        }
        #expect(submission.kind == .fargate)
        #expect(submission.definition == pipeline.own(LogicalID("F0JobDefinition")))
    }

    @Test(arguments: [("", 604_800 + 3600), (", spot: true", 604_800 + 5 * 3600)])
    func `a container that was built elsewhere has an end all the same`(spot: String, seconds: Int) throws {
        let yaml = """
            functions: {f0: {image: "docker.io/library/python:3.13", compute: {vcpu: 4, memory: 16384\(spot)}, timeout: 1h}}
            steps: [f0]

            """
        let pipeline = try context(functions: 0, pipeline: yaml, environments: Self.network)
        let function = try #require(pipeline.definition.functions.first)
        let call = Runtime(of: function).call(function, of: pipeline)
        #expect(call.timeout == seconds && call.heartbeat == nil)
        #expect(call.retriers.first?.errors.contains("Batch.AWSBatchException") == true)
    }

    @Test(arguments: [
        ("{vcpu: 16, memory: 122880}", Compute.Kind.fargate), ("{vcpu: 16, memory: 122881}", .ec2),
        ("{vcpu: 17, memory: 65536, spot: true}", .ec2Spot), ("{vcpu: 0.25, memory: 512, spot: true}", .fargateSpot),
        ("{vcpu: 4, memory: 16384, gpu: 1}", .gpu), ("{vcpu: 8, memory: 16384, gpu: 4, spot: true}", .gpuSpot),
    ])
    func `a job runs on Fargate where it fits`(compute: String, kind: Compute.Kind) throws {
        let yaml = "functions: {f0: {compute: \(compute)}}\nsteps: [f0]\n"
        let pipeline = try context(functions: 1, pipeline: yaml, environments: Self.network)
        #expect(pipeline.definition.functions.first?.compute?.kind == kind)
    }

    /// The roles stay where the last secret or permission goes: a run that is going on still names them.
    @Test(
        arguments: [
            "secrets: {KEY: a-secret}, permissions: [{actions: [s3:GetObject], resources: ['arn:aws:s3:::landing/*']}]",
            "",
        ])
    func `a job needs a log group, and two roles of its own`(settings: String) throws {
        let yaml = "functions: {f0: {compute: {vcpu: 4, memory: 16384}, \(settings)}}\nsteps: [f0]\n"
        let kinds = try kinds(of: context(functions: 1, pipeline: yaml, environments: Self.network))
        #expect(kinds == ["AWS::IAM::Role", "AWS::IAM::Role", "AWS::Logs::LogGroup", "AWS::Batch::JobDefinition"])
    }

    private func kinds(of pipeline: PipelineContext) throws -> [String] {
        var diagnostics = Diagnostics()
        let function = try #require(pipeline.definition.functions.first)
        var shape: WorkflowShape?
        var stack = CoreStackPass(pipeline: pipeline).run(&shape).stack
        stack.resources = [:]
        Runtime(of: function).add(function, of: pipeline, to: &stack, &diagnostics)
        #expect(diagnostics.items.isEmpty)
        return stack.resources.values.map { "\(type(of: $0.resource).type)" }
    }
}
