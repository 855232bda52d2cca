internal import DorcModel

/// In which universal stack each repository stands: in the only one, up to 500 repositories; else in one of 2, 4, 8 ...
/// stacks, chosen by the SHA-256 of its name alone, so that the others have no say in it.
struct RepositoryPartition: Sendable {
    /// CloudFormation: resources in one template.
    static let limit = 500

    /// A power of two.
    let count: Int

    init(_ project: Project) {
        let names = project.pipelines.flatMap { pipeline in
            pipeline.images.map { Naming.repository(project: project.name, pipeline.id, $0.function) }
        }
        self.init(names)
    }

    init(_ names: [String]) {
        guard names.count > Self.limit else {
            count = 1
            return
        }
        let hashes = names.map(Self.hash)
        // Half full on average when it starts, so that the next doubling is far away.
        var count = 2
        while count < 1 << 16 {
            var sizes = Array(repeating: 0, count: count)
            for hash in hashes { sizes[Int(hash % UInt64(count))] += 1 }
            if sizes.allSatisfy({ $0 <= Self.limit }) { break }
            count *= 2
        }
        self.count = count
    }

    func stack(of repository: String) -> StackIndex {
        StackIndex(value: count == 1 ? 0 : Int(Self.hash(repository) % UInt64(count)))
    }

    private static func hash(_ name: String) -> UInt64 {
        UInt64(HexadecimalDigest.short(name, digits: 8), radix: 16) ?? 0
    }
}
