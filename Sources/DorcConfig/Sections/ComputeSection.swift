internal import DorcModel
package import DorcText

/// `compute` of a function: what it gets as a job of AWS Batch.
package struct ComputeSection: Section {
    package var origin = Origin()
    package var profile: Located<String>?
    package var vcpu: Located<Double>?
    package var memory: Located<Int>?
    package var gpu: Located<Int>?
    package var spot: Located<Bool>?

    package init() {}

    /// Instead of a profile's name: a Lambda all the same, where `defaults` say something else.
    static let lambda = "lambda"

    /// What a profile has too, which needs the first two.
    private static func size(required: Bool) -> [Key<Self>] {
        [
            // Batch API, ResourceRequirement: 0.25 on Fargate.
            Key(
                "vcpu", \.vcpu, .number(minimum: 0.25), required: required,
                default: required ? .none : .words("the profile's"), otherNames: "vcpus cpu cpus",
                example: "16", "Virtual CPUs: on Fargate 0.25, 0.5, 1, 2, 4, 8 or 16, on EC2 whole numbers."),
            Key(
                "memory", \.memory, .integer(512...GPUFamily.mostMemory, unit: "MB"),
                required: required, default: required ? .none : .words("the profile's"), otherNames: "memorymb ram",
                example: "65536", "Memory in MB."),
            Key(
                "gpu", \.gpu, .integer(0...GPUFamily.mostGPUs), default: .value(0),
                otherNames: "gpus", example: "1",
                "GPUs of NVIDIA, of the environment's `gpu_instances`: with them it runs on EC2."),
            Key(
                "spot", \.spot, .boolean, default: .value(false),
                "Spare capacity, which is cheaper, and which AWS may take away: Batch then tries again."),
        ]
    }

    package static let type = ObjectType<Self>(
        "`compute`",
        elsewhere: Elsewhere([("timeout", "write it at the function: `{compute: large, timeout: 6h}`")]),
        keys: [
            Key(
                "profile", \.profile, .computeProfile,
                "One of dorc.yaml's `compute_profiles`; the other keys win over the profile's.")
        ] + size(required: false))

    static let profileType = ObjectType<Self>("a compute profile", keys: size(required: true))
}

extension ValueType<ComputeSection> {
    /// A mapping, or the name of a profile alone.
    static var compute: ValueType { .section(orOnly: "profile", \.profile, .computeProfile) }

    static var computeProfile: ValueType { ComputeSection.profileType.valueType }
}

extension ValueType<String> {
    fileprivate static var computeProfile: ValueType {
        .text("the name of a compute profile, or `\(ComputeSection.lambda)`", .computeProfile)
    }
}

extension StringRule {
    static let computeProfile = StringRule(
        "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$", maximum: Names.longestProject, "large",
        where: { Names.isProject($0) && $0.utf8.count <= Names.longestProject })

    /// In dorc.yaml.
    static let newComputeProfile = StringRule(
        "^(?!\(ComputeSection.lambda)$)(?=.{1,\(Names.longestProject)}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$", "large",
        where: {
            Names.isProject($0) && $0.utf8.count <= Names.longestProject && $0 != ComputeSection.lambda
        })
}
