internal import DorcSynth
internal import DorcText
internal import OrderedCollections

/// Limits of AWS's that only the finished template shows (`limits.md`, "Templates and stacks" and "Content").
struct TemplateLimitCheck {
    /// CloudFormation's guide gives 1,048,576 bytes for a template in S3; cfn-lint refuses more than 1,000,000.
    private static let template = Limit(1_000_000)

    let context: TemplateContext
    /// Bytes of the template.
    let size: Int

    private var stack: Stack { context.stack }

    func run(into diagnostics: inout Diagnostics) {
        // A definition that is too large makes the template so.
        if !checkResources(&diagnostics) { checkSize(&diagnostics) }
    }

    private func checkSize(_ diagnostics: inout Diagnostics) {
        Self.template.check(size, &diagnostics) { severity in
            Diagnostic(
                .templateTooLarge, severity, at: stack.origin,
                "the template of `\(stack.name)` has \(size) bytes; at most \(Self.template.most) are possible",
                help: stack.kind == .core
                    ? "split the pipeline into several, and run them with `pipeline:` steps"
                    : "shorten `tags`, or let fewer environments share one registry")
        }
    }

    /// - Returns: whether a state machine is too large.
    private func checkResources(_ diagnostics: inout Diagnostics) -> Bool {
        var hasTooLargeMachine = false
        var isFirst = true
        for node in stack.resources.values {
            let areAlike = type(of: node.resource).haveSameContent
            if areAlike, !isFirst { continue }
            if areAlike { isFirst = false }
            for content in node.resource.contentSizes(in: context, ofTemplate: size) {
                let place = areAlike ? stack.origin : node.origin
                Limit(content.most).check(content.length, &diagnostics) { .tooLarge(content, $0, at: place) }
                if content.kind == .stateMachine, content.length > content.most { hasTooLargeMachine = true }
            }
        }
        return hasTooLargeMachine
    }
}

extension Diagnostic {
    fileprivate static func tooLarge(
        _ content: ContentSize, _ severity: Severity, at place: SourceRange
    ) -> Diagnostic {
        func text(_ unit: String) -> String {
            "\(content.what) has about \(content.length) \(unit); at most \(content.most) are possible"
        }
        switch content.kind {
        case .policy:
            return Diagnostic(.policyTooLarge, severity, at: place, text("characters"), help: content.help)
        case .stateMachine:
            return Diagnostic(.definitionTooLarge, severity, at: place, text("bytes"), help: content.help)
        }
    }
}
