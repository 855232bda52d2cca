import DorcTemplates

/// Stacks that the project no longer has, and that may still be in AWS.
struct AbandonedStacks {
    /// Of pipelines that were removed from an environment: `deploy.sh` deletes them.
    private(set) var prunable: [String: [Manifest.StackEntry]] = [:]
    /// Of environments that were removed or are elsewhere now, and of a folder with some of the pipelines, whose script cannot know.
    private(set) var others: [Manifest.StackEntry] = []

    init() {}

    init(_ manifest: Manifest, previous: Manifest?) {
        let names = Dictionary(grouping: manifest.stacks, by: \.name)
        let partial = Set(manifest.partial ?? [])
        let environments = manifest.stacks.filter { $0.kind == "infra" && !partial.contains($0.environment ?? "") }
        for stack in previous?.stacks ?? [] {
            let isThere = names[stack.name]?.contains { $0.isWhere(stack) } ?? false
            if isThere { continue }
            if stack.kind == "core", let environment = stack.environment,
                environments.contains(where: { $0.environment == environment && $0.isWhere(stack) })
            {
                prunable[environment, default: []].append(stack)
            } else {
                others.append(stack)
            }
        }
    }

    /// Empty for none. `folder` is the output folder, as the user wrote it.
    func text(in folder: String) -> String {
        var text = ""
        for (environment, stacks) in prunable.sorted(by: { $0.key < $1.key }) {
            text +=
                "no longer part of the project; where they were deployed, `\(folder)/deploy.sh \(environment) --prune` "
                + "deletes these stacks:\n" + Self.list(stacks)
        }
        if !others.isEmpty {
            text +=
                "no longer part of the project; where they were deployed, delete these stacks in AWS:\n"
                + Self.list(others)
        }
        // A pipeline that was renamed starts twice.
        if !prunable.isEmpty || others.contains(where: { $0.kind == "core" }) {
            text += "warning: until those stacks are deleted, their triggers go on starting runs\n"
        }
        return text
    }

    /// In the order in which they can be deleted: pipelines before what they share.
    private static func list(_ stacks: [Manifest.StackEntry]) -> String {
        let kinds = ["core", "infra", "universal"]
        let lines = stacks.map { stack in
            let place = stack.region + (stack.account.map { ", account \($0)" } ?? "")
            return (kinds.firstIndex(of: stack.kind) ?? kinds.count, "  \(stack.name) in \(place)\n")
        }
        return lines.sorted { $0 < $1 }.map(\.1).joined()
    }
}

extension Manifest.StackEntry {
    /// Whether both are in one place: an account that is not written is whichever deploys.
    fileprivate func isWhere(_ other: Self) -> Bool {
        region == other.region && (account == nil || other.account == nil || account == other.account)
    }
}
