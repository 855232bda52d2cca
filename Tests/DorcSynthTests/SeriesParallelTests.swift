import Testing

@testable import DorcModel
@testable import DorcSynth

@Suite struct SeriesParallelTests {
    private func workflow(_ predecessors: [[Int]]) -> Workflow {
        let range = SourceFile(path: "p", bytes: []).wholeFile
        return Workflow(
            steps: predecessors.enumerated().map { index, predecessors in
                Step(
                    name: "s\(index)", range: range, action: .function("f"), arguments: nil, predecessors: predecessors,
                    retry: nil)
            })
    }

    private func block(_ predecessors: [[Int]]) -> Block? {
        try? SeriesParallel(workflow(predecessors)).decompose().get()
    }

    @Test func chainIsASeries() {
        #expect(block([[], [0], [1]]) == .series([.step(0), .step(1), .step(2)]))
    }

    @Test func forkAndJoinIsASeriesAroundAParallel() {
        #expect(block([[], [0], [0], [1, 2]]) == .series([.step(0), .parallel([.step(1), .step(2)]), .step(3)]))
    }

    @Test func branchesMayBeSeriesThemselves() {
        let nested = block([[], [0], [1], [0], [2, 3]])
        #expect(nested == .series([.step(0), .parallel([.series([.step(1), .step(2)]), .step(3)]), .step(4)]))
    }

    @Test func unconnectedStepsRunSideBySide() {
        #expect(block([[], [], [1]]) == .parallel([.step(0), .series([.step(1), .step(2)])]))
    }

    @Test func severalStepsMayMeetSeveral() {
        #expect(
            block([[], [], [0, 1], [0, 1]])
                == .series([.parallel([.step(0), .step(1)]), .parallel([.step(2), .step(3)])]))
    }

    @Test func crossingEdgesAreNotSeriesParallel() {
        // a -> c, a -> d, b -> d
        #expect(block([[], [], [0], [0, 1]]) == nil)
    }

    @Test func longChainTakesNoTime() {
        let count = 2000
        let chain = block((0..<count).map { $0 == 0 ? [] : [$0 - 1] })
        #expect(chain == .series((0..<count).map { .step($0) }))
    }
}
