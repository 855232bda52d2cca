/// The regular expression that moby makes of a pattern, as an automaton whose states are the places between its parts:
/// it matches in time proportional to path times pattern, whatever the pattern is.
///
/// moby writes an expression for Go's `regexp` and lets much of its syntax through: `\d` is a digit, `[[:alpha:]]` a
/// letter, `^` the start of the path, and `[*?]` ends where the `]` of `[^/]` is, which `?` has become.
struct DockerIgnoreExpression: Sendable {
    private enum Part {
        case literal(Unicode.Scalar)
        /// `[^/]`, `[a-z]`, `\d`: an index into `sets`, which keeps a part free of reference counts.
        case one(Int)
        /// The same, any number of times: `[^/]*`.
        case many(Int)
        /// In front of `folders`: it may match nothing.
        case optional
        /// `.*/`: whole folders, up to and with a slash.
        case folders
        /// `.*`
        case rest
        /// `^`
        case start
    }

    private var parts: [Part] = []
    private var sets: [DockerIgnoreSet] = []

    init(_ pattern: [Unicode.Scalar]) throws(DockerIgnorePattern.Malformed) {
        var text = Self.translated(pattern)[...]
        while let scalar = text.popFirst() {
            switch scalar {
            case "^": parts.append(.start)
            case "[":
                let set = try DockerIgnoreSet(brackets: &text)
                add(set, isRepeated: text.first == "*")
                if text.first == "*" { text.removeFirst() }
            case "\\":
                switch try DockerIgnoreSet.escape(&text) {
                case .literal(let scalar): parts.append(.literal(scalar))
                case .set(let set): add(set, isRepeated: false)
                }
            case ".":
                parts.append(.rest)
                text.removeFirst()
            case "(":
                parts += [.optional, .folders]
                text = text.dropFirst("(.*/)?".unicodeScalars.count - 1)
            default: parts.append(.literal(scalar))
            }
        }
    }

    private mutating func add(_ set: DockerIgnoreSet, isRepeated: Bool) {
        parts.append(isRepeated ? .many(sets.count) : .one(sets.count))
        sets.append(set)
    }

    /// moby's `Pattern.compile`, without the `^` and `$` around it. Outside brackets a `.` and a `(` stand only in what
    /// comes of `**`: all others have a `\`.
    private static func translated(_ pattern: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text: [Unicode.Scalar] = []
        var rest = pattern[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*" where rest.first == "*":
                rest.removeFirst()
                if rest.first == "/" { rest.removeFirst() }
                text += rest.isEmpty ? [".", "*"] : ["(", ".", "*", "/", ")", "?"]
            case "*": text += ["[", "^", "/", "]", "*"]
            case "?": text += ["[", "^", "/", "]"]
            case ".", "+", "(", ")", "|", "{", "}", "$": text += ["\\", scalar]
            case "\\": text += [scalar] + (rest.popFirst().map { [$0] } ?? [])
            default: text.append(scalar)
            }
        }
        return text
    }

    /// What every match begins with.
    var literalPrefix: [UInt8] {
        var prefix: [UInt8] = []
        for case .literal(let scalar) in parts.prefix(while: { if case .literal = $0 { true } else { false } }) {
            prefix += Array(String(scalar).utf8)
        }
        return prefix
    }

    func matches(_ path: [Unicode.Scalar]) -> Bool {
        var current = StateSet(count: parts.count + 1)
        var next = current
        insert(0, into: &current, atStart: true)
        for scalar in path {
            next.removeAll()
            for state in current.members where state < parts.count {
                step(from: state, over: scalar, into: &next)
            }
            if next.members.isEmpty { return false }
            swap(&current, &next)
        }
        return current.contains(parts.count)
    }

    private func step(from state: Int, over scalar: Unicode.Scalar, into next: inout StateSet) {
        switch parts[state] {
        case .literal(let expected):
            if scalar == expected { insert(state + 1, into: &next) }
        case .one(let index):
            if sets[index].contains(scalar) { insert(state + 1, into: &next) }
        case .many(let index):
            if sets[index].contains(scalar) { insert(state, into: &next) }
        case .folders:
            // In Go's expressions, a `.` is any character but a line feed.
            if scalar != "\n" { insert(state, into: &next) }
            if scalar == "/" { insert(state + 1, into: &next) }
        case .rest:
            if scalar != "\n" { insert(state, into: &next) }
        case .optional, .start: break
        }
    }

    /// Adds a state and those that are reached from it without reading anything.
    private func insert(_ state: Int, into states: inout StateSet, atStart: Bool = false) {
        var reached = state
        while states.insert(reached), reached < parts.count {
            switch parts[reached] {
            case .many, .rest: reached += 1
            case .optional:
                states.insert(reached + 1)
                reached += 2
            case .start:
                guard atStart else { return }
                reached += 1
            case .literal, .one, .folders: return
            }
        }
    }
}

/// A set of small integers that is emptied in constant time, so that a step costs what is active and not the pattern.
private struct StateSet {
    private(set) var members: [Int] = []
    private var round = 1
    private var rounds: [Int]

    init(count: Int) {
        rounds = Array(repeating: 0, count: count)
    }

    func contains(_ state: Int) -> Bool {
        rounds[state] == round
    }

    @discardableResult
    mutating func insert(_ state: Int) -> Bool {
        guard rounds[state] != round else { return false }
        rounds[state] = round
        members.append(state)
        return true
    }

    mutating func removeAll() {
        members.removeAll(keepingCapacity: true)
        round += 1
    }
}
