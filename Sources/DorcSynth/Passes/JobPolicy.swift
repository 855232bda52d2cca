internal import CloudFormation
internal import DorcModel

/// What `.sync` needs beside the call itself: to look after the jobs, and the rules by which EventBridge tells of their ends. From
/// the table of integrations; what `permissions` already allow is left out, so that they can be narrower.
struct JobPolicy {
    let integrations: [Integration]
    let permissions: [Permission]

    init(_ integrations: [Integration], _ permissions: [Permission]) {
        self.integrations = integrations
        self.permissions = permissions
    }

    var statements: [PolicyStatement] {
        var statements: [PolicyStatement] = []
        var rules: Set<String> = []
        var known: Set<FollowingRights> = []
        for integration in integrations {
            guard let following = integration.following, known.insert(following).inserted else { continue }
            if let rule = following.rule { rules.insert(rule) }
            for (position, statement) in following.statements.enumerated() {
                let missing = statement.actions.filter { action in !permissions.contains { $0.allows(action) } }
                guard let first = missing.first else { continue }
                let sid = "Follow" + Self.word(integration.service) + Self.word(integration.action)
                statements.append(
                    PolicyStatement(
                        position == 0 ? sid : "\(sid)\(position + 1)", missing,
                        on: resources(statement.scope, of: integration, service: String(first.prefix { $0 != ":" }))))
            }
        }
        if !rules.isEmpty {
            statements.append(
                PolicyStatement(
                    "FollowJobsThroughEvents", ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
                    on: rules.sorted().map { .arn(ARN("events", "rule/", $0)) }))
        }
        return statements
    }

    private func resources(_ scope: FollowingRights.Scope, of integration: Integration, service: String) -> [Expression]
    {
        let called = permissions.filter { permission in integration.rights.contains(where: permission.allows) }
            .flatMap(\.resources).filter { $0.sample != "*" }
        switch scope {
        case .everything: return [.literal("*")]
        case .own(let pattern): return [.arn(ARN(service, pattern))]
        case .called(let pattern): return called.isEmpty ? [.arn(ARN(service, pattern))] : called.map { .text($0) }
        case .executions:
            let executions = called.compactMap(\.executions)
            return executions.isEmpty ? [.arn(ARN(service, "execution:*"))] : executions.map { .text($0) }
        }
    }

    /// A Sid has letters and digits only.
    private static func word(_ text: String) -> String {
        text.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension Text {
    /// Those of the state machine of this ARN; nil for the ARN of something else.
    fileprivate var executions: Text? {
        guard sample.contains(":stateMachine:") else { return nil }
        return mapLiterals { $0.replacing(":stateMachine:", with: ":execution:") } + .literal(":*")
    }
}
