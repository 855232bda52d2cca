import DorcDiff
import DorcTestSupport
import DorcText
import Schedules
import Testing

@testable import DorcCommandLine

/// CloudFormation hands a stack's tags on to job queues, which cannot change theirs.
@Suite struct StackTagTests {
    private func side(tags: String) throws -> ProjectSide {
        let dorc = """
            project: demo
            region: eu-west-2
            tags: {\(tags)}
            environments:
              dev: {vpc_id: vpc-0d0d0d0d, private_subnet_ids: [subnet-0d0d0d0d], notifications: {}}

            """
        let pipeline = "functions: {extract: {compute: {vcpu: 4, memory: 16384}}}\nsteps: [extract, load]\n"
        return try DifferenceCase.side(Repository(pipeline, ["dorc.yaml": dorc]).tree.files)
    }

    private func queues(_ old: ProjectSide, _ new: ProjectSide) throws -> [ResourceDifference] {
        let comparison = ProjectComparison(
            old: old, new: new, clock: RunClock(now: DifferenceCase.now, zone: SystemClock.zone))
        return try comparison.difference(oldName: "old", newName: "new").stacks.flatMap(\.resources)
            .filter { $0.type == "AWS::Batch::JobQueue" }
    }

    @Test func `a tag of the user's reaches no job queue`() throws {
        let (old, new) = (try side(tags: "department: data"), try side(tags: "department: health"))
        #expect(try queues(old, new).isEmpty)
        let infra = try #require(new.stacks.first { $0.kind == "infra" })
        #expect(infra.tags == ["environment": "dev", "managed-by": "dorc-synth", "project": "demo"])
        #expect(new.templates[infra.template].map { String(decoding: $0, as: UTF8.self).contains("health") } == true)
    }

    @Test func `a changed tag of the stack itself is an update that fails`() throws {
        var old = try side(tags: "department: data")
        for index in old.stacks.indices where old.stacks[index].kind == "infra" {
            old.stacks[index].tags["department"] = "data"
        }
        let queue = try #require(try queues(old, try side(tags: "department: data")).first)
        #expect(queue.change == .replaced && queue.obstacle?.contains("fails") == true)
    }
}
