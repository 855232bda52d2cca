internal import CloudFormation

/// The images of one function.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html
struct Repository: Resource {
    var name: String
    var untaggedExpiryDays: Int
    /// How many images with a tag stay.
    var keep: Int
    /// Who pulls images of functions; as the lifecycle, the same for all of a project.
    var policy: PolicyDocument
    /// Whether its images are pulled by Batch alone, with the right of a role.
    var isForJobs: Bool
    var tags: SortedTexts
}

extension Repository {
    static let type: StaticString = "AWS::ECR::Repository"
    static let deletion: Deletion? = .retain
    /// The statement of the policy that lets Lambda pull.
    static let lambdaPulls = "LambdaPullsImage"

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .nameAndARN(attribute)
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("ecr", "repository/", name) }
    var export: Export? { nil }
    var references: [Reference] { [] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["RepositoryName"] = name
        properties.object("ImageScanningConfiguration") { $0["ScanOnPush"] = true }
        properties["ImageTagMutability"] = "IMMUTABLE"
        properties.object("EncryptionConfiguration") { $0["EncryptionType"] = "KMS" }
        stack.writeAlike("LifecyclePolicy", to: &properties) {
            $0.object { $0["LifecyclePolicyText"] = lifecyclePolicy }
        }
        if isForJobs {
            let others = PolicyDocument(policy.statements.filter { $0.sid != Self.lambdaPulls })
            if !others.statements.isEmpty {
                properties.key("RepositoryPolicyText")
                others.write(to: &properties, in: stack)
            }
        } else {
            stack.writeAlike("RepositoryPolicyText", to: &properties) { policy.write(to: &$0, in: stack) }
        }
        properties.key("Tags")
        properties.add(tags: tags)
    }

    /// ECR takes it as JSON in a text. Tags never move, so that only deleted ones leave images without.
    private var lifecyclePolicy: String {
        #"{"rules":[{"rulePriority":1,"description":"Expire untagged images after \#(untaggedExpiryDays) days","#
            + #""selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","#
            + #""countNumber":\#(untaggedExpiryDays)},"#
            + #""action":{"type":"expire"}},{"rulePriority":2,"description":"Keep the newest \#(keep) images","#
            + #""selection":{"tagStatus":"tagged","tagPatternList":["*"],"countType":"imageCountMoreThan","countNumber":\#(keep)},"#
            + #""action":{"type":"expire"}}]}"#
    }

    /// That of jobs has a statement less.
    static var haveSameContent: Bool { true }

    func contentSizes(in stack: TemplateContext, ofTemplate size: Int) -> [ContentSize] {
        [
            ContentSize(
                kind: .policy, what: "the policy of the repository `\(name)`",
                // ECR's API.
                length: policy.deployedLength(in: stack), most: 10_240,
                help: "it names every environment: let fewer accounts share one registry")
        ]
    }
}
