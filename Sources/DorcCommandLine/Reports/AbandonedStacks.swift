import DorcTemplates

/// Stacks that the project no longer has, and that may still be in AWS.
struct AbandonedStacks {
    /// Of pipelines that were removed from an environment: `deploy.sh` deletes them.
    private(set) var prunable: [String: [String]] = [:]
    /// Of environments that were removed, and of a folder with some of the pipelines, whose script cannot know.
    private(set) var others: [String] = []

    init() {}

    init(_ manifest: Manifest, previous: Manifest?) {
        let names = Set(manifest.stacks.map(\.name))
        let environments = Set(manifest.stacks.compactMap { $0.kind == "infra" ? $0.environment : nil })
            .subtracting(manifest.partial ?? [])
        for stack in previous?.stacks ?? [] where !names.contains(stack.name) {
            if stack.kind == "core", let environment = stack.environment, environments.contains(environment) {
                prunable[environment, default: []].append(stack.name)
            } else {
                others.append(stack.name)
            }
        }
    }

    /// Empty for none. `folder` is the output folder, as the user wrote it.
    func text(in folder: String) -> String {
        var text = ""
        for (environment, names) in prunable.sorted(by: { $0.key < $1.key }) {
            text +=
                "no longer part of the project; where they were deployed, `\(folder)/deploy.sh \(environment) --prune` "
                + "deletes these stacks:\n" + Self.list(names)
        }
        if !others.isEmpty {
            text +=
                "no longer part of the project; where they were deployed, delete these stacks in AWS:\n"
                + Self.list(others)
        }
        return text
    }

    private static func list(_ names: [String]) -> String {
        Set(names).sorted().map { "  \($0)\n" }.joined()
    }
}
