package import DorcText

/// What a function gets that runs as a job of AWS Batch.
package struct Compute: Hashable, Sendable {
    /// A kind of capacity; each has a queue of its own. The raw value is the end of its name.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case fargate
        case fargateSpot = "fargate-spot"
        case ec2
        case ec2Spot = "ec2-spot"
        case gpu
        case gpuSpot = "gpu-spot"

        package var isFargate: Bool { self == .fargate || self == .fargateSpot }
        package var isSpot: Bool { self == .fargateSpot || self == .ec2Spot || self == .gpuSpot }
        package var hasGPUs: Bool { self == .gpu || self == .gpuSpot }
    }

    package var vcpu: Double
    /// MiB.
    package var memory: Int
    package var gpus: Int
    package var isSpot: Bool

    package init(vcpu: Double, memory: Int, gpus: Int = 0, isSpot: Bool = false) {
        self.vcpu = vcpu
        self.memory = memory
        self.gpus = gpus
        self.isSpot = isSpot
    }

    /// Fargate where it has the size, else EC2.
    package var kind: Kind {
        if gpus > 0 { return isSpot ? .gpuSpot : .gpu }
        if FargateSize.has(vcpu: vcpu, memory: memory) { return isSpot ? .fargateSpot : .fargate }
        return isSpot ? .ec2Spot : .ec2
    }

    /// As in `16 vCPU, 65536 MB, 1 GPU, spot`.
    package var words: String {
        "\(vcpuText) vCPU, \(memory) MB\(gpus > 0 ? ", \(gpus) GPU" : "")\(isSpot ? ", spot" : "")"
    }

    /// As in YAML.
    package var written: String {
        "{vcpu: \(vcpuText), memory: \(memory)\(gpus > 0 ? ", gpu: \(gpus)" : "")\(isSpot ? ", spot: true" : "")}"
    }

    package var vcpuText: String { JSONNumber(vcpu).text }
}

/// The sizes that a task on Fargate can have.
///
/// Batch API, ResourceRequirement: "If the job is running on Fargate resources, then value must match one of the supported values and
/// the MEMORY values must be one of the values supported for that VCPU value".
package enum FargateSize {
    /// MiB.
    private static let table: [(vcpu: Double, memories: [Int])] = [
        (0.25, [512, 1024, 2048]),
        (0.5, Array(stride(from: 1024, through: 4096, by: 1024))),
        (1, Array(stride(from: 2048, through: 8192, by: 1024))),
        (2, Array(stride(from: 4096, through: 16384, by: 1024))),
        (4, Array(stride(from: 8192, through: 30720, by: 1024))),
        (8, Array(stride(from: 16384, through: 61440, by: 4096))),
        (16, Array(stride(from: 32768, through: 122_880, by: 8192))),
    ]

    package static func has(vcpu: Double, memory: Int) -> Bool {
        table.contains { $0.vcpu == vcpu && $0.memories.contains(memory) }
    }

    /// The smallest that has at least so much; nil where Fargate has none.
    package static func fitting(vcpu: Double, memory: Int) -> Compute? {
        for row in table where row.vcpu >= vcpu {
            if let enough = row.memories.first(where: { $0 >= memory }) {
                return Compute(vcpu: row.vcpu, memory: enough)
            }
        }
        return nil
    }
}

/// What one instance of EC2 has at most, of the families that Batch chooses from by itself (Batch API, ComputeResource,
/// `instanceTypes`): r6i.32xlarge and r6g.16xlarge (EC2 instance type guide). Some of the memory is the operating system's and the
/// agent's (Batch guide, "Compute resource memory management"): about three percent are left out.
package enum InstanceSize {
    /// `gpus`: of which family; nil for instances without.
    package static func largest(gpus: GPUFamily?, _ architecture: Architecture) -> Compute {
        if let gpus { return gpus.largest }
        return switch architecture {
        case .x86_64: Compute(vcpu: 128, memory: 1_015_000)
        case .arm64: Compute(vcpu: 64, memory: 507_000)
        }
    }
}

/// Instances with GPUs of NVIDIA, all of them x86_64. Batch takes a family's name, and its image for them fits all of these (Batch API,
/// ComputeResource, `instanceTypes`; Ec2Configuration, `imageType`: ECS_AL2023_NVIDIA).
package enum GPUFamily: String, Sendable, CaseIterable {
    case g4dn, g5, g6, g6e, p4d, p5

    /// Of its largest instance (EC2 instance type guide, "Specifications for Amazon EC2 accelerated computing instances"): g4dn.metal,
    /// g5.48xlarge, g6.48xlarge, g6e.48xlarge, p4d.24xlarge, p5.48xlarge; the memory as with `InstanceSize`.
    var largest: Compute {
        switch self {
        case .g4dn: Compute(vcpu: 96, memory: 380_000, gpus: Self.mostGPUs)
        case .g5, .g6: Compute(vcpu: 192, memory: 762_000, gpus: Self.mostGPUs)
        case .g6e: Compute(vcpu: 192, memory: 1_525_000, gpus: Self.mostGPUs)
        case .p4d: Compute(vcpu: 96, memory: 1_144_000, gpus: Self.mostGPUs)
        case .p5: Compute(vcpu: 192, memory: 2_034_000, gpus: Self.mostGPUs)
        }
    }

    package static let mostGPUs = 8
    /// Of a job on any instance that there can be.
    package static let mostMemory = 2_034_000
}

/// What the jobs of an environment share.
package struct JobSettings: Equatable, Sendable {
    /// At once, of all jobs on one kind of capacity.
    package var maximumVCPUs = 256
    package var gpus = GPUFamily.g4dn

    package init() {}
}

/// Batch and ECS, as far as they limit what a job is started with.
package enum BatchLimit {
    /// Seconds (Batch guide, "Job timeouts": at least 60).
    package static let shortestTimeout = 60
    /// Seconds (Batch API, JobTimeout: after 14 days, Fargate resources may not be available any more).
    package static let longestTimeout = 1_209_600
    /// How long a run waits for a job's turn. AWS has no bound for it: it is longer than a queue that moves, and the run's own timeout
    /// ends the wait too.
    package static let longestWait = Duration(7 * 86400)
    /// Batch API, RetryStrategy: 1 to 10.
    package static let spotAttempts = 5
    /// Characters of an event's JSON, quotes escaped. ECS takes 8,192 characters of overrides with their own JSON (ECS API, RunTask),
    /// although SubmitJob takes 30 KiB; a task token has up to 2,048 of them (Step Functions API), and Batch has variables of its own.
    package static let eventLength = 5000
    /// Batch API, ContainerProperties, `environment`: "must not start with AWS_BATCH".
    private static let reservedPrefix = "AWS_BATCH"
    /// What dorc sets itself.
    private static let ownPrefix = "DORC_"
    /// Batch quotas: a job definition has at most 24 KiB, of which a part is for the rest of it.
    package static let environmentBytes = 20_480

    /// What dorc's runner, its Python and boto3 read, beside what Lambda reserves too: ECS sets where the role's credentials are (ECS
    /// guide, "Task IAM role"), and the image where its programs are.
    private static let runners: Set<String> = [
        "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "PATH", "PYTHONHOME",
    ]

    /// Whether a job's function must not have a variable of that name.
    package static func isRunners(_ name: String) -> Bool {
        runners.contains(name) || LambdaEnvironment.isReserved(name)
    }

    package static func isReserved(_ name: String) -> Bool {
        name.hasPrefix(reservedPrefix) || name.hasPrefix(ownPrefix)
    }
}
