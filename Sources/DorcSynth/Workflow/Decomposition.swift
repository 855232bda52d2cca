internal import BitCollections

/// Steps that run one after another and side by side: the shape of nested `Parallel` states.
package indirect enum Block: Sendable, Equatable {
    case step(Int)
    case series([Block])
    case parallel([Block])

    /// The steps whose outputs are the block's output.
    var lastSteps: [Int] {
        switch self {
        case .step(let index): [index]
        case .series(let blocks): blocks.last?.lastSteps ?? []
        case .parallel(let blocks): blocks.flatMap(\.lastSteps)
        }
    }

    var firstSteps: [Int] {
        switch self {
        case .step(let index): [index]
        case .series(let blocks): blocks.first?.firstSteps ?? []
        case .parallel(let blocks): blocks.flatMap(\.firstSteps)
        }
    }
}

/// Precedence -> Block: takes a graph apart at its cuts and into its unconnected parts, by turns.
///
/// A cut is a place where every step before it precedes every step after it. What has neither a cut nor unconnected
/// parts is not series-parallel: it is cut between two levels (`LevelCut`), and what is then before and after it is
/// taken apart in turn. So only the part that needs it waits for a level.
///
/// It stops at a depth that no machine can have: what is left would take long to take apart, for nothing.
struct Decomposition {
    /// Deeper definitions are refused by services on the way, which limit how deep JSON may be.
    static let depthLimit = 40

    private let precedence: Precedence
    /// The first step of what lies too deep; nil where nothing does, and `block` is the whole.
    private(set) var tooDeep: Int?
    /// The parts that are not series-parallel, the outermost only, each in the order of the file.
    private(set) var crossing: [[Int]] = []
    private(set) var block = Block.series([])

    init(_ precedence: Precedence) {
        self.precedence = precedence
        block = block(precedence.order, isInCrossing: false, depth: 0)
    }

    /// `depth` counts the parallel blocks around the steps.
    private mutating func block(_ steps: [Int], isInCrossing: Bool, depth: Int) -> Block {
        if steps.count == 1, let step = steps.first { return .step(step) }
        guard tooDeep == nil else { return .series(steps.map { .step($0) }) }
        let parts = precedence.components(of: steps)
        if parts.count > 1 {
            if depth == Self.depthLimit { tooDeep = steps.min() }
            var blocks: [Block] = []
            for part in parts { blocks.append(block(part, isInCrossing: isInCrossing, depth: depth + 1)) }
            return .parallel(blocks)
        }
        var pieces = cut(steps)
        var isInCrossing = isInCrossing
        if pieces.count == 1 {
            if !isInCrossing { crossing.append(steps.sorted()) }
            isInCrossing = true
            pieces = levels(of: steps)
        }
        var blocks: [Block] = []
        for piece in pieces {
            let next = block(piece, isInCrossing: isInCrossing, depth: depth)
            if case .series(let inner) = next { blocks += inner } else { blocks.append(next) }
        }
        return .series(blocks)
    }

    /// Cuts between levels until each piece can be taken apart, and takes back every cut that turns out not to be
    /// needed: chains that stand side by side do not wait for each other.
    private func levels(of steps: [Int]) -> [[Int]] {
        var result: [[Int]] = []
        for piece in levelPieces(of: steps) {
            if let last = result.last, last.count + piece.count < steps.count, !isPrime(last + piece) {
                result[result.count - 1] = last + piece
            } else {
                result.append(piece)
            }
        }
        return result
    }

    private func levelPieces(of steps: [Int]) -> [[Int]] {
        LevelCut(precedence, steps).pieces.flatMap { piece in isPrime(piece) ? levelPieces(of: piece) : [piece] }
    }

    /// Whether steps have neither a cut nor unconnected parts.
    private func isPrime(_ steps: [Int]) -> Bool {
        steps.count > 1 && precedence.components(of: steps).count == 1 && cut(steps).count == 1
    }

    /// The pieces between the cuts. `steps` is in topological order.
    ///
    /// A cut is before position `p` where every step from `p` on has all steps before `p` among its ancestors.
    private func cut(_ steps: [Int]) -> [[Int]] {
        let ancestors = precedence.ancestors
        // How many steps from the start on are ancestors without a gap: for each step, then for all from it on.
        var reach = steps.map { step in steps.firstIndex { !ancestors[step].contains($0) } ?? steps.count }
        for index in steps.indices.dropLast().reversed() { reach[index] = min(reach[index], reach[index + 1]) }
        var pieces: [[Int]] = []
        var piece: [Int] = []
        for (index, step) in steps.enumerated() {
            if index > 0, reach[index] >= index {
                pieces.append(piece)
                piece = []
            }
            piece.append(step)
        }
        return pieces + [piece]
    }
}
