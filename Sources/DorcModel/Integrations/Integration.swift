/// What a task calls by `arn:aws:states:::...`: an action that Step Functions has an integration of its own for, or any
/// action of AWS's SDK.
package struct Integration: Hashable, Sendable {
    /// "Service integration patterns" of the Step Functions guide.
    package enum Pattern: String, Hashable, Sendable, CaseIterable {
        case requestResponse = ""
        case sync
        case syncVersion2 = "sync:2"
        case waitForTaskToken

        package var suffix: String { self == .requestResponse ? "" : ".\(rawValue)" }
        package var waitsForEnd: Bool { self == .sync || self == .syncVersion2 }
    }

    package var service: String
    package var action: String
    package var isSDK: Bool
    package var pattern: Pattern

    /// As in `sns:publish`, `glue:startJobRun.sync` or `aws-sdk:s3:copyObject`; nil for what has another form, or a pattern
    /// that does not exist.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, let pattern = Pattern(rawValue: parts.count > 1 ? String(parts[1]) : ""),
            parts.count == 1 || pattern != .requestResponse
        else { return nil }
        var names = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        isSDK = names.first == "aws-sdk"
        if isSDK { names.removeFirst() }
        guard names.count == 2, names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isNameByte) }) else {
            return nil
        }
        service = names[0]
        action = names[1]
        self.pattern = pattern
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }

    /// Without the pattern.
    package var name: String { (isSDK ? "aws-sdk:" : "") + "\(service):\(action)" }

    /// The row of the table; nil for an action of the SDK, or one that there is not.
    package var optimized: OptimizedIntegration? {
        isSDK ? nil : OptimizedIntegration.services[service]?.first { $0.action == action }
    }

    /// IAM's actions that the call needs: what `permissions` have to allow. Empty where IAM has no say, or where the table
    /// does not know them.
    package var rights: [String] {
        if let optimized { return optimized.rights }
        guard isSDK, let known = SDKActions.service(service), let vendor = known.vendor,
            let right = known.right(of: action)
        else { return [] }
        return ["\(vendor):\(right)"]
    }

    /// What the pattern itself needs beside the call; nil where nothing.
    package var following: FollowingRights? { pattern.waitsForEnd ? optimized?.following : nil }

    /// Whether the table has no row of what waiting for the end needs.
    package var lacksFollowing: Bool { pattern.waitsForEnd && optimized?.following == nil }

    /// The guide's page about the service.
    package var page: String {
        let slug = isSDK ? "supported-services-awssdk" : OptimizedIntegration.pages[service] ?? "connect-\(service)"
        return "https://docs.aws.amazon.com/step-functions/latest/dg/\(slug).html"
    }
}

/// What `.sync` needs: Step Functions looks after the job with the machine's role, and for some services has EventBridge tell
/// of its end by a rule that it manages in the account.
package struct FollowingRights: Hashable, Sendable {
    package enum Scope: Hashable, Sendable {
        /// What `permissions` name for the call itself; if nothing, the resources of this pattern.
        case called(or: String)
        /// The executions of the state machines that `permissions` name for the call itself.
        case executions
        /// As in `task/*`, in the stack's account and region.
        case own(String)
        /// IAM knows no narrower resource, or the guide names none.
        case everything
    }

    package struct Statement: Hashable, Sendable {
        package var actions: [String]
        package var scope: Scope
    }

    package var statements: [Statement]
    /// The name of the managed rule.
    package var rule: String?

    init(_ statements: [(actions: [String], scope: Scope)], rule: String? = nil) {
        self.statements = statements.map { Statement(actions: $0.actions, scope: $0.scope) }
        self.rule = rule
    }

    /// Nothing beside the call: the cluster itself decides, or the job is followed with the right that starts it.
    static let none = FollowingRights([])
}
