/// A value of dorc.yaml that CloudFormation works out at deployment: its functions over pseudo parameters and other
/// stacks' exports, checked as far as a file alone allows.
package indirect enum CloudFormationValue: Sendable, Equatable {
    case text(String)
    case list([CloudFormationValue])
    /// A pseudo parameter, such as `AWS::Region`.
    case ref(String)
    /// Text with `${AWS::Region}` and its like.
    case sub(String)
    case importValue(CloudFormationValue)
    case split(String, CloudFormationValue)
    case join(String, CloudFormationValue)
    case select(Int, CloudFormationValue)

    /// The text, where it is known now.
    package var literal: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// Whether deployment gives a list rather than one text.
    package var isList: Bool {
        switch self {
        case .list, .split: true
        default: false
        }
    }

    package static let pseudoParameters = [
        "AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
    ]
}
