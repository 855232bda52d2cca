package import DorcModel

/// An edge of the graph: an attribute of another resource. Only rendering turns it into `Ref`, `Fn::GetAtt`, a computed
/// ARN or an import.
package struct Reference: Hashable, Sendable {
    package enum Attribute: Hashable, Sendable {
        case arn
        /// The id of a security group.
        case groupID
        /// The name of a log group or a queue.
        case name
    }

    package var target: ResourceID
    package var attribute: Attribute

    package init(target: ResourceID, attribute: Attribute) {
        self.target = target
        self.attribute = attribute
    }
}

/// A property's value that is not known as text: it depends on where and with what it is deployed.
package indirect enum Expression: Sendable {
    case text(Text)
    case reference(Reference)
    case arn(ARN)
    /// The account that the stack is deployed to.
    case accountID
    /// What the user wrote with CloudFormation's own functions.
    case deployTime(CloudFormationValue)
    /// A service's name, as in `logs.eu-west-2.amazonaws.com`.
    case regionalService(String)

    package static func literal(_ text: String) -> Expression { .text(.literal(text)) }

    package var reference: Reference? {
        if case .reference(let reference) = self { reference } else { nil }
    }
}

/// An ARN in the partition that the stack is deployed to.
package struct ARN: Hashable, Sendable {
    package enum Account: Hashable, Sendable {
        /// The one that the stack is deployed to.
        case own
        case id(String)
        /// S3's ARNs name none.
        case none
    }

    package var service: String
    /// Whether the service is regional; then it is the stack's region.
    package var hasRegion: Bool
    package var account: Account
    package var resource: String

    package init(_ service: String, hasRegion: Bool = true, account: Account = .own, _ resource: String) {
        self.service = service
        self.hasRegion = hasRegion
        self.account = account
        self.resource = resource
    }
}
