internal import DorcModel
internal import DorcText

/// In which universal stack each repository is.
///
/// One that the run before had in a stack stays there: a repository that moves would have to be removed from one stack
/// and imported into another. New ones go into the first tier that has room for all of them: the one stack of a small
/// project; beyond what fits (450, fewer with many tags or accounts) 16 stacks, chosen by the SHA-256 of the name; then 256
/// further ones, and so on. No rule over the names alone could do it: of 451 names it cannot tell which came last.
struct RepositoryPartition: Sendable {
    /// Repositories in one template.
    static let limit = ResourceCountCheck.limit
    private static let tiers: [UInt64] = [1, 16, 256, 4096, 65536]

    /// The number of each stack, in the order of the graph; 0 is the one of a small project.
    let numbers: [Int]
    /// For each name its stack.
    let stacks: [StackIndex]

    var count: Int { numbers.count }

    /// Bytes of a template that are filled, of the 1,000,000 that are possible.
    private static let templateBytes = 900_000

    /// `earlier` are the universal stacks of the run before, by the names of their repositories.
    init(_ project: Project, _ names: [String], earlier: [String: String]) {
        let stem = Self.stackName(project.name, number: 0)
        self.init(
            names, capacity: Self.capacity(project),
            earlier: earlier.compactMapValues { Self.number(of: $0, stem: stem) })
    }

    /// How many repositories a stack takes: by their count, and by what each needs of the template as JSON, which is the
    /// longer form.
    private static func capacity(_ project: Project) -> Int {
        let tags = project.tags.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 80 }
        let accounts = project.registryAccount == nil ? 0 : 600 + project.environments.count * 250
        return min(limit, templateBytes / (2000 + tags + accounts))
    }

    /// `earlier` are numbers of stacks.
    init(_ names: [String], capacity: Int = limit, earlier: [String: Int] = [:]) {
        var sizes: [Int: Int] = [:]
        var assigned = names.map { name -> Int? in
            guard let number = earlier[name], sizes[number, default: 0] < Self.limit else { return nil }
            sizes[number, default: 0] += 1
            return number
        }
        let new = names.indices.filter { assigned[$0] == nil }
        var first = 0
        for tier in Self.tiers {
            var total = sizes
            let numbers = new.map { first + Int(tier == 1 ? 0 : Self.hash(names[$0]) % tier) }
            for number in numbers { total[number, default: 0] += 1 }
            if tier == Self.tiers.last || numbers.allSatisfy({ total[$0, default: 0] <= capacity }) {
                for (position, number) in zip(new, numbers) { assigned[position] = number }
                break
            }
            first += Int(tier)
        }
        let used = Set(assigned.compactMap(\.self)).sorted()
        numbers = used.isEmpty ? [0] : used
        let indices = Dictionary(numbers.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        stacks = assigned.map { StackIndex(value: $0.flatMap { indices[$0] } ?? 0) }
    }

    static func stackName(_ project: String, number: Int) -> String {
        "\(project)-universal" + (number == 0 ? "" : "-\(number)")
    }

    /// Nil for what is no universal stack of the project.
    private static func number(of stack: String, stem: String) -> Int? {
        guard stack.hasPrefix(stem) else { return nil }
        let rest = stack.dropFirst(stem.count)
        if rest.isEmpty { return 0 }
        let most = tiers.reduce(0, +)
        guard rest.hasPrefix("-"), let number = UInt64(rest.dropFirst()), (1...most).contains(number) else {
            return nil
        }
        return Int(number)
    }

    private static func hash(_ name: String) -> UInt64 {
        UInt64(HexadecimalDigest.short(name, digits: 8), radix: 16) ?? 0
    }
}
