package import DorcText
package import CloudFormation
internal import DorcModel
internal import OrderedCollections

/// A stack whose template is being written: what is in it for a reference. Nothing else knows which.
package final class TemplateContext {
    let graph: ResourceGraph
    let index: StackIndex
    package let stack: Stack
    /// What must not happen, and is told instead of written into a template.
    package private(set) var diagnostics = Diagnostics()
    /// What several resources of the stack have alike.
    private var alike: [(key: StaticString, text: TemplateWriter.Fragment?)] = []
    /// Those of the last task: most tasks of a machine have the same ones.
    private var retriers: (list: [Retry], text: TemplateWriter.Fragment?) = ([], nil)

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

    /// Writes a member that all resources of the stack have alike where they have it: it is worked out for the first one.
    func writeAlike(
        _ key: StaticString, to properties: inout TemplateWriter, _ value: (inout TemplateWriter) -> Void
    ) {
        let known = alike.firstIndex { $0.key.utf8Start == key.utf8Start }
        if known == nil { alike.append((key, nil)) }
        properties.member(key, again: &alike[known ?? alike.count - 1].text, value)
    }

    /// Writes the stack's tags.
    func writeTags(to properties: inout TemplateWriter) {
        writeAlike("Tags", to: &properties) { $0.add(tags: stack.tags) }
    }

    /// Writes the member `Retry`.
    func write(_ list: [Retry], to fields: inout TemplateWriter) {
        if list != retriers.list { retriers = (list, nil) }
        fields.member("Retry", again: &retriers.text) {
            $0.list {
                for retrier in list { retrier.write(to: &$0) }
            }
        }
    }
}
