/// Where the event of each step comes from.
///
/// The output of a state is the input of the next one, so most events are at hand. Where one is not, the outputs that it
/// is made of are kept in variables. A variable can be read in the scope that it was assigned in (the machine, or a
/// branch of a Parallel state) and in those inside it, so an output that is needed outside its branch leaves the branch
/// beside the branch's own output, and is assigned again outside.
struct DataPlan {
    /// Branches of Parallel states, from the outside inwards; the machine itself is the empty one.
    typealias Scope = [Int]

    /// Steps whose event is not their state's input.
    private(set) var composed: Set<Int> = []
    /// Whether the output of the whole is not that of its last state.
    private(set) var composesOutput = false
    private(set) var scopes: [Int: Scope] = [:]
    private var branchLasts: [[Int]] = []
    /// For each step whose output is kept: the depths of the scopes with a variable for it.
    private(set) var keptDepths: [Int: Set<Int>] = [:]
    /// For each branch, what leaves it beside its own output.
    private(set) var exports: [[Int]] = []

    /// `hasOutput`: whether the output of the whole is needed.
    init(_ block: Block, _ precedence: Precedence, hasOutput: Bool = true) {
        var readers: [Int: [Scope]] = [:]
        place(block, in: [], incoming: [], precedence, &readers)
        let sinks = precedence.sinks
        composesOutput = hasOutput && Set(sinks) != Set(block.lastSteps)
        if composesOutput {
            for sink in sinks { readers[sink, default: []].append([]) }
        }
        exports = Array(repeating: [], count: branchLasts.count)
        for (step, readerScopes) in readers.sorted(by: { $0.key < $1.key }) {
            guard let scope = scopes[step] else { continue }
            let depths = Set(readerScopes.map { Self.commonDepth(scope, $0) })
            keep(step, in: scope, for: depths)
        }
    }

    /// What represents a branch: its steps' outputs by name, or the one output of its last step.
    func isKeyed(branch: Int) -> Bool { branchLasts[branch].count > 1 || !exports[branch].isEmpty }

    func lastSteps(ofBranch branch: Int) -> [Int] { branchLasts[branch] }

    /// The branch that a block is, of a Parallel state in that scope.
    func branch(of block: Block, in scope: Scope) -> Int? {
        guard let step = block.firstSteps.first, let own = scopes[step], own.count > scope.count else { return nil }
        return own[scope.count]
    }

    /// The outputs that a Parallel state with these branches takes over into variables, each with its branch.
    func imports(ofBranches branches: [Int], in scope: Scope) -> [(step: Int, branch: Int)] {
        let depth = scope.count
        return keptDepths.keys.sorted().compactMap { step in
            guard keptDepths[step]?.contains(depth) == true, let own = scopes[step], own.count > depth,
                branches.contains(own[depth])
            else { return nil }
            return (step, own[depth])
        }
    }

    private mutating func keep(_ step: Int, in scope: Scope, for depths: Set<Int>) {
        guard let outermost = depths.min() else { return }
        var kept = depths
        for depth in stride(from: scope.count, to: outermost, by: -1) {
            // At the end of this branch the output has to be at hand.
            let branch = scope[depth - 1]
            if branchLasts[branch].contains(step) { continue }
            exports[branch].append(step)
            kept.insert(depth)
        }
        keptDepths[step] = kept
    }

    private mutating func place(
        _ block: Block, in scope: Scope, incoming: [Int], _ precedence: Precedence, _ readers: inout [Int: [Scope]]
    ) {
        switch block {
        case .step(let step):
            scopes[step] = scope
            let predecessors = precedence.before(step)
            guard Set(predecessors) != Set(incoming) else { return }
            composed.insert(step)
            for predecessor in predecessors { readers[predecessor, default: []].append(scope) }
        case .series(let blocks):
            var incoming = incoming
            for block in blocks {
                place(block, in: scope, incoming: incoming, precedence, &readers)
                incoming = block.lastSteps
            }
        case .parallel(let blocks):
            let first = branchLasts.count
            branchLasts += blocks.map(\.lastSteps)
            for (offset, block) in blocks.enumerated() {
                place(block, in: scope + [first + offset], incoming: incoming, precedence, &readers)
            }
        }
    }

    private static func commonDepth(_ left: Scope, _ right: Scope) -> Int {
        zip(left, right).prefix { $0 == $1 }.count
    }
}
