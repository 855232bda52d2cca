import DorcTestSupport
import DorcText
import Testing
@testable import DorcSynth

@Suite struct AccountQuotaTests {
    /// Roles of functions, each with permissions of its own, in three environments.
    private func findings(functions count: Int, environments: String) throws -> [Diagnostic] {
        var files = [
            "dorc.yaml": "project: demo\nregion: eu-west-2\nenvironments: {\(environments)}\n",
            "Dockerfile": "FROM scratch\n",
        ]
        let names = (0..<count).map { "f\($0)" }
        for (position, start) in stride(from: 0, to: count, by: 40).enumerated() {
            let own = names[start..<min(start + 40, count)]
            let settings = own.map { "\($0): {permissions: []}" }.joined(separator: ", ")
            files["src/raw/p\(position)/pipeline.yaml"] =
                "functions: {\(settings)}\nsteps: [\(own.joined(separator: ", "))]\n"
            for name in own { files["src/raw/p\(position)/\(name)/lambda.py"] = Repository.code }
        }
        let (_, graph, findings) = Repository(files: files).graph()
        #expect(graph != nil && !findings.contains { $0.severity == .error })
        return findings.filter { $0.id == .accountQuota }
    }

    /// Three roles of the environment's own; a warning above nine tenths of 1,000.
    @Test(arguments: [(297, false), (298, true)])
    func `roles of an account are counted over its regions`(functions: Int, isWarned: Bool) throws {
        let found = try findings(functions: functions, environments: "a: {}, b: {region: eu-west-1}, c: {}")
        #expect(found.map(\.severity) == (isWarned ? [.warning] : []))
        let count = functions * 3 + 9
        #expect(
            found.allSatisfy {
                $0.summary
                    == "the project needs \(count) IAM roles in an account; that is more than nine tenths of the 1000 that AWS"
                    + " allows by default"
            })
    }

    /// Of 1,000 calls at once, 100 stay for functions without a reservation; a warning above nine tenths of the rest.
    @Test(arguments: [(404, 406, false), (404, 407, true)])
    func `reserved calls are counted together in a region`(first: Int, second: Int, isWarned: Bool) {
        let repository = Repository(files: [
            "dorc.yaml": "project: demo\nregion: eu-west-2\nenvironments: {a: {}, b: {region: eu-west-1}}\n",
            "Dockerfile": "FROM scratch\n",
            "src/raw/p/pipeline.yaml": """
            functions: {f: {reserved_concurrency: \(first)}, g: {reserved_concurrency: \(second)}}
            steps: [f, g, h]
            """,
            "src/raw/p/f/lambda.py": Repository.code, "src/raw/p/g/lambda.py": Repository.code,
            "src/raw/p/h/lambda.py": Repository.code,
        ])
        let found = repository.graph().2.filter { $0.id == .accountQuota }
        #expect(found.map(\.severity) == (isWarned ? [.warning, .warning] : []))
        #expect(found.allSatisfy { $0.summary.contains("needs \(first + second) reserved concurrent calls of Lambda") })
    }

    @Test func `more than AWS allows is told as that`() throws {
        let found = try findings(functions: 340, environments: "a: {}, b: {region: eu-west-1}, c: {}")
        #expect(found.map(\.summary) == ["the project needs 1029 IAM roles in an account; AWS allows 1000 by default"])
    }

    @Test func `roles of other accounts do not count`() throws {
        let environments = "a: {account: \"111122223333\"}, b: {account: \"444455556666\"}, c: {}"
        #expect(try findings(functions: 298, environments: environments).isEmpty)
    }
}
