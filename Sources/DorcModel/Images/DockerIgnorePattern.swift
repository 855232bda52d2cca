/// One cleaned pattern of a `.dockerignore`, without its `!`, compiled for matching.
///
/// moby turns a pattern into a regular expression; here the shapes that nearly all files use are compared directly, and
/// the others run as a small automaton, in time proportional to path times pattern whatever the pattern is. Where
/// moby's translation leaks regular expressions (`\d`, `[[:alpha:]]`, `[*]`, `^`), the documented rules of
/// `filepath.Match` hold instead.
struct DockerIgnorePattern: Sendable {
    struct Malformed: Error {
        let reason: String
    }

    private enum Shape {
        /// `*`, `**`, `**/*`.
        case everything
        /// `a/b`.
        case path([UInt8])
        /// `a/**`, `a/*`, `a**`: begins so.
        case prefix([UInt8])
        /// `*.pyc`: the first component ends so.
        case firstComponentSuffix([UInt8])
        /// `**/*.pyc`, `**.pyc`: some component ends so.
        case suffix([UInt8])
        /// `**/a/b`: these components follow one another somewhere.
        case components([UInt8])
        case glob(Glob, prefix: [UInt8])
    }

    private let shape: Shape

    init(_ pattern: [Unicode.Scalar]) throws(Malformed) {
        let glob = try Glob(pattern)
        shape = Self.directShape(pattern[...]) ?? .glob(glob, prefix: glob.literalPrefix)
    }

    var matchesEverything: Bool {
        if case .everything = shape { true } else { false }
    }

    /// Whether the pattern matches the path or one of the folders above it.
    func matches(_ candidate: inout Candidate) -> Bool {
        let path = candidate.bytes
        switch shape {
        case .everything:
            return true
        case .path(let literal):
            return path.starts(with: literal) && path.isComponentEnd(literal.count)
        case .prefix(let literal):
            return path.starts(with: literal)
        case .firstComponentSuffix(let literal):
            let end = path.firstIndex(of: slash) ?? path.endIndex
            return path[..<end].ends(with: literal)
        case .suffix(let literal):
            return path.indices.contains { path.isComponentEnd($0 + 1) && path[...$0].ends(with: literal) }
        case .components(let literal):
            return path.indices.contains { start in
                (start == 0 || path[start - 1] == slash)
                    && path.isComponentEnd(start + literal.count)
                    && path[start...].starts(with: literal)
            }
        case .glob(let glob, let prefix):
            return path.starts(with: prefix) && glob.matches(candidate.scalars)
        }
    }

    /// The shapes that need no automaton; nil for all others.
    private static func directShape(_ pattern: ArraySlice<Unicode.Scalar>) -> Shape? {
        if isLiteral(pattern) { return .path(utf8(pattern)) }
        if pattern.starts(with: ["*", "*"]) {
            let rest = pattern.dropFirst(2)
            if rest.isEmpty { return .everything }
            if isLiteral(rest) {
                return rest.first == "/" ? .components(utf8(rest.dropFirst())) : .suffix(utf8(rest))
            }
            let name = rest.dropFirst(2)
            if rest.starts(with: ["/", "*"]), isLiteral(name), !name.contains("/") {
                return name.isEmpty ? .everything : .suffix(utf8(name))
            }
            return nil
        }
        if pattern.first == "*" {
            let name = pattern.dropFirst()
            guard isLiteral(name), !name.contains("/") else { return nil }
            return name.isEmpty ? .everything : .firstComponentSuffix(utf8(name))
        }
        if pattern.ends(with: ["*", "*"]) {
            let start = pattern.dropLast(2)
            return isLiteral(start) ? .prefix(utf8(start)) : nil
        }
        if pattern.ends(with: ["/", "*"]) {
            let start = pattern.dropLast()
            return isLiteral(start) ? .prefix(utf8(start)) : nil
        }
        return nil
    }

    private static func isLiteral(_ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
        !pattern.contains { ["*", "?", "[", "]", "\\"].contains($0) }
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
    fileprivate func isComponentEnd(_ offset: Int) -> Bool {
        offset == count || offset < count && self[offset] == slash
    }
}

extension BidirectionalCollection where Element: Equatable {
    fileprivate func ends(with suffix: some BidirectionalCollection<Element>) -> Bool {
        reversed().starts(with: suffix.reversed())
    }
}
