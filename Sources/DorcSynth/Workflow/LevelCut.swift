internal import BitCollections

/// Cuts steps that are not series-parallel in two, between two levels: all that is before the cut runs before all
/// that is after it. A level is a distance from the first steps or from the last ones. Of all such cuts it takes
/// the one that forces the fewest pairs of steps, which could run side by side, into an order.
struct LevelCut {
    private let precedence: Precedence
    private let steps: [Int]
    private(set) var pieces: [[Int]] = []

    /// `steps` is in topological order, and at least two of them are connected.
    init(_ precedence: Precedence, _ steps: [Int]) {
        self.precedence = precedence
        self.steps = steps
        let fromStart = levels(steps, before: precedence.before)
        let fromEnd = levels(steps.reversed(), before: precedence.after)
        let height = fromEnd.max() ?? 0
        let candidates = [best(fromStart), best(fromEnd.map { height - $0 })].compactMap { $0 }
        guard let cut = candidates.min(by: { $0.lost < $1.lost }) else {
            pieces = [steps]
            return
        }
        pieces = [steps.filter(cut.front.contains), steps.filter { !cut.front.contains($0) }]
    }

    /// The longest way to each step of the part, by the step; -1 elsewhere.
    private func levels(_ order: [Int], before: (Int) -> [Int]) -> [Int] {
        var levels = Array(repeating: -1, count: precedence.stepCount)
        for step in order { levels[step] = (before(step).map { levels[$0] }.max() ?? -1) + 1 }
        return levels
    }

    /// The cut after the level that costs least; nil where there is one level only.
    private func best(_ levels: [Int]) -> (front: BitSet, lost: Int)? {
        var front = BitSet()
        var back = BitSet(steps)
        var lost = 0
        var best: (front: BitSet, lost: Int)?
        let last = steps.map { levels[$0] }.max() ?? 0
        var byLevel = Array(repeating: [Int](), count: last + 1)
        for step in steps { byLevel[levels[step]].append(step) }
        for level in byLevel.dropLast() {
            for step in level {
                // Pairs of the front with this step are free again, those of this step with the back are lost.
                lost -= front.count - front.intersection(precedence.ancestors[step]).count
                front.insert(step)
                back.remove(step)
                lost += back.count - back.intersection(precedence.descendants[step]).count
            }
            if lost < best?.lost ?? .max { best = (front, lost) }
        }
        return best
    }
}
