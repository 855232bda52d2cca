internal import BitCollections

/// Cuts steps that are not series-parallel in two, between two levels: all that is before the cut runs before all
/// that is after it. A level is a distance from the first steps or from the last ones. Of all such cuts it takes
/// the one that forces the fewest pairs of steps, which could run side by side, into an order.
struct LevelCut {
    private let precedence: Precedence
    private let steps: [Int]
    /// How many steps of the part run before and after each of it, by the step.
    private let ancestors: [Int]
    private let descendants: [Int]
    private(set) var pieces: [[Int]] = []

    /// `steps` is in topological order, and at least two of them are connected.
    init(_ precedence: Precedence, _ steps: [Int]) {
        self.precedence = precedence
        self.steps = steps
        let part = BitSet(steps)
        var ancestors = Array(repeating: 0, count: precedence.stepCount)
        var descendants = ancestors
        for step in steps {
            ancestors[step] = part.intersection(precedence.ancestors[step]).count
            descendants[step] = part.intersection(precedence.descendants[step]).count
        }
        (self.ancestors, self.descendants) = (ancestors, descendants)
        let fromStart = levels(steps, before: precedence.before)
        let fromEnd = levels(steps.reversed(), before: precedence.after)
        let height = fromEnd.max() ?? 0
        let candidates = [best(fromStart), best(fromEnd.map { height - $0 })].compactMap { $0 }
        guard let cut = candidates.min(by: { $0.lost < $1.lost }) else {
            pieces = [steps]
            return
        }
        pieces = [steps.filter { cut.levels[$0] <= cut.level }, steps.filter { cut.levels[$0] > cut.level }]
    }

    /// The longest way to each step of the part, by the step; -1 elsewhere.
    private func levels(_ order: [Int], before: (Int) -> [Int]) -> [Int] {
        var levels = Array(repeating: -1, count: precedence.stepCount)
        for step in order { levels[step] = (before(step).map { levels[$0] }.max() ?? -1) + 1 }
        return levels
    }

    /// The cut after the level that costs least; nil where there is one level only.
    private func best(_ levels: [Int]) -> (levels: [Int], level: Int, lost: Int)? {
        let last = steps.map { levels[$0] }.max() ?? 0
        var byLevel = Array(repeating: [Int](), count: last + 1)
        for step in steps { byLevel[levels[step]].append(step) }
        var (front, back, lost) = (0, steps.count, 0)
        var best: (level: Int, lost: Int)?
        for (level, members) in byLevel.enumerated().dropLast() {
            for step in members {
                // Pairs of the front with this step are free again, those of this step with the back are lost: but for those
                // that have an order, since all that runs before a step is in a lower level, and what runs after it in a higher.
                lost -= front - ancestors[step]
                (front, back) = (front + 1, back - 1)
                lost += back - descendants[step]
            }
            if lost < best?.lost ?? .max { best = (level, lost) }
        }
        return best.map { (levels, $0.level, $0.lost) }
    }
}
