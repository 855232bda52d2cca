package import DorcModel
package import DorcSynth
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
///     all of them -> Manifest
///
/// Each stack is rendered on its own, so that they can be rendered side by side and need not be in memory together.
package struct TemplateRenderer: Sendable {
    /// CloudFormation's guide gives 1,048,576 bytes for a template in S3; cfn-lint refuses more than 1,000,000.
    static let templateLimit = 1_000_000
    private static let definitionLimit = 1_048_576

    private let graph: ResourceGraph
    private let format: TemplateFormat

    package init(_ graph: ResourceGraph, format: TemplateFormat) {
        self.graph = graph
        self.format = format
    }

    package func path(of index: StackIndex) -> String { "\(graph[index].templatePath).\(format.rawValue)" }

    package func render(_ index: StackIndex, into diagnostics: inout Diagnostics) -> RenderedTemplate {
        let stack = graph[index]
        let value = StackLowering(graph, index).template()
        let bytes: [UInt8]
        switch format {
        case .json: bytes = JSONWriter.write(value)
        case .yaml:
            bytes = YAMLEmitter.write(value) ?? []
            if bytes.isEmpty {
                diagnostics.report(
                    Diagnostic(
                        "yaml-emitter", at: stack.origin, "libyaml could not write the template of `\(stack.name)`"))
            }
        }
        if bytes.count > Self.templateLimit {
            diagnostics.report(
                Diagnostic(
                    "template-too-large", at: stack.origin,
                    "the template of `\(stack.name)` has \(bytes.count) bytes; at most \(Self.templateLimit) are possible",
                    help: "split the pipeline into several, and run them with `pipeline:` steps"))
        }
        checkDefinition(in: value, of: stack, templateSize: bytes.count, into: &diagnostics)
        let summary = TemplateSummary(
            stack: index, path: path(of: index), size: bytes.count, resources: stack.resources.count,
            sha256: HexadecimalDigest.sha256(bytes))
        return RenderedTemplate(summary: summary, bytes: bytes)
    }

    /// Step Functions takes 1,048,576 bytes, as CloudFormation writes them: as indented JSON. No template below a quarter
    /// of that can hold such a definition.
    private func checkDefinition(
        in template: Value, of stack: Stack, templateSize: Int, into diagnostics: inout Diagnostics
    ) {
        guard templateSize > Self.definitionLimit / 4, case .map(let members) = template,
            case .map(let resources) = members.first(where: { $0.key == "Resources" })?.value
        else { return }
        for resource in resources {
            guard case .map(let fields) = resource.value,
                case .map(let properties) = fields.first(where: { $0.key == "Properties" })?.value,
                let definition = properties.first(where: { $0.key == "Definition" })?.value
            else { continue }
            let size = JSONWriter.write(definition).count
            guard size > Self.definitionLimit * 9 / 10 else { continue }
            diagnostics.report(
                Diagnostic(
                    "definition-too-large", size > Self.definitionLimit ? .error : .warning, at: stack.origin,
                    "the state machine's definition has about \(size) bytes; at most \(Self.definitionLimit) are possible",
                    help: "split the pipeline into several, and run them with `pipeline:` steps"))
        }
    }
}
