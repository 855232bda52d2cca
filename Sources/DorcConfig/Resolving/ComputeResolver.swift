internal import DorcModel
internal import DorcText

/// `compute` as written -> what the job gets, checked against what Fargate and EC2 have.
struct ComputeResolver {
    let context: ResolutionContext
    let function: String

    /// Instead of what is wrong, which is reported: it is a job all the same.
    private static let unknown = Compute(vcpu: 1, memory: 2048)

    /// Nil for a Lambda.
    func compute(_ written: Located<ComputeSection>, into diagnostics: inout Diagnostics) -> Compute? {
        let section = written.value
        let place = written.range.firstLine
        var profile: ComputeSection?
        if let name = section.profile {
            if name.value == ComputeSection.lambda {
                let others = [
                    ("vcpu", section.vcpu?.range), ("memory", section.memory?.range), ("gpu", section.gpu?.range),
                    ("spot", section.spot?.range),
                ]
                if let (key, range) = others.first(where: { $0.1 != nil }), let range {
                    diagnostics.report(.jobSetting("a Lambda has no size of a job", "remove `\(key)`", at: range))
                }
                return nil
            }
            profile = context.project.computeProfiles[name.value]
            guard profile != nil else {
                let known = context.project.computeProfiles.entries.map(\.key.value)
                diagnostics.report(.unknownProfile(name, known: known))
                return Self.unknown
            }
        }
        guard let vcpu = section.vcpu ?? profile?.vcpu, let memory = section.memory ?? profile?.memory else {
            // What could not be read has been reported, and what a profile lacks.
            let written = section.writtenKeys.contains
            for key in ["vcpu", "memory"] where profile == nil && !written(key) {
                diagnostics.report(.noSize(key, at: place))
            }
            return Self.unknown
        }
        let compute = Compute(
            vcpu: vcpu.value, memory: memory.value, gpus: (section.gpu ?? profile?.gpu)?.value ?? 0,
            isSpot: (section.spot ?? profile?.spot)?.value ?? false)
        // Whether there are GPUs is not known where `gpu` could not be read, which has been reported.
        if section.gpu == nil, section.writtenKeys.contains("gpu") { return Self.unknown }
        if section.gpu == nil, let profile, profile.gpu == nil, profile.writtenKeys.contains("gpu") {
            return Self.unknown
        }
        guard isPossible(compute, at: place, &diagnostics) else { return Self.unknown }
        let environment = context.environment
        if environment.network == nil {
            diagnostics.report(.computeNetwork(function, environment, at: place))
        }
        return compute
    }

    private func isPossible(_ compute: Compute, at place: SourceRange, _ diagnostics: inout Diagnostics) -> Bool {
        let jobs = context.environment.jobs
        guard compute.vcpu <= Double(jobs.maximumVCPUs) else {
            diagnostics.report(
                .computeSize(
                    "a job with \(compute.vcpuText) vCPU would never start: in the environment `\(context.environment.name)` all"
                        + " jobs of a kind share \(jobs.maximumVCPUs)",
                    "raise `max_vcpus` in the environment's `jobs`, or ask for less", at: place))
            return false
        }
        guard !compute.kind.isFargate else { return true }
        let architecture = context.project.architecture
        let fargate = FargateSize.fitting(vcpu: compute.vcpu, memory: compute.memory)
        if compute.gpus > 0, architecture == .arm64 {
            diagnostics.report(
                .computeSize(
                    "the images are for arm64, and the instances with GPUs are x86_64",
                    "write `architecture: x86_64` in `images`, or remove `gpu`", at: place))
            return false
        }
        guard compute.vcpu == compute.vcpu.rounded() else {
            diagnostics.report(
                .computeSize(
                    "Fargate has no \(compute.vcpuText) vCPU with \(compute.memory) MB, and EC2 has whole vCPUs only",
                    fargate.map { "write `\($0.written)`" } ?? "write a whole number of vCPUs", at: place))
            return false
        }
        let most = InstanceSize.largest(gpus: compute.gpus > 0 ? jobs.gpus : nil, architecture)
        guard compute.vcpu <= most.vcpu, compute.memory <= most.memory else {
            diagnostics.report(
                .computeSize(
                    "no instance \(compute.gpus > 0 ? "of the family \(jobs.gpus.rawValue) " : "")has \(compute.words): at most"
                        + " \(most.words)",
                    "split the work with `for_each`, or ask for less"
                        + (compute.gpus > 0 ? "; or choose other `gpu_instances` in the environment's `jobs`" : ""),
                    at: place))
            return false
        }
        // It may be meant: more memory than Fargate gives to so few vCPUs.
        if compute.gpus == 0, let fargate, fargate.vcpu <= compute.vcpu * 2 {
            diagnostics.report(
                Diagnostic(
                    .computeOnEC2, at: place,
                    "Fargate has no \(compute.vcpuText) vCPU with \(compute.memory) MB: the job runs on EC2, which starts"
                        + " an instance first",
                    help: "that is correct, and takes minutes more; `\(fargate.written)` runs on Fargate"))
        }
        return true
    }
}

