internal import DorcModel
internal import DorcText

/// Whether Step Functions has an integration, and what is meant where it has not.
enum IntegrationCheck {
    /// `text` is the part of the ARN after `arn:aws:states:::`. Nil where AWS would refuse it, which is reported.
    static func parse(_ text: String, at range: SourceRange, into diagnostics: inout Diagnostics) -> Integration? {
        let pattern = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
        if let pattern, pattern.isEmpty || Integration.Pattern(rawValue: String(pattern)) == nil {
            diagnostics.report(.unknownPattern(String(pattern), at: range))
            return nil
        }
        guard let integration = Integration(text) else {
            diagnostics.report(.noIntegration(text, at: range))
            return nil
        }
        let isKnown =
            integration.isSDK
            ? check(sdk: integration, at: range, &diagnostics) : check(optimized: integration, at: range, &diagnostics)
        return isKnown ? integration : nil
    }

    // MARK: Optimised integrations

    private static func check(
        optimized integration: Integration, at range: SourceRange, _ diagnostics: inout Diagnostics
    ) -> Bool {
        let services = OptimizedIntegration.services
        guard let actions = services[integration.service] else {
            let meant = Meant(integration.service, among: services.keys.sorted())
            diagnostics.report(.noOptimizedService(integration, meant: meant, at: range))
            return meant?.isCertain != true
        }
        guard let row = actions.first(where: { $0.action == integration.action }) else {
            let known = actions.map(\.action)
            let meant = Meant(integration.action, among: known)
            diagnostics.report(.noOptimizedAction(integration, known: known, meant: meant, at: range))
            return meant?.isCertain != true
        }
        guard row.patterns.contains(integration.pattern) else {
            diagnostics.report(.noPattern(integration, known: row.patterns, at: range))
            return false
        }
        return true
    }

    // MARK: The SDK

    private static func check(
        sdk integration: Integration, at range: SourceRange, _ diagnostics: inout Diagnostics
    ) -> Bool {
        guard let service = SDKActions.service(integration.service) else {
            let meant = SDKServiceName.meant(by: integration.service)
            diagnostics.report(.noSDKService(integration, meant: meant, at: range))
            return meant?.isCertain != true
        }
        guard service.has(integration.action) else {
            let meant = Meant(integration.action, among: service.actions)
            diagnostics.report(.noSDKAction(integration, meant: meant, at: range))
            return meant?.isCertain != true
        }
        guard !integration.pattern.waitsForEnd else {
            diagnostics.report(.noSyncOfSDK(integration, at: range))
            return false
        }
        return true
    }
}

/// A known name that was meant by one that is not known: certainly so, or only near to it. AWS adds names, and what is only near may be
/// one of them.
struct Meant {
    var name: String
    var isCertain: Bool
}

extension Meant {
    init?(_ written: String, among known: [String]) {
        let folded = written.lowercased()
        if let same = known.first(where: { $0.lowercased() == folded }) {
            self.init(name: same, isCertain: true)
        } else if let near = Suggestion.closest(to: written, among: known) {
            self.init(name: near, isCertain: Suggestion.isSlip(written, of: near))
        } else {
            return nil
        }
    }
}

/// How Step Functions spells a service that other tools of AWS spell in another way.
enum SDKServiceName {
    /// The names of the CLI that neither the SDK's name nor IAM's prefix tells.
    static let others = [
        "stepfunctions": "sfn", "elb": "elasticloadbalancing", "elbv2": "elasticloadbalancingv2",
        "deploy": "codedeploy",
        "cognitoidp": "cognitoidentityprovider", "logs": "cloudwatchlogs", "events": "eventbridge",
        "cloudwatchevents": "eventbridge", "elasticfilesystem": "efs", "rdsdataservice": "rdsdata", "waf2": "wafv2",
    ]

    static func meant(by name: String) -> Meant? {
        let folded = name.lowercased().split(separator: "-").joined()
        if let other = others[folded] { return Meant(name: other, isCertain: true) }
        if SDKActions.service(folded) != nil { return Meant(name: folded, isCertain: true) }
        let services = SDKActions.services
        if let service = services.first(where: { $0.vendor == name.lowercased() }) {
            return Meant(name: service.name, isCertain: true)
        }
        return Meant(folded, among: services.map(\.name))
    }
}

extension Diagnostic {
    private static let arn = "arn:aws:states:::"
    private static let later = "if AWS has added this one since, ignore the warning"

    private static func severity(_ meant: Meant?) -> Severity { meant?.isCertain == true ? .error : .warning }

    /// - Parameter text: an integration, without `arn:aws:states:::`.
    static func noIntegration(_ text: String, at range: SourceRange) -> Diagnostic { .noTask(arn + text, at: range) }

