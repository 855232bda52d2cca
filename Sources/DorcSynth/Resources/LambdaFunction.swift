internal import DorcText
internal import CloudFormation
internal import DorcModel

/// A function that runs a container image.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
struct LambdaFunction: Resource {
    enum Image: Sendable {
        /// The account is nil where it is the function's own.
        case repository(Reference, account: String?, tag: String)
        case external(Text)
    }

    struct Network: Sendable {
        var securityGroup: Reference
        /// Groups of the user's; nil for none.
        var otherSecurityGroupIDs: CloudFormationValue?
        var subnetIDs: CloudFormationValue
        /// Whether the functions send IPv6, for which every subnet has to be of both kinds.
        var usesIPv6: Bool
    }

    /// Of the resource itself.
    var id: LogicalID
    var name: String
    var description: String
    var image: Image
    var architecture: Architecture
    var role: Reference
    /// Seconds.
    var timeout: Int
    /// MB.
    var memory: Int
    /// MB.
    var ephemeralStorage: Int
    /// Calls at once that are its own; nil for a share of the account's.
    var reservedConcurrency: Int?
    var environment: [(name: String, value: Text)]
    /// The same for all of an environment.
    var network: Network?
    var logGroup: Reference
}

extension LambdaFunction {
    static let type: StaticString = "AWS::Lambda::Function"

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .nameAndARN(attribute)
    }

    /// Lambda guide, "Lambda quotas" and "Configuring reserved concurrency": 1,000 calls at once, of which 100 stay for functions
    /// without a reservation.
    private static let reservations = AccountQuota(most: 900, what: "reserved concurrent calls of Lambda functions")

    var ownUse: (quota: AccountQuota, count: Int)? { reservedConcurrency.map { (Self.reservations, $0) } }

    var physicalName: String? { name }
    var arn: ARN? { ARN("lambda", "function:", name) }
    var export: Export? { nil }

    var references: [Reference] {
        var references: [Reference] = []
        references.reserveCapacity(4)
        references.append(role)
        references.append(logGroup)
        if case .repository(let repository, _, _) = image { references.append(repository) }
        if let network { references.append(network.securityGroup) }
        return references
    }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        writeSize(to: &properties, in: stack)
        if let reservedConcurrency { properties["ReservedConcurrentExecutions"] = reservedConcurrency }
        properties["Description"] = VersionMapping.description(of: id)
        writeRest(to: &properties, in: stack) {
            stack.writeAlike("VpcConfig", to: &$0) { $0.object { network?.write(to: &$0, in: stack) } }
        }
        stack.writeTags(to: &properties)
    }

    // MARK: What a version keeps

    /// At most 256 characters (Lambda API, CreateFunction).
    func versionDescription(in stack: TemplateContext) -> String? {
        var writer = TemplateWriter(.json)
        writer.object {
            writeSize(to: &$0, in: stack)
            writeRest(to: &$0, in: stack) {
                stack.writeAlike("VersionVpcConfig", to: &$0) { $0.object { network?.write(to: &$0, in: stack) } }
            }
        }
        let digest = writer.finish { HexadecimalDigest.sha256($0) }.prefix(VersionMapping.digits)
        return String(joining: description.limited(to: 254 - VersionMapping.digits), ", ", String(digest))
    }

    private func writeSize(to properties: inout TemplateWriter, in stack: TemplateContext) {
        // What changes often is within three lines of a name: a diff shows no more around it.
        properties.object("Code") { $0["ImageUri"] = image.uri(in: stack) }
        properties["MemorySize"] = memory
        properties["FunctionName"] = name
        properties["Timeout"] = timeout
        // 512 MB is what every function has.
        if ephemeralStorage != 512 { properties.object("EphemeralStorage") { $0["Size"] = ephemeralStorage } }
    }

    private func writeRest(
        to properties: inout TemplateWriter, in stack: TemplateContext,
        network writeNetwork: (inout TemplateWriter) -> Void
    ) {
        if !environment.isEmpty {
            properties.object("Environment") {
                $0.object("Variables") {
                    for variable in environment {
                        $0.key(variable.name)
                        $0.add(variable.value)
                    }
                }
            }
        }
        properties.object("LoggingConfig") {
            $0["LogGroup"] = stack.value(logGroup)
            $0["LogFormat"] = "JSON"
        }
        properties["PackageType"] = "Image"
        properties["Architectures"] = [architecture.rawValue]
        properties["Role"] = stack.value(role)
        if network != nil { writeNetwork(&properties) }
        properties.object("TracingConfig") { $0["Mode"] = "Active" }
    }
}

extension LambdaFunction.Image {
    func uri(in stack: TemplateContext) -> TemplateValue {
        switch self {
        case .external(let uri): return TemplateValue(uri)
        case .repository(let repository, let account, let tag):
            guard let name = stack.graph.resource(repository.target)?.resource.physicalName else {
                return stack.unresolved(repository)
            }
            let registry = account ?? "${AWS::AccountId}"
            return .sub(
                String(joining: registry, ".dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/", name, ":", tag))
        }
    }
}

extension LambdaFunction.Network {
    fileprivate func write(to network: inout TemplateWriter, in stack: TemplateContext) {
        network["Ipv6AllowedForDualStack"] = usesIPv6 ? true : nil
        network.key("SecurityGroupIds")
        writeSecurityGroups(to: &network, in: stack)
        network["SubnetIds"] = .deployTime(subnetIDs)
    }

    /// A list that only CloudFormation knows is joined with the environment's own group, and split again.
    func writeSecurityGroups(to value: inout TemplateWriter, in stack: TemplateContext) {
        switch otherSecurityGroupIDs {
        case nil: value.list { $0.add(stack.value(securityGroup)) }
        case .list(let items):
            value.list {
                $0.add(stack.value(securityGroup))
                for item in items { $0.add(.deployTime(item)) }
            }
        case let others?:
            value.split(",") {
                $0.join(",") {
                    $0.list {
                        $0.add(stack.value(securityGroup))
                        $0.join(",") { $0.add(.deployTime(others)) }
                    }
                }
            }
        }
    }
}
