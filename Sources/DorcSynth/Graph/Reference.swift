internal import CloudFormation
internal import DorcModel

/// An edge of the graph: an attribute of another resource. Only writing turns it into `Ref`, `Fn::GetAtt`, a computed
/// ARN or an import.
package struct Reference: Hashable, Sendable {
    package enum Attribute: Hashable, Sendable {
        case arn
        /// The id of a security group.
        case groupID
        /// The name of a log group or a queue.
        case name
        /// What a queue is known by where not by its ARN.
        case url
    }

    package var target: ResourceID
    package var attribute: Attribute

    package init(target: ResourceID, attribute: Attribute) {
        self.target = target
        self.attribute = attribute
    }
}

/// A property's value that is not known as text: it depends on where and with what it is deployed.
indirect enum Expression: Sendable {
    case text(Text)
    case reference(Reference)
    case arn(ARN)
    /// The account that the stack is deployed to.
    case accountID
    /// What the user wrote with CloudFormation's own functions.
    case deployTime(CloudFormationValue)
    /// A service's name, as in `logs.eu-west-2.amazonaws.com`.
    case regionalService(String)

    static func literal(_ text: String) -> Expression { .text(.literal(text)) }

    var references: [Reference] {
        if case .reference(let reference) = self { [reference] } else { [] }
    }
}
