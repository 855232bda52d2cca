/// When a task runs, by what branches and short circuits before it gave.
enum RunCondition: Hashable {
    case always
    /// A branch gave this name.
    case named(Int, String)
    /// A short circuit gave something that is true.
    case truth(Int)
    indirect case not(RunCondition)
    case all([RunCondition])
    case any([RunCondition])

    static func both(_ parts: [RunCondition]) -> RunCondition {
        var members: [RunCondition] = []
        for part in parts {
            let inner: [RunCondition] = if case .all(let inner) = part { inner } else { [part] }
            for member in inner where member != .always && !members.contains(member) { members.append(member) }
        }
        // `a and (a or b)` is `a`.
        members = members.filter { member in
            guard case .any(let choices) = member else { return true }
            return !choices.contains(where: members.contains)
        }
        return members.count > 1 ? .all(members) : members.first ?? .always
    }

    static func either(_ parts: [RunCondition]) -> RunCondition {
        var members: [RunCondition] = []
        for part in parts {
            if part == .always { return .always }
            let inner: [RunCondition] = if case .any(let inner) = part { inner } else { [part] }
            for member in inner where !members.contains(member) { members.append(member) }
        }
        // `a or (a and b)` is `a`.
        members = members.filter { member in
            guard case .all(let needs) = member else { return true }
            return !needs.contains(where: members.contains)
        }
        return members.count > 1 ? .any(members) : members.first ?? .always
    }

    static func negated(_ condition: RunCondition) -> RunCondition {
        if case .not(let inner) = condition { inner } else { .not(condition) }
    }

    /// The tasks whose outputs it asks, each once.
    var sources: [Int] {
        switch self {
        case .always: []
        case .named(let task, _), .truth(let task): [task]
        case .not(let inner): inner.sources
        case .all(let members), .any(let members):
            members.reduce(into: []) { sources, member in
                sources += member.sources.filter { !sources.contains($0) }
            }
        }
    }

    /// How many questions it asks.
    var size: Int {
        switch self {
        case .always: 0
        case .named, .truth: 1
        case .not(let inner): inner.size
        case .all(let members), .any(let members): members.reduce(0) { $0 + $1.size }
        }
    }

    /// JSONata.
    func text(_ output: (Int) -> String) -> String {
        switch self {
        case .always: return "true"
        case .named(let task, let name): return "'\(name)' in \(output(task))"
        case .truth(let task): return "$boolean(\(output(task)))"
        case .not(let inner): return "$not(\(inner.text(output)))"
        case .all(let members): return Self.joined(members, " and ", output)
        case .any(let members): return Self.joined(members, " or ", output)
        }
    }

    private static func joined(_ members: [RunCondition], _ word: String, _ output: (Int) -> String) -> String {
        members.map { member in
            switch member {
            case .all, .any: "(\(member.text(output)))"
            default: member.text(output)
            }
        }.joined(separator: word)
    }
}
