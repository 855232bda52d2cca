/// Trees and texts that are hard on writers, the same in each run.
struct RandomTrees {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(limit))
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(below: elements.count)] }

    /// Parts of texts.
    static let pieces: [String] =
        (0..<0x80).map { String(Character(Unicode.Scalar(UInt8($0)))) } + [
            "a", "Zebra", "0", "12", "-1", "1.5e3", "yes", "No", "null", "~", "true", ": ", ":", " #", "# ", "- ", "-",
            "? ",
            "\n", "\n\n", "line\n", " ", "  ", "''", "\"", "\\", "${AWS::Region}", "${x}", "$", "{{resolve:ssm:/x}}",
            "arn:aws:iam::111122223333:role/x", "---", "...", "<<", "=", "%", "@", "`", "\u{85}", "\u{A0}", "é",
            "\u{2028}",
            "\u{FEFF}", "日本", "😀", "\u{301}", "\u{FFFE}", "\u{10FFFF}",
        ]

    mutating func text() -> String {
        if next(below: 12) == 0 { return String(repeating: pick(Self.pieces), count: next(below: 140)) }
        return (0..<next(below: 5)).map { _ in pick(Self.pieces) }.joined()
    }

    private mutating func scalar() -> Tree {
        switch next(below: 12) {
        case 0: .integer(next(below: 100_000) - 50_000)
        case 1: .number(pick(["1.5", "0", "-3", "1.0e+300"]))
        case 2: .boolean(next(below: 2) == 0)
        case 3: .null
        case 4: .ref(pick(["AWS::AccountId", "AWS::Region"]))
        case 5: .getAtt(pick(["Queue.Arn", "Group.GroupId", "2fastFunction.Arn"]))
        case 6: .sub(text())
        case 7: function(depth: 2)
        default: .string(text())
        }
    }

    private mutating func function(depth: Int) -> Tree {
        guard depth > 0 else { return .string(text()) }
        switch next(below: 7) {
        case 0: return .importValue(function(depth: depth - 1))
        case 1: return .split(text(), function(depth: depth - 1))
        case 2: return .join(text(), .list((0..<next(below: 4)).map { _ in function(depth: depth - 1) }))
        case 3: return .select(next(below: 9), function(depth: depth - 1))
        case 4: return .sub(text())
        case 5: return .ref("AWS::Partition")
        default: return .string(text())
        }
    }

    /// As a template, it is a mapping.
    mutating func tree(depth: Int = 5) -> Tree { map(depth: depth) }

    private mutating func value(depth: Int) -> Tree {
        guard depth > 0 else { return scalar() }
        switch next(below: 6) {
        case 0, 1: return map(depth: depth - 1)
        case 2: return .list((0..<next(below: 4)).map { _ in value(depth: depth - 1) })
        case 3: return .list((0..<next(below: 3)).map { _ in .list([value(depth: depth - 1)]) })
        default: return scalar()
        }
    }

    /// Its keys differ, so that every reader takes it.
    private mutating func map(depth: Int) -> Tree {
        .map(
            (0..<next(below: 5)).map {
                Tree.Member("\(text())\($0)\(next(below: 3) == 0 ? text() : "")", value(depth: depth))
            })
    }
}
