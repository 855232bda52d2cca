extension DockerIgnorePattern {
    /// A pattern as a nondeterministic automaton whose states are the places between its tokens.
    struct Glob: Sendable {
        private enum Token {
            case literal(Unicode.Scalar)
            /// `?`
            case anyButSlash
            /// `*`
            case star
            /// In front of `folders`: it may match nothing.
            case optional
            /// `**/` in front of more: whole folders, up to and with a slash.
            case folders
            /// `**` at the end.
            case rest
            /// An index into `classes`, which keeps a token free of reference counts.
            case oneOf(Int)
        }

        private var tokens: [Token] = []
        private var classes: [CharacterClass] = []

        init(_ pattern: [Unicode.Scalar]) throws(Malformed) {
            var rest = pattern[...]
            while let scalar = rest.popFirst() {
                switch scalar {
                case "*" where rest.first == "*":
                    rest.removeFirst()
                    if rest.first == "/" { rest.removeFirst() }
                    tokens += rest.isEmpty ? [.rest] : [.optional, .folders]
                case "*":
                    tokens.append(.star)
                case "?":
                    tokens.append(.anyButSlash)
                case "[":
                    tokens.append(.oneOf(classes.count))
                    classes.append(try CharacterClass(&rest))
                case "\\":
                    guard let escaped = rest.popFirst() else {
                        throw Malformed(reason: "nothing follows the `\\` at the end")
                    }
                    tokens.append(.literal(escaped))
                default:
                    tokens.append(.literal(scalar))
                }
            }
        }

        /// What every match begins with.
        var literalPrefix: [UInt8] {
            var prefix: [UInt8] = []
            for case .literal(let scalar) in tokens.prefix(while: { if case .literal = $0 { true } else { false } }) {
                prefix += Array(String(scalar).utf8)
            }
            return prefix
        }

        /// Whether the automaton accepts the path or one of the folders above it: the path up to one of its slashes.
        func matches(_ path: [Unicode.Scalar]) -> Bool {
            var current = StateSet(count: tokens.count + 1)
            var next = current
            insert(0, into: &current)
            for scalar in path {
                if scalar == "/", current.contains(tokens.count) { return true }
                next.removeAll()
                for state in current.members where state < tokens.count {
                    step(from: state, over: scalar, into: &next)
                }
                if next.members.isEmpty { return false }
                swap(&current, &next)
            }
            return current.contains(tokens.count)
        }

        private func step(from state: Int, over scalar: Unicode.Scalar, into next: inout StateSet) {
            switch tokens[state] {
            case .literal(let expected):
                if scalar == expected { insert(state + 1, into: &next) }
            case .anyButSlash:
                if scalar != "/" { insert(state + 1, into: &next) }
            case .star:
                if scalar != "/" { insert(state, into: &next) }
            case .optional:
                break
            case .folders:
                insert(state, into: &next)
                if scalar == "/" { insert(state + 1, into: &next) }
            case .rest:
                insert(state, into: &next)
            case .oneOf(let index):
                if classes[index].contains(scalar) { insert(state + 1, into: &next) }
            }
        }

        /// Adds a state and those that are reached from it without reading anything.
        private func insert(_ state: Int, into states: inout StateSet) {
            var reached = state
            while states.insert(reached), reached < tokens.count {
                switch tokens[reached] {
                case .star, .rest:
                    reached += 1
                case .optional:
                    states.insert(reached + 1)
                    reached += 2
                case .literal, .anyButSlash, .folders, .oneOf:
                    return
                }
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

/// `[abc]`, `[a-z]`, `[^a]`. Unlike `?`, it may match a slash, as in moby.
private struct CharacterClass {
    private var ranges: [ClosedRange<Unicode.Scalar>] = []
    private let isNegated: Bool

    /// - Parameter rest: The pattern behind the `[`; on return, behind the `]`.
    init(_ rest: inout ArraySlice<Unicode.Scalar>) throws(DockerIgnorePattern.Malformed) {
        isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        while rest.first != "]" || ranges.isEmpty {
            let low = try Self.character(&rest)
            var high = low
            if rest.first == "-" {
                rest.removeFirst()
                high = try Self.character(&rest)
            }
            guard low <= high else {
                throw DockerIgnorePattern.Malformed(reason: "the range `\(low)-\(high)` runs backwards")
            }
            ranges.append(low...high)
        }
        rest.removeFirst()
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar) } != isNegated
    }

    private static func character(
        _ rest: inout ArraySlice<Unicode.Scalar>
    ) throws(DockerIgnorePattern.Malformed) -> Unicode.Scalar {
        guard var character = rest.popFirst() else {
            throw DockerIgnorePattern.Malformed(reason: "the `[` has no `]`")
        }
        if character == "-" || character == "]" {
            throw DockerIgnorePattern.Malformed(reason: "a `\(character)` in brackets needs a `\\` in front of it")
        }
        if character == "\\" {
            guard let escaped = rest.popFirst() else {
                throw DockerIgnorePattern.Malformed(reason: "the `[` has no `]`")
            }
            character = escaped
        }
        return character
    }
}
