internal import DorcText

/// Labels of Distributed Maps, from the names of their steps: the items' executions have them in their names.
struct MapLabels {
    /// Step Functions guide, "Distributed Map state fields": at most 40 characters, unique in the machine.
    private static let limit = 40
    private var taken: Set<String> = []

    /// Letters, digits, `-` and `_` of the name, which CloudWatch and IAM take too. A name that has other characters,
    /// or is too long, gets a digest at its end, as does a second one.
    mutating func make(_ name: String) -> String {
        let kept = name.utf8.map { byte -> UInt8 in
            let isLetter = (0x61...0x7A).contains(byte | 0x20) && byte < 0x80
            let isDigit = (0x30...0x39).contains(byte)
            return isLetter || isDigit || byte == UInt8(ascii: "_") ? byte : UInt8(ascii: "-")
        }
        let plain = String(decoding: kept, as: UTF8.self)
        if plain == name, name.utf8.count <= Self.limit, taken.insert(name).inserted { return name }
        var count = 1
        while true {
            let ending = "-" + HexadecimalDigest.short(count == 1 ? name : "\(name) \(count)")
            let label = String(plain.prefix(Self.limit - ending.utf8.count)) + ending
            if taken.insert(label).inserted { return label }
            count += 1
        }
    }
}
