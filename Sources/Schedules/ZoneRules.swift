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

    /// A rule that holds after the last of some changes; `first` is the distance before them.
    init?(rule: String, first: Int, changes: [(time: Int, offset: Int)]) {
        guard let zone = PosixZone(rule) else { return nil }
        var offset = first
        self.changes = changes.map { time, next in
            defer { offset = next }
            return Change(time: time, offsetBefore: offset, offsetAfter: next)
        }
        rest = zone
        firstOffset = first
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

    /// A file as it is in `/usr/share/zoneinfo`; nil for what is not one, or is broken.
    ///
    /// RFC 9636, section 3: the first block has times of four bytes, and is all there is in version 1. Later versions have a second one
    /// with eight, and a rule after it.
    package init?(file bytes: [UInt8]) {
        var reader = Reader(bytes)
        guard var header = reader.header() else { return nil }
        let width = header.version == 1 ? 4 : 8
        if width == 8 {
            guard reader.skip(header.size(timeWidth: 4)), let second = reader.header() else { return nil }
            header = second
        }
        guard let block = reader.block(header, timeWidth: width) else { return nil }
        (firstOffset, changes) = block
        switch reader.footer(isDue: width == 8) {
        case .none: return nil
        case .some(""): rest = nil
        case .some(let rule):
            guard let zone = PosixZone(rule) else { return nil }
            rest = zone
        }
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
            // A zero byte, or the digit of a later one.
            let version = bytes[index + 4] == 0 ? 1 : Int(bytes[index + 4]) - 0x30
            guard (1...9).contains(version) else { return nil }
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

        /// Distances to UTC: section 3.2 of the RFC allows what is less than 26 hours.
        private static let offsets = -26 * 3600...26 * 3600
        /// The RFC advises against earlier ones, which no clock has seen.
        private static let moments = -(1 << 59)...1 << 59

        /// The distance before all changes, and the changes in the order of time.
        mutating func block(_ header: Header, timeWidth: Int) -> (Int, [Change])? {
            guard header.times <= 10_000, (1...256).contains(header.types) else { return nil }
            let times = (0..<header.times).compactMap { _ in integer(timeWidth) }
            let kinds = (0..<header.times).compactMap { _ in integer(1) }
            var offsets: [Int] = []
            for _ in 0..<header.types {
                guard let offset = integer(4), Self.offsets.contains(offset), skip(2) else { return nil }
                offsets.append(offset)
            }
            guard times.count == header.times, kinds.count == header.times, var offset = offsets.first,
                zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }), times.allSatisfy(Self.moments.contains),
                skip(header.names + header.leaps * (timeWidth + 4) + header.standards + header.universals)
            else { return nil }
            let first = offset
            var changes: [Change] = []
            for (time, kind) in zip(times, kinds) {
                guard offsets.indices.contains(kind) else { return nil }
                changes.append(Change(time: time, offsetBefore: offset, offsetAfter: offsets[kind]))
                offset = offsets[kind]
            }
            return (first, changes)
        }

        /// The rule between two line breaks at the end; empty where there is none, nil where it is not ended.
        func footer(isDue: Bool) -> String? {
            guard isDue else { return "" }
            guard index + 2 <= bytes.count, bytes[index] == 0x0A, let end = bytes[(index + 1)...].firstIndex(of: 0x0A)
            else { return nil }
            return String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        }
    }
}
