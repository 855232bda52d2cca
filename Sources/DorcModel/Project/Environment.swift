package import DorcText

/// One place that the project is deployed to.
package struct Environment: Sendable {
    package struct Network: Sendable {
        package var vpcID: CloudFormationValue
        package var subnetIDs: CloudFormationValue
        /// Beside the environment's own; nil for none.
        package var securityGroupIDs: CloudFormationValue?
        /// Beside HTTPS to everywhere.
        package var egress: [EgressRule]

        package init(
            vpcID: CloudFormationValue, subnetIDs: CloudFormationValue, securityGroupIDs: CloudFormationValue? = nil,
            egress: [EgressRule]
        ) {
            self.vpcID = vpcID
            self.subnetIDs = subnetIDs
            self.securityGroupIDs = securityGroupIDs
            self.egress = egress
        }
    }

    package var name: String
    package var range: SourceRange
    /// Nil: whichever account deploys.
    package var account: String?
    package var region: String
    /// The project's and its own.
    package var tags: [String: String]
    package var variables: [String: String]
    package var network: Network?
    /// The VPC that the functions are about to leave: its security group stays until they have.
    package var previousVPCID: CloudFormationValue?
    /// Of that VPC: jobs that run there go on.
    package var previousSubnetIDs: CloudFormationValue?
    package var encryption: Encryption
    package var permissionsBoundary: CloudFormationValue?
    package var additionalPolicies: AdditionalPolicies
    package var notifications: Notifications
    package var jobs = JobSettings()

    package var partition: Partition { Partition.of(region: region) }

    package init(
        name: String, range: SourceRange, account: String? = nil, region: String, tags: [String: String],
        variables: [String: String], network: Network? = nil, previousVPCID: CloudFormationValue? = nil,
        encryption: Encryption, permissionsBoundary: CloudFormationValue? = nil, additionalPolicies: AdditionalPolicies,
        notifications: Notifications
    ) {
        self.name = name
        self.range = range
        self.account = account
        self.region = region
        self.tags = tags
        self.variables = variables
        self.network = network
        self.previousVPCID = previousVPCID
        self.encryption = encryption
        self.permissionsBoundary = permissionsBoundary
        self.additionalPolicies = additionalPolicies
        self.notifications = notifications
    }

    /// Of logs and failure notices.
    package enum Encryption: Sendable {
        /// With a key of the environment's own.
        case ownKey
        case key(CloudFormationValue)
        /// As AWS does by itself.
        case aws

        package static let awsName = "aws"
    }
}

/// Managed policies of the user's, one for each role.
package struct AdditionalPolicies: Sendable {
    package var lambda: CloudFormationValue?
    package var stateMachine: CloudFormationValue?
    package var trigger: CloudFormationValue?

    package init(
        lambda: CloudFormationValue? = nil, stateMachine: CloudFormationValue? = nil,
        trigger: CloudFormationValue? = nil
    ) {
        self.lambda = lambda
        self.stateMachine = stateMachine
        self.trigger = trigger
    }
}

/// What the environment's security group lets out.
package struct EgressRule: Hashable, Sendable {
    package enum Transport: String, Sendable, CaseIterable {
        case tcp, udp
    }

    package enum Destination: Hashable, Sendable {
        case ipv4(String)
        case ipv6(String)
        case securityGroup(CloudFormationValue)
        case prefixList(String)
    }

    package var transport: Transport
    package var ports: ClosedRange<Int>
    package var destination: Destination

    package init(
        transport: Transport, ports: ClosedRange<Int>, destination: Destination
    ) {
        self.transport = transport
        self.ports = ports
        self.destination = destination
    }

    /// What every environment's security group has: AWS's own services are reached by it.
    package static let https = EgressRule(transport: .tcp, ports: 443...443, destination: .ipv4("0.0.0.0/0"))
}
