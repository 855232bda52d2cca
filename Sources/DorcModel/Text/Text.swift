/// A text after its variables were replaced for one environment. The account is known only to CloudFormation where
/// the environment does not name one.
package enum Text: Sendable, Equatable, Hashable {
    package enum Part: Sendable, Equatable, Hashable {
        case literal(String)
        case accountID
    }

    case literal(String)
    case parts([Part])

    /// Neighbouring literals become one.
    package init(joining parts: [Part]) {
        var joined: [Part] = []
        var literal = ""
        for part in parts {
            switch part {
            case .literal(let text): literal += text
            case .accountID:
                if !literal.isEmpty { joined.append(.literal(literal)) }
                joined.append(part)
                literal = ""
            }
        }
        if !literal.isEmpty { joined.append(.literal(literal)) }
        if joined.isEmpty {
            self = .literal("")
        } else if joined.count == 1, case .literal(let text) = joined[0] {
            self = .literal(text)
        } else {
            self = .parts(joined)
        }
    }

    package var literal: String? {
        if case .literal(let text) = self { text } else { nil }
    }

    /// For checks of length and pattern: the account written as twelve zeros.
    package var sample: String {
        switch self {
        case .literal(let text): text
        case .parts(let parts):
            parts.map { part in
                if case .literal(let text) = part { text } else { "000000000000" }
            }.joined()
        }
    }

    package var parts: [Part] {
        switch self {
        case .literal(let text): [.literal(text)]
        case .parts(let parts): parts
        }
    }

    package static func + (left: Text, right: Text) -> Text {
        if case .literal(let first) = left, case .literal(let second) = right { return .literal(first + second) }
        return .parts(left.parts + right.parts)
    }

    /// Whether Step Functions takes it for JSONata.
    package var isExpression: Bool {
        let text = sample
        return text.hasPrefix("{%") && text.hasSuffix("%}") && text.utf8.count >= 4
    }
}