/// What of a function does not go with what runs it.
struct RuntimeCheck {
    let function: Function
    /// From weak to strong.
    let sections: [FunctionSection]
    let settings: FunctionSettings

    func run(into diagnostics: inout Diagnostics) {
        guard let compute = function.compute else {
            checkLambda(&diagnostics)
            return
        }
        // Elsewhere they are for environments in which it is a Lambda.
        for section in sections where section.compute != nil {
            if let memory = section.memory {
                diagnostics.report(
                    .jobSetting(
                        "`memory` is a Lambda's; this function runs as a job with \(compute.words)",
                        "remove it: a job's memory is in `compute`", at: memory.range.firstLine))
            }
            if let storage = section.ephemeralStorage {
                diagnostics.report(
                    .jobSetting(
                        "`ephemeral_storage` is a Lambda's; this function runs as a job with \(compute.words)",
                        "remove it: a job has 20 GB on Fargate, and on EC2 the 30 GB of its instance",
                        at: storage.range.firstLine))
            }
        }
        // It protects something: it is not left out without a word.
        if let calls = sections.compactMap(\.reservedConcurrency).last {
            diagnostics.report(
                .jobSetting(
                    "`reserved_concurrency` is a Lambda's, and the function `\(function.name)` runs as a job",
                    "remove it: `max_concurrency` of a `for_each` limits how many of its jobs run at once, `max_active_runs`"
                        + " how many runs of the pipeline",
                    at: calls.range.firstLine))
        }
        if function.timeout.seconds < BatchLimit.shortestTimeout, let place = settings.timeoutRange {
            diagnostics.report(
                .outOfRange("\(function.timeout)", allowed: "a job of AWS Batch has at least 60s", at: place.firstLine))
        }
    }

    private func checkLambda(_ diagnostics: inout Diagnostics) {
        if function.timeout.seconds > 900, let place = settings.timeoutRange {
            let size = FargateSize.fitting(vcpu: 0.25, memory: settings.memory)
            diagnostics.report(
                Diagnostic(
                    .lambdaLimit, at: place.firstLine,
                    "`\(function.timeout)` is too long for the function `\(function.name)`: Lambda ends every call after 15m",
                    help: "run it as a job, with `\(size.map { "compute: \($0.written)" } ?? "compute")`, or split the"
                        + " work with `for_each`"))
        }
        // Without an `image` it is out of place already.
        if !function.isBuilt, let command = sections.compactMap(\.command).last {
            diagnostics.report(
                .jobSetting(
                    Self.noContainer("command"), "give the function `compute`, or remove it",
                    at: command.range.firstLine))
        }
    }

    static func noContainer(_ key: String) -> String {
        "`\(key)` is for a container that was built elsewhere and runs as a job"
    }
}

extension Diagnostic {
    static func jobSetting(_ summary: String, _ help: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.jobSetting, at: range, summary, help: help)
    }

    fileprivate static func computeSize(_ summary: String, _ help: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.computeSize, at: range, summary, help: help)
    }

    fileprivate static func noSize(_ key: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .missingKey, at: range, "`compute` needs `\(key)`",
            help: "as in `compute: {vcpu: 4, memory: 16384}`, or name one of dorc.yaml's `compute_profiles`")
    }

    fileprivate static func unknownProfile(_ name: Located<String>, known: [String]) -> Diagnostic {
        let listed = known.map { "`\($0)`" }.joined(separator: ", ")
        return Diagnostic(
            .unknownProfile, at: name.range, "there is no compute profile `\(name.value)`",
            help: known.isEmpty
                ? "write `compute_profiles: {\(name.value): {vcpu: 4, memory: 16384}}` in dorc.yaml"
                : "the profiles of dorc.yaml are \(listed)",
            replacement: Suggestion.closest(to: name.value, among: known + [ComputeSection.lambda]))
    }

    fileprivate static func computeNetwork(
        _ function: String, _ environment: Environment, at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .computeNetwork, at: range,
            "the function `\(function)` runs as a job, and the environment `\(environment.name)` has no VPC",
            help: "give it `vpc_id` and `private_subnet_ids`, from which AWS's services can be reached",
            notes: [Note(environment.range, "this environment has none")])
    }
}
