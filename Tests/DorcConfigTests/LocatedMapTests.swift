import DorcText
import Testing

@testable import DorcConfig

@Suite struct LocatedMapTests {
    @Test(arguments: [1, 15, 16, 17, 18, 100])
    func `each key gives its first entry, however many there are`(count: Int) {
        var map = LocatedMap<Int>()
        for number in 0..<count { map.append(.init(key: Located("k\(number)", .whole("")), value: number)) }
        for number in 0..<count { map.append(.init(key: Located("k\(number)", .whole("")), value: -1)) }
        #expect(map.entries.count == 2 * count)
        #expect((0..<count).allSatisfy { map["k\($0)"] == $0 })
        #expect(map["k\(count)"] == nil)
    }
}
