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

    /// Whether both can be one stack: an account that is not written is whichever deploys.
    func mayBe(_ other: StackKey) -> Bool {
        name == other.name && region == other.region
            && (account == nil || other.account == nil || account == other.account)
    }
}

extension ProjectSide {
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
