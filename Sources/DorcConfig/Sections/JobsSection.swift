package import DorcModel
package import DorcText

extension ProjectFile {
    /// `jobs` of an environment: the capacity that its functions with `compute` share.
    package struct JobsSection: Section {
        package var origin = Origin()
        package var maxVCPUs: Located<Int>?
        package var gpuInstances: Located<GPUFamily>?

        package init() {}

        package static let type = ObjectType<Self>(
            "`jobs`",
            elsewhere: Elsewhere([
                ("compute vcpu memory gpu spot", "write it in `compute` of a function, or in `compute_profiles`")
            ]),
            keys: [
                Key(
                    "max_vcpus", \.maxVCPUs, .integer(1...100_000), default: .value(JobSettings().maximumVCPUs),
                    otherNames: "maxvcpu maximumvcpus", example: "1024",
                    "How many vCPUs the jobs on one kind of capacity have at once; the others wait."),
                Key(
                    "gpu_instances", \.gpuInstances, .choice, default: .value(JobSettings().gpus),
                    otherNames: "gpufamily gpuinstance instancetypes",
                    "The family of EC2 instances that jobs with a `gpu` run on."),
            ])
    }
}
