/// The files that a `.dockerignore` keeps out of an image's build context.
///
/// A line is read as Docker reads it: comments, white space, `filepath.Clean`, one leading slash, `!` for an exception.
/// The last line that matches a file, or one of the folders above it, decides.
///
/// This is moby's `MatchesOrParentMatches`, as Docker documents it. BuildKit's walk differs in two corners, where
/// a line matches a folder while the lines before it do not yet say the same of that folder as of the file: after
/// `**/*.log` and `!keep`, it still leaves `keep/a.log` out.
///
/// See <https://docs.docker.com/build/concepts/context/#dockerignore-files>.
package struct DockerIgnore: Sendable {
    /// A malformed line: Docker refuses the build for it, or reads it in its own way. It has no effect here.
    package struct Problem: Sendable, Equatable {
        /// Counted from 1.
        package let line: Int
        /// The line without the white space around it.
        package let text: String
        package let reason: String
    }

    package private(set) var problems: [Problem] = []
    private var rules: [Rule] = []

    private struct Rule {
        let pattern: DockerIgnorePattern
        let isException: Bool
    }

    /// Whether no file at all is excluded.
    package var isEmpty: Bool { rules.isEmpty }

    package init(_ text: String) {
        var scalars = Substring(text).unicodeScalars
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        for (index, line) in scalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            do throws(DockerIgnorePattern.Malformed) {
                try add(line)
            } catch {
                let text = String(Substring(trimmed(line)))
                problems.append(Problem(line: index + 1, text: text, reason: error.reason))
            }
        }
    }

    /// Whether a file stays out of the context.
    ///
    /// - Parameter path: Relative to the context's root, with forward slashes and without `.` and `..`: `a/b/c.py`.
    package func excludes(_ path: String) -> Bool {
        guard !rules.isEmpty, path != ".", !path.isEmpty else { return false }
        var candidate = DockerIgnorePattern.Candidate(path)
        for rule in rules.reversed() where rule.pattern.matches(&candidate) {
            return !rule.isException
        }
        return false
    }

    private mutating func add(_ line: Substring.UnicodeScalarView) throws(DockerIgnorePattern.Malformed) {
        guard let (pattern, isException) = try Self.read(line) else { return }
        let compiled = try DockerIgnorePattern(pattern)
        if compiled.matchesEverything { rules.removeAll() }
        // An exception has nothing to bring back before the first line that excludes something.
        if isException, rules.isEmpty { return }
        rules.append(Rule(pattern: compiled, isException: isException))
    }

    /// The cleaned pattern of a line; nil for a comment or a blank line.
    ///
    /// Docker cleans a line twice, first while reading the file and again while compiling the patterns, which is why
    /// `/!a` is an exception and `!/` is one without a pattern.
    private static func read(
        _ line: Substring.UnicodeScalarView
    ) throws(DockerIgnorePattern.Malformed) -> (pattern: [Unicode.Scalar], isException: Bool)? {
        guard line.first != "#" else { return nil }
        var pattern = Array(trimmed(line))
        guard let first = pattern.first else { return nil }

        if first == "!" { pattern = Array(trimmed(pattern.dropFirst())) }
        if !pattern.isEmpty { pattern = cleaned(pattern) }
        if pattern.count > 1, pattern.first == "/" { pattern.removeFirst() }
        if first == "!" { pattern.insert("!", at: 0) }

        pattern = Array(trimmed(pattern))
        guard !pattern.isEmpty else { return nil }
        pattern = cleaned(pattern)
        guard pattern.first == "!" else { return (pattern, false) }
        guard pattern.count > 1 else { throw DockerIgnorePattern.Malformed(reason: "nothing follows the `!`") }
        return (Array(pattern.dropFirst()), true)
    }
}

/// Go's `strings.TrimSpace`.
private func trimmed<Scalars: BidirectionalCollection<Unicode.Scalar>>(_ scalars: Scalars) -> Scalars.SubSequence {
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
        let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return scalars[scalars.endIndex...] }
    return scalars[start...end]
}

/// Go's `filepath.Clean` for a path that is not empty: no doubled and no trailing slash, no `.`, and `..` only in front.
private func cleaned(_ path: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let isRooted = path.first == "/"
    var kept: [ArraySlice<Unicode.Scalar>] = []
    for component in path.split(separator: "/") where !component.elementsEqual(["."]) {
        if !component.elementsEqual([".", "."]) {
            kept.append(component)
        } else if let last = kept.last, !last.elementsEqual([".", "."]) {
            kept.removeLast()
        } else if !isRooted {
            kept.append(component)
        }
    }
    let joined = Array(kept.joined(separator: ["/"]))
    if isRooted { return ["/"] + joined }
    return joined.isEmpty ? ["."] : joined
}
