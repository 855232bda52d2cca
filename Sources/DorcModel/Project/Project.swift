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

    /// Of logs and failure notices.
    package enum Encryption: Sendable {
        /// With a key of the environment's own.
        case ownKey
        case key(CloudFormationValue)
        /// As AWS does by itself.
        case aws

        static let awsName = "aws"
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
