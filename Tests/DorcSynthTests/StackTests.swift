import CloudFormation
import DorcModel
import OrderedCollections
import Testing

@testable import DorcSynth

@Suite struct StackTests {
    private func stack(environment: String? = "dev") -> Stack {
        Stack(
            index: StackIndex(value: 0), name: "demo-dev-infra", kind: .infra, environment: environment, pipeline: nil,
            exportPrefix: "demo-dev", destinations: [], templatePath: "dev/infra", description: "",
            tags: SortedTexts([]),
            origin: .whole("dorc.yaml"))
    }

    private func export(_ id: LogicalID, _ resource: some Resource) throws -> NamedExport {
        var stack = stack()
        var diagnostics = Diagnostics()
        stack.add(id, resource, origin: stack.origin, &diagnostics)
        return try #require(stack.resources[id]?.export)
    }

    @Test func exportIsNamedAfterItsResource() throws {
        let key = try export(SharedID.encryptionKey, EncryptionKey(description: "", policy: PolicyDocument([])))
        #expect(key.name == "demo-dev-encryption-key-arn")
        #expect(key.outputID == "EncryptionKeyArn")
        #expect(key.reference.attribute == .arn)
    }

    /// What is exported cannot change while it is imported.
    @Test func securityGroupOfAnotherVPCIsAnotherExport() throws {
        let names = try ["vpc-1", "vpc-2"].map { vpc in
            let id = SharedID.lambdaSecurityGroup(in: .text(vpc))
            return try export(id, SecurityGroup(description: "", vpcID: .text(vpc), egress: [])).name
        }
        #expect(Set(names).count == 2)
        #expect(names.allSatisfy { $0.hasPrefix("demo-dev-lambda-security-group-") && $0.hasSuffix("-id") })
    }

    @Test func secondResourceOfOneIDIsAnError() {
        var stack = stack()
        var diagnostics = Diagnostics()
        let id = LogicalID("Group")
        stack.add(id, ScheduleGroup(name: "first"), origin: .whole("a"), &diagnostics)
        #expect(diagnostics.items.isEmpty)
        stack.add(id, ScheduleGroup(name: "second"), origin: .whole("b"), &diagnostics)
        #expect(diagnostics.items.map(\.id) == ["id-collision"])
        #expect(diagnostics.items.first?.range.path == "b")
        #expect(stack.resources[id]?.resource.physicalName == "first")
    }

    @Test func ownTagsAreOverTheUsersAndSorted() throws {
        let files = [
            "dorc.yaml": "project: demo\nregion: eu-west-2\ntags: {zone: a, apples: b}\nenvironments: {dev: {}}\n",
            "Dockerfile": "FROM scratch\n", "src/raw/p/pipeline.yaml": "steps: [f]\n",
            "src/raw/p/f/lambda.py": "def handler(event, context): pass\n",
        ]
        var diagnostics = Diagnostics()
        let project = try #require(ProjectLoader(MemoryTree(files)).load(into: &diagnostics))
        let tags = SortedTexts(tags: ["zone": "a", "project": "other"], project: project, environment: "dev")
        #expect(tags.entries.map(\.key) == ["environment", "managed-by", "project", "zone"])
        #expect(tags["project"] == "demo")
    }
}
