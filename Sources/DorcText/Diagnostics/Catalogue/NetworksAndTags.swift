extension DiagnosticEntry {
    static func ofNetworksAndTags(_ id: DiagnosticID) -> DiagnosticEntry? {
        switch id {
        case .egressPorts:
            DiagnosticEntry(
                cause: "an item of `egress` has neither `port` nor `ports`, or both",
                cure: "write one of the two",
                page: "environments.md#what-the-functions-reach",
                example: .network("egress: [{to: 10.0.0.0/16}]"))
        case .egressTwice:
            DiagnosticEntry(
                cause: "a rule is in `egress` twice, or is the one that every environment has",
                cure: "remove one",
                page: "environments.md#what-the-functions-reach",
                example: .network("egress: [{port: 443, to: 0.0.0.0/0}]"))
        case .halfNetwork:
            DiagnosticEntry(
                cause: "one of `vpc_id` and `private_subnet_ids` is missing, or both if another key needs them",
                cure: "write both or neither",
                page: "environments.md#vpc",
                example: .project(
                    """
                    environments:
                      dev: {vpc_id: vpc-0d0d0d0d}
                    """))
        case .reservedTag:
            DiagnosticEntry(
                cause: "a tag is one that dorc sets itself",
                cure: "choose another key",
                page: "concepts.md#tags",
                example: .project("tags: {project: census}"))
        case .sameVpc:
            DiagnosticEntry(
                cause: "`previous_vpc_id` is the same as `vpc_id`",
                cure: "write the VPC that the functions leave, or remove the key",
                page: "environments.md#move-to-another-vpc-or-out-of-one",
                example: .network("previous_vpc_id: vpc-0d0d0d0d"))
        case .tagAmpersand:
            DiagnosticEntry(
                .warning,
                cause: "IAM does not accept `&` in a tag: it becomes `+`",
                cure: "write the tag without it",
                page: "concepts.md#tags",
                example: .project("tags: {team: R&D}"))
        case .tagCase:
            DiagnosticEntry(
                cause: "two tags differ only in upper and lower case",
                cure: "write both the same way",
                page: "concepts.md#tags",
                example: .project("tags: {Team: data}", and: [DiagnosticExample.pipelinePath: "tags: {team: census}"]))
        case .tagOption:
            DiagnosticEntry(
                cause: "a tag's key begins with `-`, which the AWS CLI would read as an option",
                cure: "begin it with a letter or a digit",
                page: "concepts.md#tags",
                example: .project("tags: {-team: data}"))
        default: nil
        }
    }
}

extension DiagnosticExample {
    /// A key of an environment in a VPC.
    fileprivate static func network(_ key: String) -> Self {
        project(
            """
            environments:
              dev:
                vpc_id: vpc-0d0d0d0d
                private_subnet_ids: [subnet-0d0d0d0d]
                \(key)
            """)
    }
}
