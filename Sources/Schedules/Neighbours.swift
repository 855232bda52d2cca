/// Of sorted numbers.
extension [Int] {
    /// Those that follow one another without a gap.
    var runs: [ClosedRange<Int>] {
        var runs: [ClosedRange<Int>] = []
        for value in self {
            if let run = runs.last, run.upperBound == value - 1 {
                runs[runs.count - 1] = run.lowerBound...value
            } else {
                runs.append(value...value)
            }
        }
        return runs
    }

    /// The distance between neighbours, where it is the same everywhere.
    var commonStep: Int? {
        let steps = zip(dropFirst(), self).map { $0 - $1 }
        guard let step = steps.first, steps.allSatisfy({ $0 == step }) else { return nil }
        return step
    }
}
