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

    @Test func `a file of version 1 is read`() throws {
        var bytes = header(times: 1, types: 2, names: 4) + be32(start) + [1]
        bytes[4] = 0
        bytes += be32(0) + [0, 0] + be32(3600) + [1, 0] + Array("UTC\0".utf8)
        let zone = try #require(ZoneRules(file: bytes))
        #expect(zone.offset(at: start - 1) == 0)
        #expect(zone.offset(at: start + 86400 * 3660) == 3600)
    }

    @Test func `a broken file is refused`() {
        func file(times: [Int] = [], kinds: [UInt8] = [], offset: Int = 3600, rule: String = "\nCET-1\n") -> [UInt8] {
            var bytes = header(types: 1, names: 4) + [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
            bytes += header(times: times.count, types: 1, names: 4) + times.flatMap(be64) + kinds
            return bytes + be32(offset) + [0, 0] + Array("UTC\0".utf8) + Array(rule.utf8)
        }
        #expect(ZoneRules(file: file()) != nil)
        #expect(ZoneRules(file: file(rule: "\n\n")) != nil)
        #expect(ZoneRules(file: file(times: [0, 1], kinds: [0, 0])) != nil)
        #expect(ZoneRules(file: file(times: [1, 0], kinds: [0, 0])) == nil, "times that are not ascending")
        #expect(ZoneRules(file: file(times: [0], kinds: [1])) == nil, "a type that is not there")
        #expect(ZoneRules(file: file(times: [.min], kinds: [0])) == nil, "a time before all clocks")
        #expect(ZoneRules(file: file(offset: 27 * 3600)) == nil, "an offset of more than a day")
        #expect(ZoneRules(file: file(rule: "")) == nil, "no rule")
        #expect(ZoneRules(file: file(rule: "\nCET-1")) == nil, "a rule without its end")
        #expect(ZoneRules(file: file(rule: "\nnonsense!\n")) == nil, "what is not a rule")
    }

    @Test func `changed bytes of a file neither trap nor hang`() {
        var bytes = header(types: 1, names: 4) + [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
        bytes += header(times: 1, types: 2, names: 4) + be64(start) + [1]
        bytes +=
            be32(0) + [0, 0] + be32(3600) + [1, 0] + Array("UTC\0".utf8) + Array("\nGMT0BST,M3.5.0/1,M10.5.0\n".utf8)
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 0x30, 0x7F, 0x80, 0xFF] {
                var changed = bytes
                changed[index] = value
                guard let zone = ZoneRules(file: changed), let cron = try? ScheduleExpression.parse("30 1 * * *") else {
                    continue
                }
                _ = Array(NextRuns(of: cron, in: zone, from: start).prefix(3))
            }
        }
    }

    @Test(arguments: [
        ("Europe/London", 3600), ("Africa/Casablanca", 3600), ("America/Havana", -14400), ("Asia/Gaza", 10800),
        ("Asia/Kathmandu", 20700), ("UTC", 0), ("Australia/Lord_Howe", 37800),
    ])
    func `every zone has rules built in, also those that are not kept yet`(_ name: String, _ july: Int) throws {
        // 1 July 2026.
        #expect(try #require(TimeZones.builtIn(name)).offset(at: 1_782_864_000) == july)
    }

    @Test func `what is built in is read whole`() {
        #expect(TimeZones.builtIn("Europe/Nowhere") == nil)
        #expect(TimeZones.builtIn("Africa/Casablanca")?.changes(after: 1_767_225_600, before: 1_830_000_000).count == 3)
        #expect(TimeZones.builtIn("Asia/Gaza")?.changes(after: 1_767_225_600, before: 1_830_000_000).count == 4)
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
