import Testing

@testable import DorcModel

@Suite struct DefinitionTests {
    private static let pipeline = "definition: flow.asl.yaml"

    private func load(_ definition: String, pipeline: String = pipeline) -> (machine: MachineText?, [Diagnostic]) {
        let (project, findings) = Repository(pipeline, ["src/raw/census/flow.asl.yaml": definition]).load()
        return (project?.pipelines.first?.definitions.first?.machine, findings)
    }

    @Test func functionsAreFoundByTheirNames() throws {
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

    @Test func definitionMayBeJSON() {
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

    @Test func distributedMapIsSeen() {
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

    @Test func unknownVariableHasItsPlace() throws {
        let marked = Marked("StartAt: A\nStates: {A: {Type: Pass, Result: '⟦${nobody}⟧', End: true}}")
        let findings = load(marked.text).1.filter { $0.id != "unused-function" }
        #expect(findings.map(\.id) == ["unknown-variable"])
        #expect(findings.first?.place == marked.place)
    }

    @Test func missingFile() {
        let findings = Repository("definition: other.yaml").load().findings.filter { $0.severity == .error }
        #expect(findings.map(\.id) == ["no-definition"])
    }

    @Test func timeoutStandsInOneOfThem() {
        let definition = "StartAt: A\nTimeoutSeconds: 5\nStates: {A: {Type: Pass, End: true}}"
        let findings = load(definition, pipeline: Self.pipeline + "\ntimeout: 1h").1.filter { $0.severity == .error }
        #expect(findings.map(\.id) == ["two-timeouts"])
    }
}
