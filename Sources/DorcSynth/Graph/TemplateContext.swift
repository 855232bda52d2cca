package import DorcText
package import CloudFormation
internal import DorcModel
internal import OrderedCollections

/// A stack whose template is being written: what stands in it for a reference. Nothing else knows which.
package final class TemplateContext {
    let graph: ResourceGraph
    let index: StackIndex
    package let stack: Stack
    /// What must not happen, and is told instead of written into a template.
    package private(set) var diagnostics = Diagnostics()
    /// The stack's tags, which most resources have.
    private var tags: TemplateWriter.Fragment?

    package init(_ graph: ResourceGraph, _ index: StackIndex) {
        self.graph = graph
        self.index = index
        stack = graph[index]
    }

    package func value(_ reference: Reference) -> TemplateValue {
        guard let target = graph.resource(reference.target) else { return unresolved(reference) }
        return value(reference, of: target) ?? unresolved(reference)
    }

    private func value(_ reference: Reference, of target: ResourceNode) -> TemplateValue? {
        if reference.target.stack == index {
            switch type(of: target.resource).returnValue(for: reference.attribute) {
            case .ref: return .ref(target.id)
            case .attribute(let attribute): return .getAtt(target.id, attribute)
            case nil: return nil
            }
        }
        switch reference.attribute {
        case .arn: if let arn = target.resource.arn { return .arn(arn) }
        case .name: if let name = target.resource.physicalName { return .text(name) }
        case .groupID, .url: break
        }
        guard let export = target.export, export.reference.attribute == reference.attribute else { return nil }
        return .importValue(export.name)
    }

    /// What a pass refers to and no pass has made: a finding, and no template.
    func unresolved(_ reference: Reference) -> TemplateValue {
        report(
            "the template of `\(stack.name)` refers to `\(reference.target.logicalID)` of `\(graph[reference.target.stack].name)`,"
                + " which has no such value")
        return .ref(reference.target.logicalID)
    }

    func report(_ what: String) { diagnostics.report(.internalError(what, at: stack.origin)) }

    func value(_ expression: Expression) -> TemplateValue {
        switch expression {
        case .text(let text): TemplateValue(text)
        case .reference(let reference): value(reference)
        case .arn(let arn): .arn(arn)
        case .accountID: .accountID
        case .deployTime(let value): .deployTime(value)
        case .regionalService(let name): .sub("\(name).${AWS::Region}.${AWS::URLSuffix}")
        }
    }

    /// The longest that a resource's name can be; nil where it is not known.
    func nameLength(of id: LogicalID) -> Int? { stack.resources[id]?.resource.physicalName?.utf8.count }

    /// Writes the member `Tags`.
    func writeTags(to properties: inout TemplateWriter) {
        properties.list("Tags", again: &tags) { $0.addTags(stack.tags) }
    }
}

extension TemplateWriter {
    mutating func addTags(_ tags: [String: String]) {
        for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
            object {
                $0["Key"] = key
                $0["Value"] = value
            }
        }
    }
}
