internal import DorcSynth

extension StackLowering {
    func value(_ policy: PolicyDocument) -> Value {
        .object([
            "Version": .string("2012-10-17"),
            "Statement": .list(policy.statements.map(value)),
        ])
    }

    private func value(_ statement: PolicyStatement) -> Value {
        .object([
            "Sid": statement.sid.map { .string($0) },
            "Effect": .string(statement.effect.rawValue),
            "Principal": statement.principal.map(value),
            "Action": .oneOrList(statement.actions.map { .string($0) }),
            "Resource": statement.resources.isEmpty ? nil : .oneOrList(statement.resources.map(value)),
            "Condition": statement.conditions.isEmpty ? nil : value(statement.conditions),
        ])
    }

    private func value(_ principal: PolicyStatement.Principal) -> Value {
        switch principal {
        case .service(let name): .object(["Service": value(name)])
        case .accounts(let arns): .object(["AWS": .oneOrList(arns.map(value))])
        case .everyone: .string("*")
        }
    }

    /// Conditions with the same operation stand in one mapping.
    private func value(_ conditions: [PolicyStatement.Condition]) -> Value {
        var operations: [Value.Member] = []
        for condition in conditions {
            let member = Value.Member(condition.key, .oneOrList(condition.values.map(value)))
            if let position = operations.firstIndex(where: { $0.key == condition.operation }),
                case .map(let members) = operations[position].value
            {
                operations[position].value = .map(members + [member])
            } else {
                operations.append(Value.Member(condition.operation, .map([member])))
            }
        }
        return .map(operations)
    }
}
