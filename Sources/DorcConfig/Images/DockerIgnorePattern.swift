/// One cleaned pattern of a `.dockerignore`, without its `!`, compiled for matching.
///
/// As in moby, a pattern without special characters is compared, one that ends or begins with `**` is a prefix or a
/// suffix, and any other becomes a regular expression; the commonest of these are compared directly here too.
struct DockerIgnorePattern: Sendable {
    struct Malformed: Error {
        let reason: String
    }

    private enum Shape {
        /// `a/b`
        case path([UInt8])
        /// `a/**`, `a**`
        case prefix([UInt8])
        /// `**.pyc`; `**/name` matches `name` as well.
        case suffix([UInt8])
        /// `*.pyc`: one component that ends so.
        case componentSuffix([UInt8])
        case expression(DockerIgnoreExpression, prefix: [UInt8])
    }

    private let shape: Shape

    init(_ pattern: [Unicode.Scalar]) throws(Malformed) {
        try Self.check(pattern[...])
        if let direct = Self.directShape(pattern) {
            shape = direct
        } else {
            let expression = try DockerIgnoreExpression(pattern)
            shape = .expression(expression, prefix: expression.literalPrefix)
        }
    }

    /// Whether the pattern matches the path itself; folders above it are not looked at.
    func matches(_ candidate: inout Candidate) -> Bool {
        let path = candidate.bytes
        switch shape {
        case .path(let literal): return path == literal
        case .prefix(let literal): return path.starts(with: literal)
        case .suffix(let literal):
            return path.ends(with: literal)
                || literal.first == slash && path.elementsEqual(literal.dropFirst())
        case .componentSuffix(let literal): return path.ends(with: literal) && !path.contains(slash)
        case .expression(let expression, let prefix):
            return path.starts(with: prefix) && expression.matches(candidate.scalars)
        }
    }

    /// The shapes that need no expression; nil for all others.
    private static func directShape(_ pattern: [Unicode.Scalar]) -> Shape? {
        let specials: Set<Unicode.Scalar> = ["*", "?", "[", "]", "\\"]
        func isLiteral(_ part: ArraySlice<Unicode.Scalar>) -> Bool { !part.contains(where: specials.contains) }
        if isLiteral(pattern[...]) { return .path(utf8(pattern)) }
        if pattern.starts(with: ["*", "*"]), isLiteral(pattern.dropFirst(2)) {
            return .suffix(utf8(pattern.dropFirst(2)))
        }
        if pattern.suffix(2).elementsEqual(["*", "*"]), isLiteral(pattern.dropLast(2)) {
            return .prefix(utf8(pattern.dropLast(2)))
        }
        // In an expression a `^` is the start of the path.
        if pattern.first == "*", isLiteral(pattern.dropFirst()), !pattern.contains(where: { $0 == "/" || $0 == "^" }) {
            return .componentSuffix(utf8(pattern.dropFirst()))
        }
        return nil
    }

    /// The syntax that Go's `filepath.Match` asks for: moby calls it on each pattern before it makes its own of it.
    private static func check(_ pattern: ArraySlice<Unicode.Scalar>) throws(Malformed) {
        var rest = pattern
        while let scalar = rest.popFirst() {
            if scalar == "\\", rest.popFirst() == nil {
                throw Malformed(reason: "nothing follows the `\\` at the end")
            }
            if scalar == "[" { try checkClass(&rest) }
        }
    }

    private static func checkClass(_ rest: inout ArraySlice<Unicode.Scalar>) throws(Malformed) {
        if rest.first == "^" { rest.removeFirst() }
        var count = 0
        while count == 0 || rest.first != "]" {
            try checkCharacter(&rest)
            if rest.first == "-" {
                rest.removeFirst()
                try checkCharacter(&rest)
            }
            count += 1
        }
        rest.removeFirst()
    }

    private static func checkCharacter(_ rest: inout ArraySlice<Unicode.Scalar>) throws(Malformed) {
        guard let character = rest.popFirst() else { throw Malformed(reason: "the `[` has no `]`") }
        if character == "-" || character == "]" {
            throw Malformed(reason: "a `\(character)` in brackets needs a `\\` in front of it")
        }
        if character == "\\" { _ = rest.popFirst() }
        if rest.isEmpty { throw Malformed(reason: "the `[` has no `]`") }
    }
}

extension DockerIgnorePattern {
    /// A path in the forms that the patterns of one file compare with.
    struct Candidate {
        let bytes: [UInt8]
        private let path: String

        init(_ path: String) {
            self.path = path
            bytes = Array(path.utf8)
        }

        private(set) lazy var scalars = Array(path.unicodeScalars)
    }
}

private func utf8(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var string = String.UnicodeScalarView()
    string.append(contentsOf: scalars)
    return Array(String(string).utf8)
}

private let slash = UInt8(ascii: "/")

extension [UInt8] {
    fileprivate func ends(with suffix: [UInt8]) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}
