package import DorcSynth
package import DorcText
internal import OrderedCollections

package enum TemplateFormat: String, Sendable, CaseIterable {
    case yaml, json
}

/// A template as it goes to the disk.
package struct RenderedTemplate: Sendable {
    package var summary: TemplateSummary
    package var bytes: [UInt8]
}

/// What the manifest says of a template: it outlives the template's bytes.
package struct TemplateSummary: Sendable {
    package var stack: StackIndex
    /// Relative to the output folder.
    package var path: String
    package var size: Int
    package var resources: Int
    /// 64 hexadecimal digits.
    package var sha256: String
}

/// ResourceGraph -> files.
///
///     Stack    -> Value     its CloudFormation template          (StackLowering)
///     Value    -> bytes     JSON or YAML                         (JSONWriter, YAMLEmitter)
///     all of them -> Manifest     and from it what deploys them  (DeploymentFiles)
///
/// Each stack is rendered on its own, so that they can be rendered side by side and need not be in memory together.
package struct TemplateRenderer: Sendable {
    private let graph: ResourceGraph
    private let format: TemplateFormat

    package init(_ graph: ResourceGraph, format: TemplateFormat) {
        self.graph = graph
        self.format = format
    }

    package func path(of index: StackIndex) -> String { "\(graph[index].templatePath).\(format.rawValue)" }

    package func render(_ index: StackIndex, into diagnostics: inout Diagnostics) -> RenderedTemplate {
        let stack = graph[index]
        let value = StackLowering(graph, index).template(into: &diagnostics)
        let bytes: [UInt8]
        switch format {
        case .json: bytes = JSONWriter.write(value)
        case .yaml:
            bytes = YAMLEmitter.write(value) ?? []
            if bytes.isEmpty {
                diagnostics.report(
                    Diagnostic(
                        .yamlEmitter, at: stack.origin, "libyaml could not write the template of `\(stack.name)`"))
            }
        }
        TemplateLimitCheck(stack: stack, value: value, size: bytes.count).run(into: &diagnostics)
        let summary = TemplateSummary(
            stack: index, path: path(of: index), size: bytes.count, resources: stack.resources.count,
            sha256: HexadecimalDigest.sha256(bytes))
        return RenderedTemplate(summary: summary, bytes: bytes)
    }
}
