package import CloudFormation
package import DorcModel
internal import DorcText
internal import OrderedCollections

/// All that the project deploys: stacks of typed resources, with references between them as edges.
package struct ResourceGraph: Sendable {
    package var project: String
    /// The value of the tag `repository`.
    package var repository: String?
    /// Where all images live; nil where each environment's own account has them.
    package var registryAccount: String?
    /// In the order of deployment: each comes after those that it depends on.
    package var order: [StackIndex] = []
    package var stacks: [Stack]
    package var images: [ImageTarget] = []

    package subscript(_ index: StackIndex) -> Stack {
        _read { yield stacks[index.value] }
    }

    package func resource(_ id: ResourceID) -> ResourceNode? { stacks[id.stack.value].resources[id.logicalID] }
}

package struct StackIndex: Hashable, Sendable, Comparable {
    package let value: Int

    package static func < (left: StackIndex, right: StackIndex) -> Bool { left.value < right.value }
}

/// A resource of the whole graph.
package struct ResourceID: Hashable, Sendable {
    package var stack: StackIndex
    package var logicalID: LogicalID

    package init(stack: StackIndex, logicalID: LogicalID) {
        self.stack = stack
        self.logicalID = logicalID
    }
}

/// An image that has to be built and pushed before the stacks that use it are deployed.
package struct ImageTarget: Sendable {
    package var pipeline: PipelineID
    package var function: String
    /// The universal stack with its repository.
    package var stack: StackIndex
    package var repository: String
    package var tag: String
    /// Whether it has dorc's runner as its entry point.
    package var isJob: Bool
    package var dockerfile: String
    package var buildArguments: SortedTexts
    package var platform: String
}
