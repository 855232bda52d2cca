package import DorcText
package import CloudFormation
package import DorcModel
package import OrderedCollections

/// One CloudFormation stack.
package struct Stack: Sendable {
    package enum Kind: String, Sendable {
        case universal, infra, core
    }

    /// Where a stack is deployed to. The account is nil where it is whichever deploys.
    package struct Destination: Hashable, Sendable {
        package var account: String?
        package var region: String
    }

    package var index: StackIndex
    package var name: String
    package var kind: Kind
    package var environment: String?
    package var pipeline: PipelineID?
    /// What the names of its exports begin with.
    package var exportPrefix: String
    package var destinations: [Destination]
    /// Relative to the output folder, without extension.
    package var templatePath: String
    package var description: String
    /// Of every taggable resource.
    package var tags: SortedTexts
    /// Of the stack itself, where they are fewer: CloudFormation hands them on to every resource.
    package var ownTags: SortedTexts?
    /// What the user would change where the stack as a whole is wrong.
    package var origin: SourceRange
    package var resources: OrderedDictionary<LogicalID, ResourceNode> = [:]
    /// Stacks that have to stand before this one, in the graph's order.
    package var dependencies: [StackIndex] = []
    /// In the order of the triggers.
    package var deadlines: [ScheduleDeadline] = []
}

/// A class, since it is looked up for every reference.
package final class ResourceNode: Sendable {
    package let id: LogicalID
    package let origin: SourceRange
    package let resource: any Resource
    package let export: NamedExport?

    init(_ id: LogicalID, _ resource: some Resource, origin: SourceRange, export: NamedExport?) {
        self.id = id
        self.origin = origin
        self.resource = resource
        self.export = export
    }
}

extension Stack {
    /// What the stack itself is tagged with.
    package var stackTags: SortedTexts { ownTags ?? tags }

    /// Two things that would get one logical id are an error that names both.
    package mutating func add(
        _ id: LogicalID, _ resource: some Resource, origin: SourceRange, _ diagnostics: inout Diagnostics
    ) {
        let node = ResourceNode(id, resource, origin: origin, export: named(resource.export, id))
        guard let first = resources.updateValue(node, forKey: id) else { return }
        resources[id] = first
        diagnostics.report(
            Diagnostic(
                .idCollision, at: origin, "this becomes the resource `\(id)`, as something else already does",
                help: "rename one of the two", notes: [Diagnostic.Note(first.origin, "the other one is here")]))
    }

    private func named(_ export: Export?, _ id: LogicalID) -> NamedExport? {
        export.map {
            NamedExport($0, of: ResourceID(stack: index, logicalID: id), prefix: exportPrefix)
        }
    }

    /// To a resource of its own.
    func reference(_ id: LogicalID, _ attribute: Reference.Attribute) -> Reference {
        Reference(target: ResourceID(stack: index, logicalID: id), attribute: attribute)
    }
}
