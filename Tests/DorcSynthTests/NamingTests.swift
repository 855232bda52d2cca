import CloudFormation
import DorcModel
import DorcText
import Testing
@testable import DorcSynth

@Suite struct NamingTests {
    @Test func `an id is in camel case where that can be read back`() {
        #expect(LogicalID(name: "fit-mean", "Function").text == "FitMeanFunction")
        #expect(LogicalID(name: "extract", "LogGroup").text == "ExtractLogGroup")
        #expect(LogicalID(name: "2fast", "Function").text == "2fastFunction")
    }

    @Test(arguments: ["fit1-2", "fit-12", "a_b", "state-machine", "adeadbeef", "x-0123abcd"])
    func `an ambiguous name is followed by its hash`(_ name: String) {
        let text = LogicalID(name: name, "Function").text
        #expect(text == LogicalID.stem(of: name) + "Function")
        #expect(text.dropLast("Function".count).suffix(8) == HexadecimalDigest.short(name))
    }

    @Test func `no two names of a corpus get one id`() {
        var ids: [String: String] = [:]
        let words = ["a", "b", "ab", "1", "12", "2", "log", "group", "fit", "fit1", "function", "state", "machine"]
        for separators in [["-", "-"], ["_", "-"], ["-", "_"], ["_", "_"]] {
            for first in words {
                for second in words {
                    for third in words {
                        for name in [
                            first, first + separators[0] + second,
                            first + separators[0] + second + separators[1] + third,
                        ] {
                            let id = LogicalID(name: name, "LogGroup").text
                            #expect(ids.updateValue(name, forKey: id) ?? name == name, "\(id)")
                        }
                    }
                }
            }
        }
        #expect(ids.count > 4000)
    }

    @Test func `ids of repositories differ where paths do`() {
        let paths = [("a", "b", "c-d"), ("a", "b-c", "d"), ("a-b", "c", "d"), ("a_b", "c", "d"), ("a", "b", "c_d")]
        let ids = paths.map {
            LogicalID(PipelineID(layer: $0.0, name: $0.1), function: $0.2, prefix: "Repository").text
        }
        #expect(Set(ids).count == paths.count)
        #expect(ids[0] == "RepositoryABCD")
    }

    @Test(arguments: [(63, false), (64, false), (65, true)])
    func `a name is cut where it is longer than AWS allows, and not before`(length: Int, isCut: Bool) {
        let name = String(repeating: "a", count: length)
        #expect((PipelineNaming.limited(name, to: 64) != name) == isCut)
        #expect(PipelineNaming.limited(name, to: 64).utf8.count <= 64)
    }

    @Test func `a long name is cut and ends in its hash`() {
        let environment = Naming(project: "census-demo", environment: "dev")
        let naming = environment.pipeline(PipelineID(layer: "raw-to-processed", name: "annual-population-survey"))
        let first = naming.function("validate-the-household-records")
        let second = naming.function("validate-the-household-records-2")
        #expect(first.utf8.count <= 64 && second.utf8.count <= 64)
        #expect(first.hasPrefix("census-demo-dev-raw-to-processed-") && first != second)
        let short = environment.pipeline(PipelineID(layer: "raw", name: "census"))
        #expect(short.function("load") == "census-demo-dev-raw-census-load")
    }

    /// CloudFormation: at most 255.
    @Test(arguments: [10, 80, 83, 85, 86, 200, 238, 239, 240, 250])
    func `ids are cut at their limit`(_ length: Int) {
        let names = ["a", "b"].map { String(repeating: "n", count: length - 1) + $0 }
        let ids = names.map { name in
            [
                LogicalID(name: name, "StateMachineLogGroup"), LogicalID(name: name, "ScheduleByWeekday"),
                LogicalID(PipelineID(layer: name, name: name), function: name, prefix: "Repository"),
                LogicalID(PipelineID(layer: "l-l", name: name), function: name, prefix: "Repository"),
            ].map(\.text)
        }
        #expect(ids.joined().allSatisfy { $0.utf8.count <= 255 })
        #expect(zip(ids[0], ids[1]).allSatisfy { $0 != $1 })
        let path = "\(names[0])/\(names[0])/\(names[0])"
        #expect(ids[0][2].hasSuffix(HexadecimalDigest.short(path)) == (3 * length + 10 > 255))
    }

    @Test func `a stack's name has no underscore`() {
        let naming = Naming(project: "p", environment: "e")
        #expect(naming.pipeline(PipelineID(layer: "a_b", name: "c_d")).coreStack == "p-e-a-b-c-d")
    }

    @Test func `repositories are spread only where one stack is too small`() {
        let names = (0..<5000).map { "p/l/n\($0)/f" }
        #expect(RepositoryPartition(Array(names.prefix(500))).count == 1)
        let partition = RepositoryPartition(names)
        var sizes: [Int: Int] = [:]
        for stack in partition.stacks { sizes[stack.value, default: 0] += 1 }
        #expect(sizes.values.allSatisfy { $0 <= 500 } && partition.count >= 10)
    }

    private func numbers(_ names: [String], _ partition: RepositoryPartition) -> [String: Int] {
        Dictionary(
            zip(names, partition.stacks).map { ($0, partition.numbers[$1.value]) },
            uniquingKeysWith: { first, _ in first })
    }

    @Test func `a repository never moves`() {
        let names = (0..<6000).map { "p/l/n\($0)/f" }
        var known: [String: Int] = [:]
        var seen: [String] = []
        // One function more at each limit, and many at once.
        for count in [1, 499, 500, 501, 502, 900, 4000, 4001, 6000] {
            seen = Array(names.prefix(count))
            let partition = RepositoryPartition(seen, earlier: known)
            let now = numbers(seen, partition)
            #expect(known.allSatisfy { now[$0.key] == $0.value })
            #expect(Dictionary(grouping: now.values, by: { $0 }).values.allSatisfy { $0.count <= 500 })
            known = now
        }
        // Nor where others go.
        let fewer = Array(names.suffix(300))
        let now = numbers(fewer, RepositoryPartition(fewer, earlier: known))
        #expect(fewer.allSatisfy { now[$0] == known[$0] })
        #expect(Set(known.values).isSuperset(of: [0, 1]))
    }
}
