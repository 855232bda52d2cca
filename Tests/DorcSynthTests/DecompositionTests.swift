import DorcTestSupport
import Testing
@testable import DorcModel
@testable import DorcSynth
@testable import DorcText

@Suite struct DecompositionTests {
    private func workflow(_ predecessors: [[Int]]) -> Workflow {
        let range = SourceFile(path: "p", bytes: []).wholeFile
        return Workflow(
            steps: predecessors.enumerated().map { index, predecessors in
                Step(
                    name: "s\(index)", range: range, action: .function("f"), predecessors: predecessors)
            })
    }

    private func decomposition(_ predecessors: [[Int]]) -> Decomposition {
        Decomposition(Precedence(workflow(predecessors), Array(predecessors.indices)))
    }

    private func block(_ predecessors: [[Int]]) -> Block { decomposition(predecessors).block }

    @Test func `a chain is a series`() {
        #expect(block([[], [0], [1]]) == .series([.step(0), .step(1), .step(2)]))
    }

    @Test func `a fork and a join are a series around a parallel`() {
        #expect(block([[], [0], [0], [1, 2]]) == .series([.step(0), .parallel([.step(1), .step(2)]), .step(3)]))
    }

    @Test func `branches may be series themselves`() {
        let nested = block([[], [0], [1], [0], [2, 3]])
        #expect(nested == .series([.step(0), .parallel([.series([.step(1), .step(2)]), .step(3)]), .step(4)]))
    }

    @Test func `unconnected steps run side by side`() {
        #expect(block([[], [], [1]]) == .parallel([.step(0), .series([.step(1), .step(2)])]))
    }

    @Test func `several steps may meet several`() {
        #expect(
            block([[], [], [0, 1], [0, 1]])
                == .series([.parallel([.step(0), .step(1)]), .parallel([.step(2), .step(3)])]))
    }

    @Test func `crossing edges are cut between levels`() {
        // 0 -> 2, 0 -> 3, 1 -> 3
        let crossing = decomposition([[], [], [0], [0, 1]])
        #expect(crossing.crossing == [[0, 1, 2, 3]])
        #expect(crossing.block == .series([.parallel([.step(0), .step(1)]), .parallel([.step(2), .step(3)])]))
    }

    @Test func `only the part that crosses is cut`() {
        // A chain 0 -> 1 -> 2 beside the crossing 3, 4 -> 5, 6.
        let mixed = decomposition([[], [0], [1], [], [], [3], [3, 4]])
        #expect(mixed.crossing == [[3, 4, 5, 6]])
        guard case .parallel(let parts) = mixed.block else { Issue.record("no parallel"); return }
        #expect(parts.first == .series([.step(0), .step(1), .step(2)]))
    }

    @Test func `chains do not wait for each other`() {
        // Two chains of three, whose ends cross into two.
        let chains = block([[], [0], [1], [], [3], [4], [2], [2, 5]])
        let sideBySide = Block.parallel([
            .series([.step(0), .step(1), .step(2)]), .series([.step(3), .step(4), .step(5)]),
        ])
        #expect(chains == .series([sideBySide, .parallel([.step(6), .step(7)])]))
    }

    @Test func `a chain in a crossing does not wait for the steps beside it`() {
        // 0 -> 1 -> 3, 2 -> 4, and 5 after both 1 and 2: nothing is gained where 2 waits for 0.
        let chain = Block.parallel([.series([.step(0), .step(1)]), .step(2)])
        let ends = Block.parallel([.step(3), .step(4), .step(5)])
        #expect(block([[], [0], [], [1], [2], [1, 2]]) == .series([chain, ends]))
    }

    @Test func `every decomposition keeps the order and every step`() {
        var random = SeededNumbers(seed: 7)
        for _ in 0..<300 {
            let count = Int.random(in: 1...24, using: &random)
            let predecessors = (0..<count).map { index in
                (0..<index).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            }
            var positions: [Int: ClosedRange<Int>] = [:]
            _ = Self.place(block(predecessors), at: 0, &positions)
            #expect(positions.count == count)
            for (step, own) in predecessors.enumerated() {
                for predecessor in own {
                    guard let before = positions[predecessor], let after = positions[step] else { continue }
                    #expect(before.upperBound < after.lowerBound)
                }
            }
        }
    }

    /// Gives each step a time of its own behind all that its block runs after; returns the end of the block.
    private static func place(_ block: Block, at start: Int, _ positions: inout [Int: ClosedRange<Int>]) -> Int {
        switch block {
        case .step(let step):
            positions[step] = start...start
            return start + 1
        case .series(let blocks): return blocks.reduce(start) { place($1, at: $0, &positions) }
        case .parallel(let blocks): return blocks.map { place($0, at: start, &positions) }.max() ?? start
        }
    }

    private func chain(_ count: Int) -> [[Int]] { (0..<count).map { $0 == 0 ? [] : [$0 - 1] } }

    @Test func `a long chain is a series`() {
        #expect(block(chain(2000)) == .series((0..<2000).map { .step($0) }))
    }

    @Test func `a wide graph is a parallel`() {
        #expect(block(Array(repeating: [], count: 220)) == .parallel((0..<220).map { .step($0) }))
    }

    /// Every step follows up to three of the forty before it.
    private func tangle(_ count: Int) -> [[Int]] {
        var random = SeededNumbers(seed: 1)
        return (0..<count).map { index in
            Set((0..<min(index, 3)).map { _ in Int.random(in: max(0, index - 40)..<index, using: &random) }).sorted()
        }
    }

    @Test func `a large tangle has crossing edges`() {
        #expect(!decomposition(tangle(1000)).crossing.isEmpty)
    }

    /// Sets of steps are bits: a quarter of the work of a comparison of all pairs is the least that can be told from one.
    @Test(arguments: ["chain", "wide", "tangle"])
    func `four times as many steps cost less than sixteen times as much`(_ shape: String) {
        let graphs: [[[Int]]] = [250, 1000].map { count in
            switch shape {
            case "chain": chain(count)
            case "wide": Array(repeating: [], count: count)
            default: tangle(count)
            }
        }
        let ratio = Effort.ratio(of: { _ = decomposition(graphs[1]) }, to: { _ = decomposition(graphs[0]) })
        #expect(ratio < 16)
    }
}
