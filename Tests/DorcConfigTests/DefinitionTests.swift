import DorcTestSupport
import Testing
@testable import DorcConfig
@testable import DorcModel
@testable import DorcText

@Suite struct DefinitionTests {
    private static let pipeline = "definition: flow.asl.yaml"

    private func load(_ definition: String, pipeline: String = pipeline) -> (machine: UserStateMachine?, [Diagnostic]) {
        let (project, findings) = Repository(pipeline, ["src/raw/census/flow.asl.yaml": definition]).load()
        return (project?.pipelines.first?.environments.first?.machine, findings)
    }

    @Test func `functions are found by their names`() throws {
        let (machine, findings) = load(
            """
            QueryLanguage: JSONata
            StartAt: First
            States:
              First: {Type: Task, Resource: "${extract}", Next: Second}
              Second: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Arguments: {FunctionName: "${load}"}, End: true}
            """)
        #expect(findings == [])
        let read = try #require(machine)
        #expect(read.isJSONata)
        #expect(read.start == "First")
        #expect(read.stateNames == ["First", "Second"])
        #expect(!read.runsDistributedMaps)
    }

    @Test func `a definition may be JSON`() {
        let (machine, findings) = load(
            """
            {"StartAt": "A", "TimeoutSeconds": 60, "States": {
                "A": {"Type": "Task", "Resource": "${extract}", "Next": "B"},
                "B": {"Type": "Task", "Resource": "${load}", "End": true}}}
            """)
        #expect(findings == [])
        #expect(machine?.hasTimeout == true)
        #expect(machine?.isJSONata == false)
    }

    @Test func `a Distributed Map is seen`() {
        let (machine, _) = load(
            """
            StartAt: M
            States:
              M:
                Type: Map
                ItemProcessor:
                  ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}
                  StartAt: A
                  States: {A: {Type: Task, Resource: "${extract}", End: true}}
                End: true
            """)
        #expect(machine?.runsDistributedMaps == true)
        #expect(machine?.stateNames == ["M", "A"])
    }

    @Test func `an unknown variable is told at its place`() throws {
        let marked = Marked("StartAt: A\nStates: {A: {Type: Pass, Result: '⟦${nobody}⟧', End: true}}")
        let findings = load(marked.text).1.filter { $0.id != .unusedFunction }
        #expect(findings.map(\.id) == [.unknownVariable])
        #expect(findings.first?.place == marked.place)
    }

    @Test func `a missing file is an error`() {
        let findings = Repository("definition: other.yaml").load().findings.filter { $0.severity == .error }
        #expect(findings.map(\.id) == [.noDefinition])
    }

    @Test func `a timeout in both files is an error`() {
        let definition = "StartAt: A\nTimeoutSeconds: 5\nStates: {A: {Type: Pass, End: true}}"
        let findings = load(definition, pipeline: Self.pipeline + "\ntimeout: 1h").1.filter { $0.severity == .error }
        #expect(findings.map(\.id) == [.twoTimeouts])
    }

    @Test(arguments: ["yaml", "json"])
    func `integrations are of the partition of the environment`(kind: String) throws {
        let states = """
            {"StartAt": "A", "States": {
                "A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"Message": "arn:aws:states:::x"}, "Next": "B"},
                "B": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "StartAt": "C", "States": {"C": {"Type": "Pass", "End": true}}},
                    "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "b"}},
                    "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"}}, "End": true}}}
            """
        let repository = Repository(
            "definition: flow.asl.\(kind)\npermissions: []",
            [
                "src/raw/census/flow.asl.\(kind)": states,
                "dorc.yaml": Repository.project.replacing("eu-west-2", with: "us-gov-west-1"),
            ])
        let machine = try #require(repository.load().project?.pipelines.first?.environments.first?.machine)
        var texts: [String] = []
        machine.value.forEachText { texts.append($0.sample) }
        #expect(
            texts.filter { $0.hasPrefix("arn:") } == [
                "arn:aws-us-gov:states:::sns:publish", "arn:aws:states:::x", "arn:aws-us-gov:states:::s3:listObjectsV2",
                "arn:aws-us-gov:states:::s3:putObject",
            ])
    }

    @Test func `keys of one's own are a place for anchors`() {
        let (machine, findings) = load(
            "x-end: &end {Type: Pass, End: true}\nStartAt: A\nTimeoutSeconds: 0\nStates: {A: *end}")
        #expect(findings.filter { $0.id != .unusedFunction } == [])
        #expect(machine?.hasTimeout == true)
    }

    @Test func `what is not a machine says nothing of functions`() {
        #expect(!load("[A]").1.contains { $0.id == .unusedFunction })
    }

    @Test func `an unknown error is a warning`() {
        let definition =
            "StartAt: A\nStates: {A: {Type: Task, Resource: '${extract}', Retry: [{ErrorEquals: [States.TaskFail], IntervalSeconds: 0}], End: true}}"
        let findings = load(definition).1.filter { $0.id != .unusedFunction }
        #expect(findings.map(\.severity) == [.warning])
        #expect(findings.first?.replacement == "States.TaskFailed")
    }
}
