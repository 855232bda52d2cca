internal import DorcModel
internal import DorcText

extension Permission {
    static func resolve(
        _ sections: [Located<PermissionSection>], _ context: ResolutionContext, into diagnostics: inout Diagnostics
    ) -> [Permission] {
        sections.compactMap { section -> Permission? in
            guard let actions = section.value.actions, let resources = section.value.resources else { return nil }
            for action in actions.value {
                if let meant = IAMPrefix.meant(by: action.value) {
                    diagnostics.report(.noPrefix(action.value, meant: meant, at: action.range))
                }
            }
            let texts = resources.value.map { resource in
                let expanded = context.expand(resource, &diagnostics)
                let text = expanded.sample
                if Identifiers.namesEverything(text) {
                    if section.value.reason == nil { diagnostics.report(.wildcard(text, at: resource.range)) }
                } else if context.isSound(resource.value), !Identifiers.isARN(text) {
                    diagnostics.report(.noARN(text, at: resource.range.firstLine))
                } else if context.isSound(resource.value) {
                    ARNRule.check(resource, context, &diagnostics)
                }
                return expanded
            }
            return Permission(range: section.range, actions: actions.value.map(\.value), resources: texts)
        }
    }
}

/// IAM names some services otherwise than the SDK does.
enum IAMPrefix {
    /// The action as IAM names it; nil where it may be IAM's own.
    static func meant(by action: String) -> String? {
        guard let colon = action.firstIndex(of: ":") else { return nil }
        let prefix = String(action[..<colon])
        // `opensearch` has actions of its own: those of OpenSearch's user interface.
        guard prefix != "opensearch" else { return nil }
        if let service = SDKActions.service(prefix) {
            guard let vendor = service.vendor, vendor != prefix, !SDKActions.hasVendor(prefix) else { return nil }
            return vendor + action[colon...]
        }
        guard let service = SDKServiceName.others[prefix], !SDKActions.hasVendor(prefix),
            let vendor = SDKActions.service(service)?.vendor
        else { return nil }
        return vendor + action[colon...]
    }
}

extension Diagnostic {
    fileprivate static func noPrefix(_ action: String, meant: String, at range: SourceRange) -> Diagnostic {
        let prefixes = (action.prefix { $0 != ":" }, meant.prefix { $0 != ":" })
        return Diagnostic(
            .invalidValue, at: range.firstLine,
            "IAM has no actions of `\(prefixes.0)`: `\(action)` would allow nothing",
            help: "IAM's prefix of the service is `\(prefixes.1)`", replacement: meant)
    }

    fileprivate static func wildcard(_ text: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .wildcardResource, at: range.firstLine, "`\(text)` allows the actions on every resource of the account",
            help: "name the resources' ARNs; if the action takes none, say so with `reason: ...`")
    }

    fileprivate static func noARN(_ text: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .invalidValue, at: range, "`\(text)` is not an ARN",
            help: "as in `arn:${partition}:sns:${region}:${account}:data-ready`; `*` alone needs a `reason`")
    }
}
