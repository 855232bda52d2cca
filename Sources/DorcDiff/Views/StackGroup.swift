/// Stacks in which the same changes: a project has most of them once for each environment, and who has read one has read all.
package struct StackGroup: Sendable {
    package var first: StackDifference
    /// In which the same changes, but for the names that have the environment in them.
    package var others: [StackDifference] = []

    package static func all(of difference: ProjectDifference) -> [StackGroup] {
        struct Signature: Hashable {
            var kind: String
            var pipeline: String?
            var change: Entry.Change
            var facts: [String]
        }
        var groups: [StackGroup] = []
        var places: [Signature: Int] = [:]
        for stack in difference.stacks {
            let signature = Signature(
                kind: stack.kind, pipeline: stack.pipeline, change: stack.change,
                facts: stack.facts.map { neutral($0, stack) })
            if let place = places[signature] {
                groups[place].others.append(stack)
            } else {
                places[signature] = groups.count
                groups.append(StackGroup(first: stack))
            }
        }
        return groups
    }

    /// A text without what stacks of other environments have otherwise.
    package static func neutral(_ text: String, _ stack: StackDifference) -> String {
        var text = text
        if let account = stack.key.account { text = text.replacingAll(account, with: "<account>") }
        text = text.replacingAll(stack.key.region, with: "<region>")
        if let environment = stack.environment {
            text = text.replacingAll("-\(environment)-", with: "-<environment>-")
            text = text.replacingAll(" in \(environment)", with: " in <environment>")
            if text.hasSuffix("-\(environment)") { text = text.dropLast(environment.utf8.count) + "<environment>" }
        }
        return text
    }
}

extension StackDifference {
    /// All that is told of it.
    fileprivate var facts: [String] {
        var facts = entries.flatMap(\.facts)
        for resource in resources {
            facts += [
                resource.id, resource.type, resource.name ?? "", resource.change.rawValue, resource.verdict ?? "",
            ]
            facts += resource.losses + [resource.obstacle ?? ""] + resource.entries.flatMap(\.facts)
        }
        return facts
    }
}

extension Entry {
    fileprivate var facts: [String] {
        [
            kind.rawValue, change.rawValue, subject, object ?? "", old ?? "", new ?? "", note ?? "",
            effect?.rawValue ?? "",
        ]
    }
}

extension String {
    fileprivate func replacingAll(_ text: String, with other: String) -> String {
        guard !text.isEmpty, var place = range(of: text) else { return self }
        var result = ""
        var rest = self[...]
        while true {
            result += rest[..<place.lowerBound] + other
            rest = rest[place.upperBound...]
            guard let next = rest.range(of: text) else { return result + rest }
            place = next
        }
    }
}
