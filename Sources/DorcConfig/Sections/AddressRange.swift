/// `10.0.0.0/16` or `2001:db8::/32`: addresses with the same first bits.
struct AddressRange: Equatable, Sendable {
    enum Family: Sendable {
        case ipv4, ipv6
    }

    enum Problem: Error, Equatable {
        case malformed
        /// It has bits after its prefix: EC2 stores this instead, and would find a difference with every deployment.
        case hasHostBits(network: String)
    }

    let family: Family

    init(_ text: String) throws(Problem) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Self.number(parts[1], most: 128) else { throw .malformed }
        if let bytes = Self.ipv4(parts[0]) {
            family = .ipv4
            guard length <= 32 else { throw .malformed }
            let network = Self.masked(bytes, length)
            guard network == bytes else {
                throw .hasHostBits(network: network.map { String($0) }.joined(separator: ".") + "/\(length)")
            }
        } else if let bytes = Self.ipv6(parts[0]) {
            family = .ipv6
            let network = Self.masked(bytes, length)
            guard network == bytes else { throw .hasHostBits(network: Self.text(ofIPv6: network) + "/\(length)") }
        } else {
            throw .malformed
        }
    }

    /// Decimal, without leading zeros: `010` is octal to some readers.
    private static func number(_ text: Substring, most: Int) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.utf8.count == 1 || text.utf8.first != UInt8(ascii: "0"), let value = Int(text), value <= most
        else { return nil }
        return value
    }

    private static func ipv4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { number($0, most: 255).map { UInt8($0) } }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    /// Groups of four hexadecimal digits, with `::` once for groups of zeros (RFC 4291, 2.2).
    private static func ipv6(_ text: Substring) -> [UInt8]? {
        guard text.contains(":") else { return nil }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        var groups: [[UInt16]] = []
        for half in halves {
            let parts = half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
            let values = parts.compactMap { (1...4).contains($0.utf8.count) ? UInt16($0, radix: 16) : nil }
            guard values.count == parts.count, !half.contains("+"), !half.contains("-") else { return nil }
            groups.append(values)
        }
        let count = groups.reduce(0) { $0 + $1.count }
        guard halves.count == 1 ? count == 8 : count < 8, let first = groups.first, let last = groups.last else {
            return nil
        }
        let all = halves.count == 1 ? first : first + Array(repeating: 0, count: 8 - count) + last
        return all.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
        bytes.enumerated().map { position, byte in
            let kept = min(max(length - position * 8, 0), 8)
            return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
        }
    }

    /// The trailing zero groups as `::`, which is what is left of a network.
    private static func text(ofIPv6 bytes: [UInt8]) -> String {
        var groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        while groups.last == 0 { groups.removeLast() }
        let text = groups.map { String($0, radix: 16) }.joined(separator: ":")
        return groups.count == 8 ? text : text + "::"
    }
}
