import DorcTestSupport
import Testing
@testable import DorcModel
@testable import DorcText

/// What is said of functions that run as jobs.
@Suite struct JobTests {
    private static let network = "vpc_id: vpc-0d0d0d0d, private_subnet_ids: [subnet-0d0d0d0d], notifications: {}"

    private func load(
        _ pipeline: String, environment: String = network, profiles: String = ""
    ) -> (project: Project?, findings: [Diagnostic]) {
        let file = "project: demo\nregion: eu-west-2\n\(profiles)\nenvironments:\n  dev: {\(environment)}\n"
        return Repository(pipeline, ["dorc.yaml": file]).load()
    }

    private func check(_ source: String, _ id: String) {
        let marked = Marked(source)
        let findings = load(marked.text).findings.filter { $0.id != .unusedFunction }
        #expect(findings.map(\.id.rawValue) == [id])
        #expect(findings.first?.place == marked.place)
    }

    private static let job = "compute: {vcpu: 4, memory: 16384}"
    private static let container = "image: \"docker.io/library/python:3.13\", compute: {vcpu: 4, memory: 16384}"

    @Test(arguments: [
        ("functions: {extract: {\(job), timeout: 2d}}\nsteps: [⟦extract⟧]", "run-timeout"),
        (
            "timeout: 5m\nfunctions: {extract: {timeout: 15m}}\nsteps: [⟦extract⟧, {name: again, function: extract}]",
            "run-timeout"
        ),
        ("functions: {extract: {\(job), timeout: 6h}}\nsteps: [{name: extract, timeout: ⟦1h⟧}]", "step-timeout"),
        ("functions: {extract: {\(job), environment: {⟦PATH⟧: /opt}}}\nsteps: [extract]", "reserved-variable"),
        (
            "functions: {extract: {\(job), environment: {⟦LAMBDA_TASK_ROOT⟧: /opt}}}\nsteps: [extract]",
            "reserved-variable"
        ),
        (
            "functions: {extract: {\(job), environment: {⟦AWS_REGION⟧: eu-west-1}}}\nsteps: [extract]",
            "reserved-variable"
        ),
        ("functions: {extract: {environment: {⟦A⟧: x}}}\nsteps: [extract]", "invalid-name"),
        ("functions: {extract: {environment: {⟦_X⟧: x}}}\nsteps: [extract]", "invalid-name"),
        (
            "functions: {tool: {\(container)}}\nsteps: [{name: tool, command: [run], environment: {A: b, ⟦DORC_X⟧: a}}]",
            "reserved-variable"
        ),
        ("functions: {extract: {compute: {profile: lambda, vcpu: ⟦4⟧}}}\nsteps: [extract]", "job-setting"),
    ])
    func `a mistake about a job is told at its place`(source: String, id: String) { check(source, id) }

    @Test(arguments: [
        "functions: {extract: {\(job), environment: {A: x, _X: y}}}\nsteps: [extract]",
        "functions: {tool: {\(container), environment: {A: x, PATH: /opt, AWS_REGION: eu-west-1}}}\nsteps: [tool]",
        "functions: {extract: {\(job), timeout: 1d}}\nsteps: [extract]",
        "timeout: 5m\nsteps: [extract]", "timeout: 30m\nfunctions: {extract: {\(job)}}\nsteps: [extract]",
    ])
    func `what a job may have is taken`(pipeline: String) {
        #expect(load(pipeline).findings.filter { $0.id != .unusedFunction }.isEmpty)
    }

    @Test func `what helps a Lambda is not said of a job`() throws {
        let source = "functions: {extract: {\(Self.job), timeout: 6h}}\nsteps: [{name: extract, timeout: 1h}]"
        let finding = try #require(load(source).findings.first { $0.id == .stepTimeout })
        #expect(finding.help?.contains("ends within a minute") == true)
        let other = "functions: {extract: {compute: {profile: lambda, vcpu: 4}}}\nsteps: [extract]"
        #expect(load(other).findings.contains { $0.help == "remove `vcpu`" })
    }

    @Test(arguments: [("", 86400), ("timeout: 2h", 7200), ("timeout: 30s", 60), ("timeout: 90d", 1_209_600)])
    func `a job without a timeout may take as long as its run`(timeout: String, seconds: Int) {
        let (project, _) = load("\(timeout)\nfunctions: {extract: {\(Self.job)}}\nsteps: [extract]")
        #expect(project?.pipelines.first?.environments.first?.functions.first?.timeout == Duration(seconds))
    }

    @Test(arguments: ["steps: [extract]", "functions: {extract: {compute: half}}\nsteps: [extract]"])
    func `a profile without memory is told where it is written`(pipeline: String) {
        let findings = load(pipeline, profiles: "compute_profiles:\n  half: {vcpu: 4}").findings
            .filter { $0.id != .unusedFunction }
        #expect(findings.map(\.id) == [.missingKey])
        #expect(findings.first?.range.file.path == "dorc.yaml" && findings.first?.range.start.line == 4)
    }

    @Test func `an environment with jobs that leaves a VPC says its subnets`() throws {
        let pipeline = "functions: {extract: {\(Self.job)}}\nsteps: [extract]"
        let moving = Self.network + ", previous_vpc_id: vpc-0e0e0e0e"
        let (_, findings) = load(pipeline, environment: moving)
        #expect(findings.filter { $0.id != .unusedFunction }.map(\.id) == [.halfNetwork])
        #expect(load("steps: [extract]", environment: moving).findings.allSatisfy { $0.id == .unusedFunction })
        let (project, others) = load(
            pipeline, environment: moving + ", previous_private_subnet_ids: [subnet-0e0e0e0e]")
        #expect(others.allSatisfy { $0.id == .unusedFunction })
        #expect(project?.environments.first?.previousSubnetIDs == .list([.text("subnet-0e0e0e0e")]))
    }

    @Test func `notices of no end of a run are a mistake`() {
        check(
            "notifications: {email: a@example.gov.uk, on: ⟦[]⟧}\nsteps: [extract]", "empty-value")
    }

    @Test(arguments: [("25h30m", "26h"), ("1h30m", "90m"), ("8d4h", nil)] as [(String, String?)])
    func `an alarm's duration that is suggested is one that is taken`(written: String, suggested: String?) {
        let finding = load("alert_without_success: \(written)\nsteps: [extract]").findings
            .first { $0.id == .invalidDuration }
        #expect(finding != nil && finding?.replacement == suggested)
    }

    @Test func `an empty name is said to be empty`() {
        let findings = load("access: {bedrock: \"\"}\nsteps: [extract]").findings
        #expect(findings.contains { $0.summary.hasPrefix("the name is empty") })
    }
}
