internal import DorcText

/// A value of dorc.yaml that CloudFormation works out at deployment: its functions over pseudo parameters and other
/// stacks' exports, checked as far as a file alone allows.
package indirect enum CloudFormationValue: Sendable, Hashable {
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

    /// What is written, in one spelling: two values that differ have two.
    package var spelling: String {
        switch self {
        case .text(let text): JSONText.literal(text)
        case .list(let items): "[\(items.map(\.spelling).joined(separator: ","))]"
        case .ref(let name): "Ref(\(JSONText.literal(name)))"
        case .sub(let text): "Sub(\(JSONText.literal(text)))"
        case .importValue(let name): "ImportValue(\(name.spelling))"
        case .split(let delimiter, let text): "Split(\(JSONText.literal(delimiter)),\(text.spelling))"
        case .join(let delimiter, let list): "Join(\(JSONText.literal(delimiter)),\(list.spelling))"
        case .select(let index, let list): "Select(\(index),\(list.spelling))"
        }
    }

    package static let pseudoParameters = [
        "AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
    ]
}
