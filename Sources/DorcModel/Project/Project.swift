package import DorcText

/// A whole config repository, read, checked and worked out for every environment: what the synthesizer takes.
package struct Project: Sendable {
    package var name: String
    package var file: SourceFile
    /// What tells the config repository from others that deploy to the same account.
    package var repository: String?
    package var tags: [String: String]
    package var images: ImageSettings
    /// The account that holds the images of all environments; nil where each environment's own does.
    package var registryAccount: String?
    /// In the order of dorc.yaml.
    package var environments: [Environment]
    /// By layer, then by name.
    package var pipelines: [Pipeline]

    package init(
        name: String, file: SourceFile, repository: String? = nil, tags: [String: String], images: ImageSettings,
        registryAccount: String? = nil, environments: [Environment], pipelines: [Pipeline]
    ) {
        self.name = name
        self.file = file
        self.repository = repository
        self.tags = tags
        self.images = images
        self.registryAccount = registryAccount
        self.environments = environments
        self.pipelines = pipelines
    }
}

package struct ImageSettings: Sendable {
    package var dockerfile = Defaults.dockerfile
    package var architecture = Defaults.architecture
    package var include: [Located<String>] = []
    package var untaggedExpiryDays = Defaults.untaggedExpiry.seconds / 86400
    /// Images with a tag in each repository.
    package var keep = Defaults.keptImages
    /// Sorted by name.
    package var buildArguments: [(name: String, value: String)] = []

    package init() {}
}

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
    package var encryption: Encryption
    package var permissionsBoundary: CloudFormationValue?
    package var additionalPolicies: AdditionalPolicies
    package var notifications: Notifications

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

    /// Who is told of runs that failed and of triggers that could not start one.
    package enum Notifications: Sendable {
        /// A topic of the environment's own, with these addresses.
        case ownTopic(emails: [String])
        case topic(CloudFormationValue)
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

/// The instruction set of the images and their Lambdas, named as Lambda names it.
package enum Architecture: String, Sendable, CaseIterable {
    case x86_64, arm64

    /// As Docker names it.
    package var platform: String {
        switch self {
        case .x86_64: "linux/amd64"
        case .arm64: "linux/arm64"
        }
    }
}