    fileprivate static func unknownPattern(_ pattern: String, at range: SourceRange) -> Diagnostic {
        let known = Integration.Pattern.allCases.map(\.rawValue).filter { !$0.isEmpty }
        return Diagnostic(
            .invalidTask, at: range.firstLine, "`.\(pattern)` is not a way to wait for a task",
            help: "write `.sync`, `.sync:2` or `.waitForTaskToken`, whichever the integration has",
            replacement: Suggestion.closest(to: pattern, among: known).map { ".\($0)" })
    }

    fileprivate static func noOptimizedService(_ integration: Integration, meant: Meant?, at range: SourceRange)
        -> Diagnostic
    {
        let sdk = SDKActions.service(integration.service)?.name ?? SDKServiceName.meant(by: integration.service)?.name
        let pattern = integration.pattern.waitsForEnd ? "" : integration.pattern.suffix
        let way =
            sdk.map { "`\(arn)aws-sdk:\($0):\(integration.action)\(pattern)`" } ?? "`\(arn)aws-sdk:<service>:<action>`"
        return Diagnostic(
            .invalidTask, severity(meant), at: range.firstLine,
            "Step Functions has no optimised integration of `\(integration.service)`",
            help: "call any action of AWS as \(way)" + (meant?.isCertain == true ? "" : "; \(later)"),
            replacement: meant.map { "\(arn)\($0.name):\(integration.action)\(integration.pattern.suffix)" })
    }

    fileprivate static func noOptimizedAction(
        _ integration: Integration, known: [String], meant: Meant?, at range: SourceRange
    ) -> Diagnostic {
        let listed = known.map { "`\($0)`" }.joined(separator: ", ")
        var help = "it has \(listed)"
        if let service = SDKActions.service(integration.service), service.has(integration.action) {
            help += "; call this one as `\(arn)aws-sdk:\(integration.service):\(integration.action)`"
        }
        if meant?.isCertain != true { help += "; \(later)" }
        return Diagnostic(
            .invalidTask, severity(meant), at: range.firstLine,
            "the optimised integration of `\(integration.service)` has no action `\(integration.action)`", help: help,
            replacement: meant.map {
                "\(arn)\(integration.service):\($0.name)\(integration.pattern.suffix)"
            })
    }

    fileprivate static func noPattern(
        _ integration: Integration, known: Set<Integration.Pattern>, at range: SourceRange
    ) -> Diagnostic {
        let possible = Integration.Pattern.allCases.filter(known.contains)
            .map { "`\(arn)\(integration.name)\($0.suffix)`" }
        return Diagnostic(
            .invalidTask, at: range.firstLine,
            "`\(integration.name)` has no `\(integration.pattern.suffix)`",
            help: "write \(possible.joined(separator: " or ")): see \(integration.page)")
    }

    fileprivate static func noSDKService(_ integration: Integration, meant: Meant?, at range: SourceRange)
        -> Diagnostic
    {
        Diagnostic(
            .invalidTask, severity(meant), at: range.firstLine,
            "`aws-sdk` has no service `\(integration.service)`",
            help: meant?.isCertain != true
                ? "its services are those of \(SDKActions.origin); if AWS has added this one since, ignore the warning: see \(integration.page)"
                : nil,
            replacement: meant.map { "\(arn)aws-sdk:\($0.name):\(integration.action)\(integration.pattern.suffix)" })
    }

    fileprivate static func noSDKAction(_ integration: Integration, meant: Meant?, at range: SourceRange) -> Diagnostic
    {
        Diagnostic(
            .invalidTask, severity(meant), at: range.firstLine,
            "`aws-sdk:\(integration.service)` has no action `\(integration.action)` that Step Functions can call",
            help: meant?.isCertain != true
                ? "its actions are those of \(SDKActions.origin); if AWS has added this one since, ignore the warning: see \(integration.page)"
                : nil,
            replacement: meant.map { "\(arn)aws-sdk:\(integration.service):\($0.name)\(integration.pattern.suffix)" })
    }

    fileprivate static func noSyncOfSDK(_ integration: Integration, at range: SourceRange) -> Diagnostic {
        var optimized = integration
        optimized.isSDK = false
        let row = OptimizedIntegration.services[integration.service]?.first { $0.action == integration.action }
        let isPossible = row?.patterns.contains(integration.pattern) == true
        return Diagnostic(
            .invalidTask, at: range.firstLine, "an action of `aws-sdk` has no `\(integration.pattern.suffix)`",
            help: isPossible
                ? "the optimised integration of `\(integration.service)` has it"
                : "use `.waitForTaskToken`, or ask for the state in a loop of a `definition`",
            replacement: isPossible ? "\(arn)\(optimized.name)\(integration.pattern.suffix)" : nil)
    }
}
