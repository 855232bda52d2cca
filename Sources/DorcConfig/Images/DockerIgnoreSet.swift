/// A set of characters in the syntax of Go's `regexp`: `[abc]`, `[a-z]`, `[^a]`, `[[:alpha:]]`, `\d`.
/// See <https://pkg.go.dev/regexp/syntax>.
struct DockerIgnoreSet: Sendable {
    private var ranges: [ClosedRange<Unicode.Scalar>] = []
    /// `\D`, `[:^alpha:]`
    private var excluded: [[ClosedRange<Unicode.Scalar>]] = []
    private var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isListed =
            ranges.contains { $0.contains(scalar) }
            || excluded.contains { ranges in !ranges.contains { $0.contains(scalar) } }
        return isListed != isNegated
    }

    /// - Parameter text: What follows the `[`; on return, what follows its `]`.
    init(brackets text: inout ArraySlice<Unicode.Scalar>) throws(DockerIgnorePattern.Malformed) {
        isNegated = text.first == "^"
        if isNegated { text.removeFirst() }
        var isFirst = true
        while isFirst || text.first != "]" {
            isFirst = false
            if try addNamed(&text) { continue }
            let low: Unicode.Scalar
            switch try Self.character(&text) {
            case .set(let set):
                ranges += set.ranges
                excluded += set.excluded
                continue
            case .literal(let scalar): low = scalar
            }
            var high = low
            if text.count >= 2, text.first == "-", text.dropFirst().first != "]" {
                text.removeFirst()
                guard case .literal(let scalar) = try Self.character(&text), low <= scalar else {
                    throw DockerIgnorePattern.Malformed(reason: "a range in the brackets runs backwards")
                }
                high = scalar
            }
            ranges.append(low...high)
        }
        text.removeFirst()
    }

    enum Escape {
        case literal(Unicode.Scalar)
        case set(DockerIgnoreSet)
    }

    /// - Parameter text: What follows the `\`; on return, what follows the escape.
    static func escape(_ text: inout ArraySlice<Unicode.Scalar>) throws(DockerIgnorePattern.Malformed) -> Escape {
        guard let scalar = text.popFirst() else {
            throw DockerIgnorePattern.Malformed(reason: "nothing follows the `\\` at the end")
        }
        if let set = perlSets[scalar] { return .set(set) }
        if let control = controls[scalar] { return .literal(control) }
        if scalar.isASCII, !scalar.properties.isAlphabetic, scalar.properties.numericType == nil {
            return .literal(scalar)
        }
        // Docker refuses `\g` and `\é`, and takes `\b` or `\x41` for something that no file name means.
        throw DockerIgnorePattern.Malformed(reason: "`\\\(scalar)` is part of a regular expression: remove the `\\`")
    }

    private static func character(
        _ text: inout ArraySlice<Unicode.Scalar>
    ) throws(DockerIgnorePattern.Malformed) -> Escape {
        guard let scalar = text.popFirst() else {
            throw DockerIgnorePattern.Malformed(reason: "the `[` has no `]`")
        }
        return scalar == "\\" ? try escape(&text) : .literal(scalar)
    }

    /// `[:alpha:]`, `[:^alpha:]`
    private mutating func addNamed(
        _ text: inout ArraySlice<Unicode.Scalar>
    ) throws(DockerIgnorePattern.Malformed) -> Bool {
        guard text.starts(with: ["[", ":"]) else { return false }
        let inner = text.dropFirst(2)
        guard let end = inner.indices.dropLast().first(where: { inner[$0] == ":" && inner[$0 + 1] == "]" }) else {
            return false
        }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: inner[..<end])
        let isNegated = name.first == "^"
        guard let ranges = Self.named[String(isNegated ? name.dropFirst() : name[...])] else {
            throw DockerIgnorePattern.Malformed(reason: "`[:\(String(name)):]` is not a class of characters")
        }
        if isNegated { excluded.append(ranges) } else { self.ranges += ranges }
        text = inner[(end + 2)...]
        return true
    }

    private init(_ ranges: [ClosedRange<Unicode.Scalar>], isNegated: Bool) {
        if isNegated { excluded = [ranges] } else { self.ranges = ranges }
    }

    private static let perlSets: [Unicode.Scalar: DockerIgnoreSet] = {
        let digits: [ClosedRange<Unicode.Scalar>] = ["0"..."9"]
        let spaces: [ClosedRange<Unicode.Scalar>] = ["\t"..."\n", "\u{C}"..."\r", " "..." "]
        let words: [ClosedRange<Unicode.Scalar>] = ["0"..."9", "A"..."Z", "_"..."_", "a"..."z"]
        return [
            "d": DockerIgnoreSet(digits, isNegated: false), "D": DockerIgnoreSet(digits, isNegated: true),
            "s": DockerIgnoreSet(spaces, isNegated: false), "S": DockerIgnoreSet(spaces, isNegated: true),
            "w": DockerIgnoreSet(words, isNegated: false), "W": DockerIgnoreSet(words, isNegated: true),
        ]
    }()

    private static let controls: [Unicode.Scalar: Unicode.Scalar] = [
        "a": "\u{7}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{B}",
    ]

    private static let named: [String: [ClosedRange<Unicode.Scalar>]] = [
        "alnum": ["0"..."9", "A"..."Z", "a"..."z"], "alpha": ["A"..."Z", "a"..."z"], "ascii": ["\0"..."\u{7F}"],
        "blank": ["\t"..."\t", " "..." "], "cntrl": ["\0"..."\u{1F}", "\u{7F}"..."\u{7F}"], "digit": ["0"..."9"],
        "graph": ["!"..."~"], "lower": ["a"..."z"], "print": [" "..."~"],
        "punct": ["!"..."/", ":"..."@", "["..."`", "{"..."~"], "space": ["\t"..."\r", " "..." "],
        "upper": ["A"..."Z"], "word": ["0"..."9", "A"..."Z", "_"..."_", "a"..."z"],
        "xdigit": ["0"..."9", "A"..."F", "a"..."f"],
    ]
}
