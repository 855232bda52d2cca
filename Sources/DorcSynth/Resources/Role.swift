internal import CloudFormation
internal import DorcModel

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
struct Role: Resource {
    var name: String
    var description: String
    var trust: PolicyDocument
    var policy: PolicyDocument
    var managedPolicies: [CloudFormationValue]
    var permissionsBoundary: CloudFormationValue?
}

extension Role {
    static let type: StaticString = "AWS::IAM::Role"
    /// IAM quotas: roles in an account.
    static let quota: AccountQuota? = AccountQuota(most: 1000, what: "IAM roles", isOfRegion: false)
    static let needsCapability = true

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .nameAndARN(attribute)
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("iam", hasRegion: false, "role/", name) }
    var export: Export? { nil }
    var references: [Reference] { trust.references + policy.references }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["RoleName"] = name
        properties["Description"] = description
        properties.key("AssumeRolePolicyDocument")
        trust.write(to: &properties, in: stack)
        if !managedPolicies.isEmpty {
            properties.list("ManagedPolicyArns") {
                for policy in managedPolicies { $0.add(.deployTime(policy)) }
            }
        }
        properties["PermissionsBoundary"] = permissionsBoundary.map(TemplateValue.deployTime)
        if !policy.statements.isEmpty {
            properties.list("Policies") {
                $0.object {
                    $0["PolicyName"] = name
                    $0.key("PolicyDocument")
                    policy.write(to: &$0, in: stack)
                }
            }
        }
        stack.writeTags(to: &properties)
    }

    /// IAM: without white space, and all inline policies of a role together.
    func contentSizes(in stack: TemplateContext, ofTemplate size: Int) -> [ContentSize] {
        let help = "name resources with `*` at the end, as in `landing/*`, or put statements into a managed policy"
        return [
            ContentSize(
                kind: .policy, what: "the policy of the role `\(name)`", length: policy.deployedLength(in: stack),
                most: 10_240, help: help),
            ContentSize(
                kind: .policy, what: "the trust policy of the role `\(name)`", length: trust.deployedLength(in: stack),
                most: 2048, help: help),
        ]
    }
}
