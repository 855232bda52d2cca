package import DorcModel
package import DorcText

/// `dorc.yaml` as written: every key that stands there, with its place.
package struct ProjectFile: Sendable {
    package var range: SourceRange
    package var project: Located<String>?
    package var region: Located<String>?
    package var repository: Located<String>?
    package var source: Located<String>?
    package var tags: Located<LocatedMap<String>>?
    package var images: Located<ImagesSection>?
    package var registry: Located<RegistrySection>?
    package var defaults: Located<FunctionDefaultsSection>?
    package var environments: Located<LocatedMap<EnvironmentSection>>?

    package struct ImagesSection: Sendable {
        package var dockerfile: Located<String>?
        package var architecture: Located<Architecture>?
        package var include: Located<[Located<String>]>?
        package var untaggedExpiry: Located<Duration>?
        package var keep: Located<Int>?
        package var buildArguments: Located<LocatedMap<String>>?
    }

    package struct RegistrySection: Sendable {
        package var account: Located<String>?
    }

    package struct NotificationsSection: Sendable {
        package var email: Located<[Located<String>]>?
        package var topic: Located<CloudFormationValue>?
    }

    package struct EgressSection: Sendable {
        /// All that stand there, with those that could not be read.
        package var writtenKeys: Set<String>
        package var port: Located<Int>?
        package var ports: Located<ClosedRange<Int>>?
        package var to: Located<CloudFormationValue>?
        package var transport: Located<EgressRule.Transport>?
    }

    package struct EnvironmentSection: Sendable {
        package var range: SourceRange
        /// All that stand there, with those that could not be read.
        package var writtenKeys: Set<String>
        package var account: Located<String>?
        package var region: Located<String>?
        package var tags: Located<LocatedMap<String>>?
        package var variables: Located<LocatedMap<String>>?
        package var vpcID: Located<CloudFormationValue>?
        package var privateSubnetIDs: Located<CloudFormationValue>?
        package var securityGroupIDs: Located<CloudFormationValue>?
        package var egress: Located<[Located<EgressSection>]>?
        package var previousVPCID: Located<CloudFormationValue>?
        package var encryptionKey: Located<CloudFormationValue>?
        package var permissionsBoundary: Located<CloudFormationValue>?
        package var additionalLambdaRolePolicyARN: Located<CloudFormationValue>?
        package var additionalStateMachineRolePolicyARN: Located<CloudFormationValue>?
        package var additionalTriggerRolePolicyARN: Located<CloudFormationValue>?
        package var notifications: Located<NotificationsSection>?
        package var defaults: Located<FunctionDefaultsSection>?
    }
}
