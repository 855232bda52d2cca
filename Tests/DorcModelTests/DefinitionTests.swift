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

    @Test(arguments: [
        ("StartAt: ⟦B⟧\nStates: {A: {Type: Pass, End: true}}", "invalid-definition"),
        ("⟦States: {A: {Type: Pass, End: true}}⟧", "invalid-definition"),
        ("⟦StartAt: A⟧", "invalid-definition"),
        ("⟦[A]⟧", "invalid-definition"),
        ("StartAt: A\nStates: {A: {Type: Pass, End: true}, ⟦B⟧: {Type: Pass, End: true}}", "unreachable-state"),
        ("StartAt: A\nStates: {A: {Type: ⟦Pas⟧, End: true}}", "invalid-definition"),
        ("StartAt: A\nStates: {A: {Type: Pass, Next: ⟦C⟧}}", "invalid-definition"),
        ("StartAt: A\nStates: {⟦A⟧: {Type: Pass}}", "invalid-definition"),
        ("StartAt: A\nStates: {⟦A⟧: {Type: Task, End: true}}", "invalid-definition"),
        ("StartAt: A\nStates: {A: {Type: Pass, ⟦Output⟧: 1, End: true}}", "invalid-definition"),
        ("StartAt: A\nStates: {A: {Type: Succeed, End: ⟦true⟧}}", "invalid-definition"),
        ("StartAt: A\nStates: {⟦A⟧: {Type: Parallel, Branches: [], End: true}}", "invalid-definition"),
        (
            "QueryLanguage: JSONata\nStartAt: A\nStates: {A: {Type: Pass, Output: '{% ⟦$conut⟧(1) %}', End: true}}",
            "jsonata-mistake"
        ),
        ("StartAt: A\nStates: {A: {Type: Pass, Result: '⟦${nobody}⟧', End: true}}", "unknown-variable"),
    ])
    func mistakes(source: String, id: String) throws {
        let marked = Marked(source)
        let findings = load(marked.text).1.filter { $0.id != "unused-function" }
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.id == id)
        #expect(finding.place == marked.place)
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
