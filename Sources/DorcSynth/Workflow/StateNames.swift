internal import DorcText

/// Names of states, which are unique in the whole machine: a step's state has the step's name, all others are made from
/// the names of the steps that they belong to.
struct StateNames {
    /// Step Functions guide: at most 80 characters.
    private static let limit = 80
    private var taken: Set<String>

    init(_ taken: Set<String>) {
        self.taken = taken
    }

    /// Of what is next to a step's own state: `publish (when)`.
    mutating func make(_ base: String, _ role: String) -> String { claim("\(base) (\(role))", " (\(role))") }

    /// Of a Parallel state. No step's name has `, ` in it.
    mutating func make(joining names: [String]) -> String {
        let whole = names.joined(separator: ", ")
        return claim(whole, ", … (\(names.count) steps, \(HexadecimalDigest.short(whole)))")
    }

    mutating func make(_ name: String) -> String { claim(name, "") }

    /// A name that is too long is cut before its ending; one that is taken gets a digest, with `, ` in it.
    private mutating func claim(_ whole: String, _ ending: String) -> String {
        var name = Self.limited(whole, ending)
        if taken.contains(name) {
            let digest = HexadecimalDigest.short(whole)
            name = Self.limited("\(name), \(digest)", ", \(digest)")
        }
        taken.insert(name)
        return name
    }

    static func limited(_ whole: String, _ ending: String) -> String {
        guard whole.unicodeScalars.count > limit else { return whole }
        var ending = ending
        if !ending.contains("…") { ending = "…" + ending }
        var head = String.UnicodeScalarView()
        head.append(contentsOf: whole.unicodeScalars.prefix(max(0, limit - ending.unicodeScalars.count)))
        return String(head) + ending
    }
}

/// Which copy of an error path it is, by the names of the steps that lead to it; empty where there is one only.
struct PathCopy: Hashable {
    var failed: [String] = []

    /// No step's name ends in `)`.
    func stateName(_ step: String) -> String {
        guard !failed.isEmpty else { return step }
        let whole = "\(step) (for \(failed.joined(separator: " for ")))"
        // No step's name has `, ` in it.
        return StateNames.limited(whole, ", \(HexadecimalDigest.short(whole)))")
    }
}
