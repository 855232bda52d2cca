internal import DorcModel
internal import DorcText

/// Whether the machine's role may do what a task calls.
struct CallPermissionCheck {
    /// IAM's patterns that the user allows: of the step, of the pipeline.
    let actions: [String]

    /// The actions that no statement allows. Empty where nothing is known, or `permissions` are empty on purpose.
    func missing(for integration: Integration) -> [String] {
        guard !actions.isEmpty else { return [] }
        // A wrong prefix is reported where it is written.
        let meant = actions.map { IAMPrefix.meant(by: $0) ?? $0 }
        return integration.rights.filter { right in !meant.contains { ActionPattern.matches($0, right) } }
    }

    func run(_ integration: Integration, at range: SourceRange, into diagnostics: inout Diagnostics) {
        let missing = missing(for: integration)
        if !missing.isEmpty { diagnostics.report(.rightIsMissing(missing, for: integration, at: range)) }
        Self.checkFollowing(integration, at: range, into: &diagnostics)
    }

    static func checkFollowing(_ integration: Integration, at range: SourceRange, into diagnostics: inout Diagnostics) {
        if integration.lacksFollowing { diagnostics.report(.unknownFollowing(integration, at: range)) }
    }
}

extension Diagnostic {
    fileprivate static func rightIsMissing(_ rights: [String], for integration: Integration, at range: SourceRange)
        -> Diagnostic
    {
        let listed = rights.map { "`\($0)`" }.joined(separator: " and ")
        return Diagnostic(
            .taskWithoutPermissions, at: range.firstLine,
            "`\(integration.name)` needs the right \(listed), and no `permissions` allow it",
            help: "as in `permissions: [{actions: [\(rights.joined(separator: ", "))], resources: [...]}]`")
    }

    fileprivate static func unknownFollowing(_ integration: Integration, at range: SourceRange) -> Diagnostic {
        let service = integration.service
        return Diagnostic(
            .taskWithoutPermissions, at: range.firstLine,
            "dorc does not know what `\(integration.pattern.suffix)` of `\(integration.name)` needs",
            help:
                "allow what describes and stops the job in `\(service)`, and `events:PutRule`, `events:PutTargets` and"
                + " `events:DescribeRule` on the rule `StepFunctionsGetEvents*`: see \(integration.page)")
    }
}
