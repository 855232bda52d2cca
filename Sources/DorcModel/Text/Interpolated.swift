/// Text with holes in it: literal pieces, and between them what only a later stage can put there.
///
/// The three stages differ in their holes alone: a text of pipeline.yaml has variables (`Variable`), one that is resolved for an
/// environment has what CloudFormation knows at deployment (`PseudoParameter`), and one of a user's state machine has functions too.
package enum Interpolated<Hole: Hashable & Sendable>: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case literal(String)
        case hole(Hole)
    }

    /// Without a hole, as most texts are.
    case literal(String)
    case parts([Part])

    /// Neighbouring literals become one.
    @inlinable package init(joining parts: [Part]) {
        var joined: [Part] = []
        var literal = ""
        for part in parts {
            switch part {
            case .literal(let text): literal += text
            case .hole:
                if !literal.isEmpty { joined.append(.literal(literal)) }
                joined.append(part)
                literal = ""
            }
        }
        if joined.isEmpty {
            self = .literal(literal)
        } else {
            self = .parts(literal.isEmpty ? joined : joined + [.literal(literal)])
        }
    }

    @inlinable package static func hole(_ hole: Hole) -> Interpolated { .parts([.hole(hole)]) }

    /// The text, where it has no hole.
    @inlinable package var literal: String? {
        if case .literal(let text) = self { text } else { nil }
    }

    @inlinable package var parts: [Part] {
        switch self {
        case .literal(let text): [.literal(text)]
        case .parts(let parts): parts
        }
    }

    @inlinable package var holes: [Hole] {
        guard case .parts(let parts) = self else { return [] }
        return parts.compactMap { if case .hole(let hole) = $0 { hole } else { nil } }
    }

    /// With every hole filled.
    @inlinable package func filled(_ text: (Hole) -> String) -> String {
        switch self {
        case .literal(let literal): literal
        case .parts(let parts):
            parts.map { part in
                switch part {
                case .literal(let literal): literal
                case .hole(let hole): text(hole)
                }
            }.joined()
        }
    }

    /// With each literal piece changed.
    @inlinable package func mapLiterals(_ transform: (String) -> String) -> Interpolated {
        switch self {
        case .literal(let text): .literal(transform(text))
        case .parts(let parts):
            .parts(parts.map { if case .literal(let text) = $0 { .literal(transform(text)) } else { $0 } })
        }
    }

    @inlinable package static func + (left: Interpolated, right: Interpolated) -> Interpolated {
        if case .literal(let first) = left, case .literal(let second) = right { return .literal(first + second) }
        return Interpolated(joining: left.parts + right.parts)
    }
}

extension Interpolated {
    /// What is before and after the `count`th such character of its literal pieces; nil where there are fewer.
    package func split(at separator: Character, count: Int = 1) -> (before: Interpolated, after: Interpolated)? {
        var left = count
        let parts = parts
        for index in parts.indices {
            guard case .literal(let literal) = parts[index] else { continue }
            for place in literal.indices where literal[place] == separator {
                left -= 1
                guard left == 0 else { continue }
                return (
                    Interpolated(joining: Array(parts[..<index]) + [.literal(String(literal[..<place]))]),
                    Interpolated(
                        joining: [.literal(String(literal[literal.index(after: place)...]))] + parts[(index + 1)...])
                )
            }
        }
        return nil
    }
}

/// A text with its variables replaced for one environment. The account is known only to CloudFormation where the environment does not
/// name one.
package typealias Text = Interpolated<PseudoParameter>

/// What CloudFormation knows at deployment (user guide, "Pseudo parameters").
package enum PseudoParameter: String, Hashable, Sendable {
    case accountID = "AWS::AccountId"
    case partition = "AWS::Partition"
    case region = "AWS::Region"

    /// Stands for it in checks of length and pattern.
    package var sample: String {
        switch self {
        case .accountID: "000000000000"
        case .partition: "aws"
        case .region: "us-east-1"
        }
    }
}

extension Interpolated<PseudoParameter> {
    /// For checks of length and pattern: the account written as twelve zeros.
    package var sample: String { filled(\.sample) }

    /// Whether Step Functions takes it for JSONata.
    package var isExpression: Bool {
        let text = sample
        return text.hasPrefix("{%") && text.hasSuffix("%}") && text.utf8.count >= 4
    }
}
