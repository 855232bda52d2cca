internal import CloudFormation
internal import DorcSynth
internal import OrderedCollections

/// A stack of the graph as its CloudFormation template: the frame around the resources, which write themselves.
struct StackTemplate {
    let context: TemplateContext

    private var stack: Stack { context.stack }

    func write(to writer: inout TemplateWriter) {
        writer.object {
            $0["AWSTemplateFormatVersion"] = "2010-09-09"
            $0["Description"] = stack.description
            $0.object("Parameters") { ContentDigest.writeParameter(to: &$0) }
            writeMappings(to: &$0)
            $0.object("Resources") {
                for node in stack.resources.values { write(node, to: &$0) }
            }
            $0.object("Outputs") {
                ContentDigest.writeOutput(to: &$0)
                for case let export? in stack.resources.values.lazy.map(\.export) { write(export, to: &$0) }
            }
        }
    }

    private func writeMappings(to template: inout TemplateWriter) {
        let versions = stack.resources.values.compactMap { node in
            node.resource.versionDescription(in: context).map { (id: node.id, description: $0) }
        }
        guard !versions.isEmpty else { return }
        template.object("Mappings") {
            $0.object(VersionMapping.name) {
                for version in versions {
                    $0.key(version.id.text)
                    $0.object { $0[VersionMapping.key] = version.description }
                }
            }
        }
    }

    private func write(_ node: ResourceNode, to resources: inout TemplateWriter) {
        let kind = type(of: node.resource)
        resources.key(node.id.text)
        resources.object {
            $0.word("Type", kind.type)
            $0["DeletionPolicy"] = kind.deletion?.deletionPolicy
            $0["UpdateReplacePolicy"] = kind.deletion?.updateReplacePolicy
            $0.object("Properties") { node.resource.write(to: &$0, in: context) }
        }
    }

    private func write(_ export: NamedExport, to outputs: inout TemplateWriter) {
        outputs.key(export.outputID)
        outputs.object {
            $0["Description"] = export.description
            $0["Value"] = context.value(export.reference)
            $0.object("Export") { $0["Name"] = export.name }
        }
    }
}

extension Deletion {
    fileprivate var deletionPolicy: String {
        switch self {
        case .delete, .retainReplaced: "Delete"
        case .retain: "RetainExceptOnCreate"
        }
    }

    fileprivate var updateReplacePolicy: String {
        switch self {
        case .delete: "Delete"
        case .retain, .retainReplaced: "Retain"
        }
    }
}

/// What a stack says of its own content, so that `deploy.sh` sees with one call which of all stacks are unchanged: it gives
/// the SHA-256 of the template and the tags, and the stack hands it back among its outputs.
///
/// The template does not hold the digest itself: a change of one line would then be two.
private enum ContentDigest {
    /// `deploy.sh` knows it by this name. Ids of resources end with their kind, so that none is equal to it.
    private static let name: StaticString = "ContentDigest"

    static func writeParameter(to parameters: inout TemplateWriter) {
        parameters.object(name) {
            $0["Type"] = "String"
            $0["Default"] = "unknown"
            $0["Description"] = "SHA-256 of the template and the tags that deploy.sh deploys"
        }
    }

    static func writeOutput(to outputs: inout TemplateWriter) {
        outputs.object(name) {
            $0["Description"] = "What deploy.sh knows an unchanged stack by"
            $0["Value"] = .ref(LogicalID(name))
        }
    }
}
