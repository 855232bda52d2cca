/// What a `.dockerignore` keeps out of an image's build context, as BuildKit acts: its lines are read as in moby's
/// `patternmatcher/ignorefile`, and decide on a path as in `PatternMatcher.MatchesUsingParentResults`, which fsutil's
/// `filterFS.Walk` calls on each folder and then on what is in it.
///
/// That is not what Docker documents. A line that had nothing to change at a folder counts there as one that does not
/// match, so it is tried on each path below by itself: after `**/*.py` and `!src/load`, `src/load/lambda.py` stays out.
/// See <https://github.com/docker/buildx/issues/850> and <https://github.com/moby/moby/issues/30018>.
package struct DockerIgnore: Sendable {
    /// A malformed line: Docker refuses the build for it, or reads it in a way that nobody means. It has no effect here.
    package struct Problem: Sendable, Equatable {
        /// Counted from 1.
        package let line: Int
        /// The line without the white space around it.
        package let text: String
        package let reason: String
    }

    /// What the lines say of a folder, which is where the decision on what is in it begins.
    package struct Folder: Sendable {
        /// Empty for the root, else with a slash at the end.
        fileprivate let prefix: String
        /// For each rule, whether it matched this folder or one above it. Empty for the root.
        fileprivate let matched: [Bool]
        package let isExcluded: Bool
        /// Whether nothing below it can come back, so that BuildKit does not enter it.
        package let isSkipped: Bool
    }

    package private(set) var problems: [Problem] = []
    private var rules: [Rule] = []
    /// Where exceptions may bring something back, each with a slash at the end; nil where that may be anywhere.
    private var exceptionPrefixes: [String]? = []

    private struct Rule {
        let pattern: DockerIgnorePattern
        let isException: Bool
        /// Counted from 1.
        let line: Int
    }

    /// Go's `bufio.MaxScanTokenSize`: a longer line ends the reading with an error.
    private static let lineLimit = 64 << 10

    /// Whether no file at all is excluded.
    package var isEmpty: Bool { rules.allSatisfy(\.isException) }

    package init(_ text: String) {
        var scalars = Substring(text).unicodeScalars
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        for (index, line) in scalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            do throws(DockerIgnorePattern.Malformed) {
                try add(line, index + 1)
            } catch {
                let text = String(Substring(trimmed(line).prefix(200)))
                problems.append(Problem(line: index + 1, text: text, reason: error.reason))
            }
        }
    }

    /// The root of the context, which nothing excludes.
    package var root: Folder { Folder(prefix: "", matched: [], isExcluded: false, isSkipped: false) }

    package func folder(_ name: some StringProtocol, in parent: Folder) -> Folder {
        let path = parent.prefix + name
        guard !isEmpty else { return Folder(prefix: path + "/", matched: [], isExcluded: false, isSkipped: false) }
        guard !parent.isSkipped else {
            return Folder(prefix: path + "/", matched: [], isExcluded: true, isSkipped: true)
        }
        var matched: [Bool] = []
        matched.reserveCapacity(rules.count)
        let isExcluded = decide(path, parent) { matched.append($0) } != nil
        let isSkipped = isExcluded && exceptionPrefixes?.contains { $0.hasPrefix(path + "/") } == false
        return Folder(prefix: path + "/", matched: matched, isExcluded: isExcluded, isSkipped: isSkipped)
    }

    /// - Parameter path: Relative to the context's root, with forward slashes and without `.` and `..`: `a/b`.
    package func folder(_ path: String) -> Folder {
        // What nothing excludes from needs no look at each folder.
        if rules.isEmpty { return Folder(prefix: path + "/", matched: [], isExcluded: false, isSkipped: false) }
        return path.split(separator: "/").reduce(root) { folder($1, in: $0) }
    }

    /// Whether a file, or a link whatever it leads to, stays out of the context.
    package func excludes(_ name: some StringProtocol, in folder: Folder) -> Bool {
        guard !isEmpty else { return false }
        return folder.isSkipped || decide(folder.prefix + name, folder) { _ in } != nil
    }

    /// As `excludes(_:in:)`, from the root.
    package func excludes(_ path: String) -> Bool {
        guard !isEmpty, path != ".", !path.isEmpty else { return false }
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return excludes(path, in: root) }
        return excludes(path[path.utf8.index(after: slash)...], in: folder(String(path[..<slash])))
    }

    /// The line that keeps a path, or a folder above it that Docker does not enter, out of the context.
    package func line(excluding path: String) -> Int? {
        var parent = root
        var line: Int?
        for part in path.split(separator: "/") where !parent.isSkipped {
            line = decide(parent.prefix + part, parent) { _ in }.map { rules[$0].line }
            parent = folder(part, in: parent)
        }
        return line
    }

    /// The rule that excludes the path, nil where it is not excluded; `note` gets, rule by rule, whether it counts as matched for what is below.
    private func decide(_ path: String, _ parent: Folder, note: (Bool) -> Void) -> Int? {
        var candidate = DockerIgnorePattern.Candidate(path)
        var excluding: Int?
        for (index, rule) in rules.enumerated() {
            var matches = !parent.matched.isEmpty && parent.matched[index]
            // A rule that could change nothing here is not tried, and counts as not matched further down.
            if !matches, rule.isException == (excluding != nil) { matches = rule.pattern.matches(&candidate) }
            note(matches)
            if matches { excluding = rule.isException ? nil : index }
        }
        return excluding
    }

    private mutating func add(
        _ line: Substring.UnicodeScalarView, _ number: Int
    ) throws(DockerIgnorePattern.Malformed) {
        guard String(Substring(line)).utf8.count < Self.lineLimit else {
            throw DockerIgnorePattern.Malformed(reason: "the line is longer than Docker reads, 64 KiB")
        }
        guard let (pattern, isException) = try Self.read(line) else { return }
        rules.append(Rule(pattern: try DockerIgnorePattern(pattern), isException: isException, line: number))
        if isException { addPrefix(of: pattern) }
    }

    /// fsutil's `patternWithoutTrailingGlob`.
    private mutating func addPrefix(of pattern: [Unicode.Scalar]) {
        var prefix = pattern[...]
        if prefix.suffix(3).elementsEqual(["/", "*", "*"]) { prefix.removeLast(3) }
        if prefix.suffix(2).elementsEqual(["/", "*"]) { prefix.removeLast(2) }
        if prefix.contains(where: { ["*", "[", "]", "?", "^", "\\"].contains($0) }) {
            exceptionPrefixes = nil
        } else {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: prefix)
            exceptionPrefixes?.append(String(text) + "/")
        }
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
