import DorcModel
import DorcTestSupport
import Testing
@testable import DorcText

/// `jobs` of an environment, and what no job can get or be given.
@Suite struct JobSettingTests {
    private func repository(_ compute: String, jobs: String = "", step: String = "extract") -> Repository {
        let project = """
            project: demo
            region: eu-west-2
            environments:
              dev:
                vpc_id: vpc-0d0d0d0d0d0d0d0d0
                private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]
                notifications: {}
                \(jobs)
            """
        return Repository(
            "functions: {extract: {compute: \(compute)}}\nsteps: [\(step), load]\n", ["dorc.yaml": project])
    }

    @Test(
        arguments: [
            ("{vcpu: 96, memory: 380000, gpu: 8}", "", nil),
            ("{vcpu: 97, memory: 380000, gpu: 8}", "", "no instance of the family g4dn has"),
            ("{vcpu: 192, memory: 762000, gpu: 8}", "jobs: {gpu_instances: g5}", nil),
            ("{vcpu: 192, memory: 762001, gpu: 8}", "jobs: {gpu_instances: g6}", "no instance of the family g6 has"),
            ("{vcpu: 64, memory: 1500000, gpu: 4, spot: true}", "jobs: {gpu_instances: g6e}", nil),
            ("{vcpu: 16, memory: 1500000}", "jobs: {gpu_instances: g6e}", "no instance has"),
            ("{vcpu: 16, memory: 65536}", "jobs: {max_vcpus: 16}", nil),
            ("{vcpu: 16, memory: 65536}", "jobs: {max_vcpus: 15}", "would never start: in the environment `dev`"),
            ("{vcpu: 128, memory: 500000}", "jobs: {max_vcpus: 100}", "would never start"),
        ] as [(String, String, String?)])
    func `a size is one of the environment's instances and fits into what all jobs share`(
        compute: String, jobs: String, message: String?
    ) {
        let found = repository(compute, jobs: jobs).load().findings.filter { $0.severity == .error }
        #expect(found.map(\.id) == (message == nil ? [] : [.computeSize]))
        if let message { #expect(found.first?.summary.contains(message) == true, "\(found)") }
    }

    @Test func `an environment has 256 vCPUs and g4dn unless it says otherwise`() throws {
        let usual = try #require(repository("{vcpu: 4, memory: 16384}").load().project?.environments.first)
        #expect(usual.jobs == JobSettings() && usual.jobs.maximumVCPUs == 256 && usual.jobs.gpus == .g4dn)
        let own = repository("{vcpu: 4, memory: 16384}", jobs: "jobs: {max_vcpus: 1000, gpu_instances: p5}")
        let environment = try #require(own.load().project?.environments.first)
        #expect(environment.jobs.maximumVCPUs == 1000 && environment.jobs.gpus == .p5)
    }

    // MARK: The event of a job

    /// Beside the text there are two braces, a name of one character, a colon, and four quotes that count twice.
    @Test(arguments: [(4988, false), (4989, true)])
    func `a literal event that no container takes is an error at the arguments`(length: Int, isError: Bool) {
        let text = String(repeating: "x", count: length)
        let step = "{name: extract, arguments: {a: \(text)}}"
        let found = repository("{vcpu: 4, memory: 16384}", step: step).graph().findings.filter {
            $0.id == .inputTooLong
        }
        #expect(found.map(\.severity) == (isError ? [.error] : []))
        if isError { #expect(found.first?.summary.contains("5001 characters of JSON or more") == true, "\(found)") }
    }

    @Test func `what an expression gives counts for one character at least, and items for themselves`() {
        func ids(_ step: String) -> [DiagnosticID] {
            repository("{vcpu: 4, memory: 16384}", step: step).graph().findings.filter { $0.severity == .error }
                .map(\.id)
        }
        let (long, short) = (String(repeating: "x", count: 5000), String(repeating: "x", count: 2400))
        #expect(ids("{name: extract, arguments: {a: \(long), b: \"{% $states.input.b %}\"}}") == [.inputTooLong])
        #expect(ids("{name: extract, arguments: {a: \(short), b: \"{% $states.input.b %}\"}}") == [])
        #expect(ids("{name: extract, for_each: [\(short), \(long)]}") == [.inputTooLong])
        #expect(ids("{name: extract, for_each: [\(short), \(short), \(short)]}") == [])
        #expect(ids("{name: big, function: load, arguments: {a: \(long)}}, extract") == [])
    }
}
