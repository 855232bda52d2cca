/// When the clock of a time zone changes, from a file of the tz database (RFC 9636, "TZif").
package struct ZoneRules: Sendable, Equatable {
    /// A moment at which the distance to UTC changes. All numbers are seconds.
    package struct Change: Sendable, Equatable {
        /// Since 1 January 1970, UTC.
        package var time: Int
        package var offsetBefore: Int
        package var offsetAfter: Int
    }

    private var changes: [Change]
    /// What holds after the last of `changes`.
    private var rest: PosixZone?
    private var firstOffset: Int

    /// A zone without a file, by its rule alone, such as `GMT0BST,M3.5.0/1,M10.5.0`.
    package init?(rule: String) {
        guard let zone = PosixZone(rule) else { return nil }
        changes = []
        rest = zone
        firstOffset = zone.standard
    }

    /// The changes after `start` and before `end`.
    package func changes(after start: Int, before end: Int) -> [Change] {
        var found = changes.filter { $0.time > start && $0.time < end }
        let known = changes.last?.time ?? .min
        if let rest {
            let years = CalendarDay(number: start / 86400).year - 1...CalendarDay(number: end / 86400).year + 1
            found += rest.changes(in: years).filter { $0.time > max(start, known) && $0.time < end }
        }
        return found.filter { $0.offsetBefore != $0.offsetAfter }
    }

    /// The distance to UTC at a moment.
    package func offset(at time: Int) -> Int {
        if let known = changes.last?.time, time < known || rest == nil {
            return changes.last { $0.time <= time }?.offsetAfter ?? firstOffset
        }
        guard let rest else { return firstOffset }
        let year = CalendarDay(number: max(time, 0) / 86400).year
        return rest.changes(in: year - 1...year + 1).last { $0.time <= time }?.offsetAfter ?? rest.standard
    }

    /// A file as it is in `/usr/share/zoneinfo`; nil for what is not one.
    package init?(file bytes: [UInt8]) {
        var reader = Reader(bytes)
        guard let first = reader.header(), first.version >= 2, reader.skip(first.size(timeWidth: 4)),
            let header = reader.header(), header.times <= 10_000, (1...256).contains(header.types)
        else { return nil }
        let times = (0..<header.times).compactMap { _ in reader.integer(8) }
        let kinds = (0..<header.times).compactMap { _ in reader.integer(1) }
        var offsets: [Int] = []
        for _ in 0..<header.types {
            guard let offset = reader.integer(4), reader.skip(2) else { return nil }
            offsets.append(offset)
        }
        guard times.count == header.times, kinds.count == header.times, offsets.count == header.types,
            kinds.allSatisfy({ offsets.indices.contains($0) }),
            reader.skip(header.names + header.leaps * 12 + header.standards + header.universals)
        else { return nil }
        firstOffset = offsets[0]
        changes = []
        var offset = firstOffset
        for (time, kind) in zip(times, kinds) {
            changes.append(Change(time: time, offsetBefore: offset, offsetAfter: offsets[kind]))
            offset = offsets[kind]
        }
        rest = reader.footer.flatMap { PosixZone($0) }
    }

    private struct Header {
        var version: Int
        var universals, standards, leaps, times, types, names: Int

        /// Bytes of the block of data after it.
        func size(timeWidth: Int) -> Int {
            times * (timeWidth + 1) + types * 6 + names + leaps * (timeWidth + 4) + standards + universals
        }
    }

    private struct Reader {
        private let bytes: [UInt8]
        private var index = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func header() -> Header? {
            guard bytes.count - index >= 44, bytes[index...].starts(with: Array("TZif".utf8)) else { return nil }
            let version = Int(bytes[index + 4]) - 0x30
            index += 20
            let counts = (0..<6).compactMap { _ in integer(4) }
            guard counts.count == 6, counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
            return Header(
                version: version, universals: counts[0], standards: counts[1], leaps: counts[2], times: counts[3],
                types: counts[4], names: counts[5])
        }

        /// Big-endian, with a sign where it has 4 or 8 bytes.
        mutating func integer(_ width: Int) -> Int? {
            guard bytes.count - index >= width else { return nil }
            defer { index += width }
            let value = bytes[index..<index + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            switch width {
            case 8: return Int(Int64(bitPattern: value))
            case 4: return Int(Int32(truncatingIfNeeded: value))
            default: return Int(value)
            }
        }

        mutating func skip(_ count: Int) -> Bool {
            guard count >= 0, bytes.count - index >= count else { return false }
            index += count
            return true
        }

        /// The rule between the two line breaks at the end.
        var footer: String? {
            guard index < bytes.count, bytes[index] == 0x0A, bytes.last == 0x0A, bytes.count - index > 2 else {
                return nil
            }
            return String(decoding: bytes[(index + 1)..<(bytes.count - 1)], as: UTF8.self)
        }
    }
}
