internal import DorcText

/// What runs a function as a job: the same as of a Lambda, from where a job definition has it.
enum JobComparison {
    private static let container = "ContainerProperties"
    private static let told = ["Image", "Environment", "Secrets"]

    static func compare(_ old: Tree?, _ new: Tree, into entries: inout [Entry]) {
        FunctionComparison.compareImages(old?[container]?["Image"], new[container]?["Image"], into: &entries)
        FunctionComparison.compareVariables(old.map(variables) ?? [], variables(new), into: &entries)
    }

    /// Without what is compared here.
    static func rest(_ properties: Tree) -> Tree {
        guard case .object(let members) = properties else { return properties }
        return .object(
            members.map { member in
                guard member.name == container, case .object(let inner) = member.value else { return member }
                return Tree.Member(name: container, value: .object(inner.filter { !told.contains($0.name) }))
            })
    }

    /// Secrets in the words of a Lambda's.
    private static func variables(_ properties: Tree) -> [Tree.Member] {
        let container = properties[container]
        let plain = (container?["Environment"]?.items ?? []).compactMap { item in
            item["Name"]?.text.map { Tree.Member(name: $0, value: item["Value"] ?? .text("")) }
        }
        let secrets = (container?["Secrets"]?.items ?? []).compactMap { item -> Tree.Member? in
            guard let name = item["Name"]?.text, let secret = item["ValueFrom"]?.shown else { return nil }
            let parts = secret.split(separator: ":", omittingEmptySubsequences: false).dropFirst(6)
            let shown = parts.filter { !$0.isEmpty }.joined(separator: ":")
            return Tree.Member(name: name, value: .text("{{resolve:secretsmanager:\(shown)}}"))
        }
        return plain + secrets
    }
}
