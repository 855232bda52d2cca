extension Permission {
    static func resolve(
        _ sections: [Located<PermissionSection>], _ scope: VariableScope, into diagnostics: inout Diagnostics
    ) -> [Permission] {
        sections.compactMap { section in
            guard let actions = section.value.actions, let resources = section.value.resources else { return nil }
            for resource in resources.value {
                let text = scope.expand(resource, &diagnostics).sample
                if Identifiers.namesEverything(text) {
                    if section.value.reason == nil { diagnostics.report(.wildcard(text, at: resource.range)) }
                } else if scope.isSound(resource.value), !Identifiers.isARN(text) {
                    diagnostics.report(.noARN(text, at: resource.range.firstLine))
                }
                if scope.isSound(resource.value) { ARNRule.check(resource, scope, &diagnostics) }
            }
            return Permission(
                range: section.range, actions: actions.value.map(\.value),
                resources: resources.value.map { text in
                    var findings = Diagnostics()
                    return scope.expand(text, &findings)
                })
        }
    }
}

extension Diagnostic {
    fileprivate static func wildcard(_ text: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "wildcard-resource", at: range.firstLine, "`\(text)` allows the actions on every resource of the account",
            help: "name the resources' ARNs; where the action takes none, say so with `reason: ...`")
    }

    fileprivate static func noARN(_ text: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "invalid-value", at: range, "`\(text)` is not an ARN",
            help: "as in `arn:${partition}:sns:${region}:${account}:data-ready`; `*` alone needs a `reason`")
    }
}
