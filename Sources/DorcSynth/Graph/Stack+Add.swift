package import DorcText
internal import OrderedCollections

extension Stack {
    /// Two things that would get one logical id are an error that names both.
    package mutating func add(
        _ id: LogicalID, _ resource: Resource, origin: SourceRange, _ diagnostics: inout Diagnostics
    ) {
        if let first = resources[id] {
            diagnostics.report(
                Diagnostic(
                    .idCollision, at: origin, "this becomes the resource `\(id)`, which another thing is already",
                    help: "rename one of the two", notes: [Diagnostic.Note(first.origin, "the other one is here")]))
            return
        }
        resources[id] = ResourceNode(id: id, origin: origin, resource: resource)
    }
}
