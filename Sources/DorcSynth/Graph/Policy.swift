internal import CloudFormation
internal import DorcModel

/// An IAM policy: of a role, a key, a topic, a queue or a repository (IAM guide, "IAM JSON policy elements reference").
struct PolicyDocument: Sendable {
    var statements: [PolicyStatement]

    init(_ statements: [PolicyStatement]) {
        self.statements = statements
    }

    var references: [Reference] { statements.flatMap(\.references) }

    func write(to policy: inout TemplateWriter, in stack: TemplateContext) {
        policy.object {
            $0["Version"] = "2012-10-17"
            $0.list("Statement") {
                for statement in statements { statement.write(to: &$0, in: stack) }
            }
        }
    }

    /// Characters, as AWS counts them.
    func deployedLength(in stack: TemplateContext) -> Int {
        TemplateWriter.deployedLength(nameLength: stack.nameLength) { write(to: &$0, in: stack) }
    }
}

struct PolicyStatement: Sendable {
    enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    enum Principal: Sendable {
        case service(Expression)
        /// The roots of accounts, which stand for all of an account's identities.
        case accounts([ARN])
        case everyone
    }

    struct Condition: Sendable {
        var operation: String
        var key: String
        var values: [Expression]

        init(_ operation: String, _ key: String, _ values: [Expression]) {
            self.operation = operation
            self.key = key
            self.values = values
        }

        /// The call comes from this account, which keeps other accounts from using a service as their deputy.
        static let ownAccount = Condition("StringEquals", "aws:SourceAccount", [.accountID])
    }

    var sid: String?
    var effect: Effect
    var principal: Principal?
    var actions: [String]
    /// Empty in policies that are attached to what they speak of.
    var resources: [Expression]
    var conditions: [Condition]

    init(
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

    var references: [Reference] {
        resources.flatMap(\.references) + conditions.flatMap { $0.values.flatMap(\.references) }
    }
}

extension PolicyStatement {
    fileprivate func write(to list: inout TemplateWriter, in stack: TemplateContext) {
        list.object {
            $0["Sid"] = sid
            $0["Effect"] = effect.rawValue
            if let principal {
                $0.key("Principal")
                principal.write(to: &$0, in: stack)
            }
            $0.key("Action")
            $0.oneOrList(actions) { $0.add($1) }
            if !resources.isEmpty {
                $0.key("Resource")
                $0.oneOrList(resources) { $0.add(stack.value($1)) }
            }
            if !conditions.isEmpty { $0.object("Condition") { write(conditions, to: &$0, in: stack) } }
        }
    }

    /// Conditions with the same operation stand in one mapping.
    private func write(_ conditions: [Condition], to object: inout TemplateWriter, in stack: TemplateContext) {
        for (position, first) in conditions.enumerated()
        where !conditions[..<position].contains(where: { $0.operation == first.operation }) {
            object.key(first.operation)
            object.object {
                for condition in conditions where condition.operation == first.operation {
                    $0.key(condition.key)
                    $0.oneOrList(condition.values) { $0.add(stack.value($1)) }
                }
            }
        }
    }
}

extension PolicyStatement.Principal {
    fileprivate func write(to value: inout TemplateWriter, in stack: TemplateContext) {
        switch self {
        case .service(let name): value.object { $0["Service"] = stack.value(name) }
        case .accounts(let arns):
            value.object {
                $0.key("AWS")
                $0.oneOrList(arns) { $0.add(.arn($1)) }
            }
        case .everyone: value.add("*")
        }
    }
}

extension TemplateWriter {
    /// One value as it is, several as a list: how IAM's policies are usually written.
    fileprivate mutating func oneOrList<Element>(
        _ elements: [Element], _ write: (inout TemplateWriter, Element) -> Void
    ) {
        if elements.count == 1, let element = elements.first {
            write(&self, element)
        } else {
            list {
                for element in elements { write(&$0, element) }
            }
        }
    }
}
