import Schedules
import Testing

@Suite struct ZoneRulesTests {
    /// 2027-01-01T00:00:00Z
    private let start = 1_798_761_600

    @Test func `a rule gives the changes of a year`() throws {
        let london = try #require(ZoneRules(rule: "GMT0BST,M3.5.0/1,M10.5.0"))
        let changes = london.changes(after: start, before: start + 365 * 86400)
        // 28 March and 31 October 2027, 01:00 UTC.
        #expect(changes.map(\.time) == [1_806_195_600, 1_824_944_400])
        #expect(changes.map(\.offsetAfter) == [3600, 0])
        #expect(london.offset(at: start) == 0)
        #expect(london.offset(at: 1_806_195_600) == 3600)
    }

    @Test func `names in brackets and southern summers are read`() throws {
        let zone = try #require(ZoneRules(rule: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"))
        #expect(zone.offset(at: start) == 11 * 3600)
        #expect(zone.changes(after: start, before: start + 365 * 86400).count == 2)
    }

    @Test(arguments: ["", "GMT", "GMT0BST,M13.1.0,M4.1.0", "GMT0BST,M3.5.0/1", "<+03", "AB3"])
    func `what is not a rule is refused`(_ rule: String) {
        #expect(ZoneRules(rule: rule) == nil)
    }

    @Test func `a file is read with its footer`() throws {
        var bytes = header(types: 1, names: 4) + [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
        bytes += header(times: 1, types: 2, names: 4) + be64(start) + [1]
        bytes += be32(0) + [0, 0] + be32(3600) + [1, 0] + Array("UTC\0".utf8) + Array("\nCET-1\n".utf8)
        let zone = try #require(ZoneRules(file: bytes))
        #expect(zone.changes(after: start - 1, before: start + 1).map(\.offsetAfter) == [3600])
        #expect(zone.offset(at: start - 1) == 0)
        #expect(zone.offset(at: start + 1) == 3600)
        for length in bytes.indices { _ = ZoneRules(file: Array(bytes[..<length])) }
        #expect(ZoneRules(file: Array("TZif".utf8)) == nil)
    }

    private func header(times: Int = 0, types: Int, names: Int) -> [UInt8] {
        Array("TZif2".utf8) + Array(repeating: 0, count: 15) + be32(0) + be32(0) + be32(0) + be32(times) + be32(types)
            + be32(names)
    }

    private func be32(_ value: Int) -> [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    private func be64(_ value: Int) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
