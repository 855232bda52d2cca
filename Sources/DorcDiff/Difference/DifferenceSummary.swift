/// The counts of a difference, for its last line.
package struct DifferenceSummary: Sendable, Equatable {
    package private(set) var added = 0
    package private(set) var changed = 0
    package private(set) var replaced = 0
    package private(set) var maybeReplaced = 0
    package private(set) var removed = 0
    /// Of those that are removed, the ones that stay in AWS.
    package private(set) var kept = 0
    package private(set) var wider = 0
    package private(set) var narrower = 0
    /// Functions whose code changes, each in all its environments once.
    package private(set) var code = 0
    package private(set) var stacks = 0

    package init(_ difference: ProjectDifference) {
        var functions: Set<String> = []
        stacks = difference.stacks.count
        for resource in difference.stacks.flatMap(\.resources) {
            switch resource.change {
            case .added: added += 1
            case .changed: changed += 1
            case .replaced: replaced += 1
            case .maybeReplaced: maybeReplaced += 1
            case .removed:
                if resource.isKept { kept += 1 } else { removed += 1 }
            }
            for entry in resource.entries {
                switch entry.effect {
                case .wider?: wider += 1
                case .narrower?: narrower += 1
                case nil: break
                }
                if entry.kind == .code { functions.insert(entry.subject) }
            }
        }
        code = functions.count
    }

    /// The parts of the last line; the first has the counts that `terraform plan` has too.
    package var sentences: [String] {
        var plan = "\(added) to add, \(changed) to change"
        if replaced > 0 { plan += ", \(replaced) to replace" }
        if maybeReplaced > 0 { plan += ", \(maybeReplaced) may be replaced" }
        plan += ", \(removed) to destroy"
        if kept > 0 { plan += ", \(kept) to leave in AWS" }
        var sentences = ["Plan: \(plan), in \(stacks) \(stacks == 1 ? "stack" : "stacks")."]
        if code > 0 { sentences.append("Code: \(code) \(code == 1 ? "function" : "functions").") }
        if wider + narrower > 0 { sentences.append("Permissions: \(wider) wider, \(narrower) narrower.") }
        return sentences
    }
}
