internal import CloudFormation
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
    package var resources: Int
}

/// ResourceGraph -> files.
///
///     Stack    -> bytes     its CloudFormation template, JSON or YAML    (StackTemplate)
///              -> checked   its size, and what of its content is limited (TemplateLimitCheck, DynamicReferenceCheck)
///     all of them -> Manifest     and from it what deploys them          (DeploymentFiles)
///
/// Each stack is rendered on its own, so that they can be rendered side by side and need not be in memory together.
package struct TemplateRenderer: Sendable {
    private let graph: ResourceGraph
    private let format: TemplateFormat

    package init(_ graph: ResourceGraph, format: TemplateFormat) {
        self.graph = graph
        self.format = format
    }

    package func path(of index: StackIndex) -> String {
        String(joining: graph[index].templatePath, ".", format.rawValue)
    }

    package func render(_ index: StackIndex, into diagnostics: inout Diagnostics) -> RenderedTemplate {
        render(index, into: &diagnostics) { RenderedTemplate(summary: $0, bytes: Array($1)) }
    }

    /// `body` is lent the bytes.
    package func render<Result>(
        _ index: StackIndex, into diagnostics: inout Diagnostics,
        _ body: (TemplateSummary, UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let context = TemplateContext(graph, index)
        var writer = TemplateWriter(format == .json ? .json : .yaml)
        StackTemplate(context: context).write(to: &writer)
        return writer.finish { bytes in
            TemplateLimitCheck(context: context, size: bytes.count).run(into: &diagnostics)
            DynamicReferenceCheck(stack: context.stack, bytes: bytes).run(into: &diagnostics)
            diagnostics.report(contentsOf: context.diagnostics)
            let summary = TemplateSummary(
                stack: index, path: path(of: index), resources: context.stack.resources.count)
            return body(summary, bytes)
        }
    }
}
