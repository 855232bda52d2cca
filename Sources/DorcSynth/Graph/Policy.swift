internal import DorcModel

/// An IAM policy: of a role, a key, a topic, a queue or a repository.
package struct PolicyDocument: Sendable {
    package var statements: [PolicyStatement]

    package init(_ statements: [PolicyStatement]) {
        self.statements = statements
    }
}

package struct PolicyStatement: Sendable {
    package enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    package enum Principal: Sendable {
        case service(Expression)
        /// The roots of accounts, which stand for all of an account's identities.
        case accounts([ARN])
        case everyone
    }

    package struct Condition: Sendable {
        package var operation: String
        package var key: String
        package var values: [Expression]

        package init(_ operation: String, _ key: String, _ values: [Expression]) {
            self.operation = operation
            self.key = key
            self.values = values
        }

        /// The call comes from this account, which keeps other accounts from using a service as their deputy.
        package static let ownAccount = Condition("StringEquals", "aws:SourceAccount", [.accountID])
    }

    package var sid: String?
    package var effect: Effect
    package var principal: Principal?
    package var actions: [String]
    /// Empty in policies that are attached to what they speak of.
    package var resources: [Expression]
    package var conditions: [Condition]

    package init(
        _ sid: String?, effect: Effect = .allow, principal: Principal? = nil, _ actions: [String],
        on resources: [Expression] = [], where conditions: [Condition] = []
    ) {
        self.sid = sid
        self.effect = effect
        self.principal = principal
        self.actions = actions
        self.resources = resources
        self.conditions = conditions
    }

    /// Of a role's trust policy.
    static func trust(_ service: String, where conditions: [Condition]) -> PolicyStatement {
        PolicyStatement(nil, principal: .service(.literal(service)), ["sts:AssumeRole"], where: conditions)
    }

    /// What the user wrote.
    init(_ permission: Permission) {
        self.init(nil, permission.actions, on: permission.resources.map { .text($0) })
    }

    var references: [Reference] {
        resources.compactMap(\.reference) + conditions.flatMap { $0.values.compactMap(\.reference) }
    }
}
