/// A text with its variables replaced for one environment. The account is known only to CloudFormation where the environment does not
/// name one.
package typealias Text = Interpolated<PseudoParameter>

/// What CloudFormation knows at deployment (user guide, "Pseudo parameters").
package enum PseudoParameter: String, Hashable, Sendable {
    case accountID = "AWS::AccountId"

    /// Stands for it in checks of length and pattern.
    package var sample: String {
        switch self {
        case .accountID: "000000000000"
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
