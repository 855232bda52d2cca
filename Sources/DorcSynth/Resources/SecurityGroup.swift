internal import DorcText
internal import CloudFormation
internal import DorcModel

/// No way in, HTTPS and what the user wants out.
///
/// It has no name of its own: CloudFormation could not replace it then, as the new one is made before the old one goes.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
struct SecurityGroup: Resource {
    var description: String
    var vpcID: CloudFormationValue
    /// Beside HTTPS.
    var egress: [EgressRule]

    /// Of one VPC: what is exported cannot change while it is imported, so another VPC's group is another export.
    static func mark(_ vpcID: CloudFormationValue) -> String { HexadecimalDigest.short(vpcID.spelling) }
}

extension SecurityGroup {
    static let type: StaticString = "AWS::EC2::SecurityGroup"
    /// VPC quotas: security groups of a region.
    static let quota: AccountQuota? = AccountQuota(most: 2500, what: "security groups")

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .groupID: .attribute("GroupId")
        case .arn, .name, .url: nil
        }
    }

    var physicalName: String? { nil }
    var arn: ARN? { nil }

    var export: Export? {
        Export(
            attribute: .groupID, description: "Security group of every function in a VPC", outputEnding: "Id",
            nameEnding: "id", mark: Self.mark(vpcID))
    }

    var references: [Reference] { [] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["GroupDescription"] = description
        properties["VpcId"] = .deployTime(vpcID)
        properties.list("SecurityGroupEgress") {
            for rule in [.https] + egress { $0.object { write(rule, to: &$0) } }
        }
        stack.writeTags(to: &properties)
    }

    private func write(_ rule: EgressRule, to object: inout TemplateWriter) {
        let (first, last) = (rule.ports.lowerBound, rule.ports.upperBound)
        let ports = "\(rule.transport.rawValue.uppercased()) \(first == last ? "\(first)" : "\(first)-\(last)")"
        let (key, destination, name) = Self.member(rule.destination)
        // EC2 takes no apostrophe, and ASCII only.
        object["Description"] = rule == .https ? "HTTPS outbound" : "\(ports) to \(name)"
        object["IpProtocol"] = rule.transport.rawValue
        object["FromPort"] = first
        object["ToPort"] = last
        object[key] = destination
    }

    private static func member(
        _ destination: EgressRule.Destination
    ) -> (key: StaticString, value: TemplateValue, name: String) {
        switch destination {
        case .ipv4(let range): ("CidrIp", .text(range), range)
        case .ipv6(let range): ("CidrIpv6", .text(range), range)
        case .prefixList(let id): ("DestinationPrefixListId", .text(id), id)
        case .securityGroup(let id):
            (
                "DestinationSecurityGroupId", .deployTime(id),
                id.literal.flatMap { $0.hasPrefix("sg-") ? $0 : nil } ?? "a security group"
            )
        }
    }
}
