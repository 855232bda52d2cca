internal import DorcText

/// One side of a comparison: the stacks of a project, and the templates that they are made of.
package struct ProjectSide: Sendable {
    package struct Stack: Sendable {
        package var key: StackKey
        package var kind: String
        package var environment: String?
        /// `layer/name`, of a core stack.
        package var pipeline: String?
        /// Relative to the folder of templates.
        package var template: String
        package var tags: [String: String]

        package init(
            key: StackKey, kind: String, environment: String?, pipeline: String?, template: String,
            tags: [String: String]
        ) {
            self.key = key
            self.kind = kind
            self.environment = environment
            self.pipeline = pipeline
            self.template = template
            self.tags = tags
        }
    }

    /// Nil where there is nothing.
    package var project: String?
    /// In the order of deployment.
    package var stacks: [Stack]
    /// The bytes of each template, by its path.
    package var templates: [String: [UInt8]]

    package init(project: String?, stacks: [Stack], templates: [String: [UInt8]]) {
        self.project = project
        self.stacks = stacks
        self.templates = templates
    }
}

/// What a stack is in AWS.
package struct StackKey: Hashable, Sendable {
    package var name: String
    package var region: String
    /// Nil where it is whichever deploys.
    package var account: String?

    package init(name: String, region: String, account: String?) {
        self.name = name
        self.region = region
        self.account = account
    }
}

extension ProjectSide {
    package static let manifest = "manifest.json"

    /// The stacks that a manifest lists, of version 1 or 2 or one that is not there yet: what a comparison needs has been in
    /// all of them. The templates are the caller's to read. Nil for what is not a manifest.
    package init?(manifest bytes: [UInt8]) {
        guard let tree = Tree(json: bytes), tree["version"]?.integer != nil, let project = tree["project"]?.text,
            case .list(let entries)? = tree["stacks"]
        else { return nil }
        self.init(project: project, stacks: [], templates: [:])
        for entry in entries {
            guard let name = entry["name"]?.text, let region = entry["region"]?.text,
                let template = entry["template"]?.text, Self.isInside(template)
            else { return nil }
            let tags = (entry["tags"]?.members ?? []).compactMap { member in
                member.value.text.map { (member.name, $0) }
            }
            stacks.append(
                Stack(
                    key: StackKey(name: name, region: region, account: entry["account"]?.text),
                    kind: entry["kind"]?.text ?? "", environment: entry["environment"]?.text,
                    pipeline: entry["pipeline"]?.text, template: template,
                    tags: Dictionary(tags, uniquingKeysWith: { first, _ in first })))
        }
    }

    private static func isInside(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
    }

    /// Without the stacks of other environments and pipelines; none given are all. The universal ones stay.
    package func selecting(environments: [String], pipelines: [String]) -> ProjectSide {
        var side = self
        side.stacks = stacks.filter { stack in
            if let environment = stack.environment, !environments.isEmpty, !environments.contains(environment) {
                return false
            }
            if let pipeline = stack.pipeline, !pipelines.isEmpty, !pipelines.contains(pipeline) { return false }
            return true
        }
        return side
    }
}
