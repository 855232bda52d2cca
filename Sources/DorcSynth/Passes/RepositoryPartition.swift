internal import DorcModel

/// In which universal stack each repository stands: in the only one, up to 500 repositories; beyond that in one of 16
/// stacks, chosen by the SHA-256 of its name alone, which hold about 7,000; then in one of 256.
///
/// Within such a range nothing ever moves. No rule over the names alone could do without the ranges: with one stack for
/// every 500 names, the 501st would have to tell which of them came last. The steps are large so that most projects
/// take one at most.
struct RepositoryPartition: Sendable {
    /// Repositories in one template.
    static let limit = ResourceCountCheck.limit
    private static let step = 16

    /// 1, 16, 256, 4,096 or 65,536.
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
        var count = Self.step
        while count < 1 << 16 {
            var sizes = Array(repeating: 0, count: count)
            for hash in hashes { sizes[Int(hash % UInt64(count))] += 1 }
            if sizes.allSatisfy({ $0 <= Self.limit }) { break }
            count *= Self.step
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
