import DorcTestSupport
import Testing
@testable import DorcModel
@testable import DorcText

@Suite struct NetworkTests {
    private func findings(_ environment: String) -> [Diagnostic] {
        let file = "project: demo\nregion: eu-west-2\nenvironments:\n  dev: {\(environment)}\n"
        return Repository("steps: [extract, load]", ["dorc.yaml": file]).load().findings
    }

    private let vpc = "vpc_id: vpc-0d0d0d0d, private_subnet_ids: [subnet-0d0d0d0d]"

    /// One rule is the environment's own.
    @Test(
        arguments: [
            (53, "10.0.%.0/24", nil), (54, "10.0.%.0/24", .warning), (59, "10.0.%.0/24", .warning),
            (60, "10.0.%.0/24", .error), (60, "2001:db8:%::/48", .warning), (61, "2001:db8:%::/48", .error),
            (59, "sg-0d0d00%", .warning), (60, "sg-0d0d00%", .error),
        ] as [(Int, String, Diagnostic.Severity?)])
    func `rules are counted by kind of address`(count: Int, pattern: String, severity: Diagnostic.Severity?) {
        let rules = (0..<count).map { number in
            "{port: 5432, to: \"\(pattern.replacing("%", with: String(number + 10)))\"}"
        }
        let found = findings("\(vpc), egress: [\(rules.joined(separator: ", "))]")
        #expect(found.filter { $0.id == .tooManyRules }.map(\.severity) == [severity].compactMap(\.self))
        #expect(found.count == (severity == nil ? 0 : 1))
    }

    @Test func `an environment that moves has both VPCs`() throws {
        let file = "project: demo\nregion: eu-west-2\nenvironments: {dev: {\(vpc), previous_vpc_id: vpc-0e0e0e0e}}\n"
        let (project, found) = Repository("steps: [extract, load]", ["dorc.yaml": file]).load()
        let environment = try #require(project?.environments.first)
        #expect(found.isEmpty)
        #expect(
            environment.network?.vpcID == .text("vpc-0d0d0d0d") && environment.previousVPCID == .text("vpc-0e0e0e0e"))
    }

    @Test func `spellings of different values differ`() {
        let values: [CloudFormationValue] = [
            .text("a"), .ref("a"), .sub("a"), .importValue(.text("a")), .list([.text("a")]), .text("\"a\""),
            .split(",", .text("a")), .split(",", .importValue(.text("a"))), .join(",", .list([.text("a")])),
            .select(0, .split(",", .text("a"))), .select(1, .split(",", .text("a"))), .list([.text("a"), .text("a")]),
            .list([.text("a,a")]),
        ]
        #expect(Set(values.map(\.spelling)).count == values.count)
    }
}
