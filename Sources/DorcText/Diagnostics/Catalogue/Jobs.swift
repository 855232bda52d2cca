extension DiagnosticEntry {
    /// With a VPC, which jobs need.
    private static let computeProject = """
        environments:
          dev: {vpc_id: vpc-0d0d0d0d0d0d0d0d0, private_subnet_ids: [subnet-0d0d0d0d0d0d0d0d1]}
        """

    static func ofJobs(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .computeNetwork:
            DiagnosticEntry(
                cause: "a function has `compute`, and the environment has no VPC",
                cure: "give the environment `vpc_id` and `private_subnet_ids`, or remove `compute`",
                page: "compute.md#what-an-environment-needs",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: {vcpu: 4, memory: 16384}}
                    """))
        case .computeOnEC2:
            DiagnosticEntry(
                .note,
                cause: "Fargate does not have this size of a job, and has one that is close: it runs on EC2",
                cure: "nothing; or write the other size, which starts sooner",
                page: "compute.md#sizes",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: {vcpu: 3, memory: 16384}}
                    """, and: ["dorc.yaml": computeProject]))
        case .computeSize:
            DiagnosticEntry(
                cause: "neither Fargate nor EC2 has a size like that of `compute`",
                cure: "write a size of the table",
                page: "compute.md#sizes",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: {vcpu: 0.5, memory: 65536}}
                    """, and: ["dorc.yaml": computeProject]))
        case .jobSetting:
            DiagnosticEntry(
                cause:
                    "a setting does not go with what runs the function: a Lambda, a job, or a container built elsewhere",
                cure: "remove it, or write what goes with it",
                page: "compute.md#what-is-different-in-a-job",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: {vcpu: 4, memory: 16384}, ephemeral_storage: 2048}
                    """, and: ["dorc.yaml": computeProject]))
        case .lambdaLimit:
            DiagnosticEntry(
                cause: "a function that runs as a Lambda may take longer than 15 minutes",
                cure: "run it as a job with `compute`, or split the work with `for_each`",
                page: "compute.md#which-one",
                example: .pipeline(
                    """
                    functions:
                      extract: {timeout: 6h}
                    """))
        case .unknownProfile:
            DiagnosticEntry(
                cause: "`compute` names a profile that dorc.yaml does not have",
                cure: "correct the name, or add it to `compute_profiles`",
                page: "compute.md#sizes",
                example: .pipeline(
                    """
                    functions:
                      extract: {compute: huge}
                    """))
        default: nil
        }
    }
}
