internal import CloudFormation
internal import DorcModel

/// The code and the settings of a function as they are when it is published: what state machines call, so that a run keeps
/// what it began with.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html
struct FunctionVersion: Resource {
    var function: LogicalID
    /// To the function itself.
    var name: Reference
}

extension FunctionVersion {
    static let type: StaticString = "AWS::Lambda::Version"

    /// Runs that are going on call the version that was replaced, and `deploy.sh` deletes it after them. One that an update made which
    /// was undone goes: it would be the newest version with that content, and Lambda publishes no second one.
    static let deletion: Deletion? = .retainReplaced

    /// `Ref` gives the ARN with the version's number.
    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .onlyARN(attribute)
    }

    var physicalName: String? { nil }
    /// Its number is not known.
    var arn: ARN? { nil }
    var export: Export? { nil }

    var references: [Reference] { [name] }

    /// No property of a version can change: with another description it is replaced.
    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["FunctionName"] = stack.value(name)
        properties["Description"] = VersionMapping.description(of: function)
    }
}

/// The description of a function and its version, which ends in a digest of all that a version keeps. It stands once in the template,
/// so that a change of the function is one line beside the change itself.
///
/// Where nothing has changed, Lambda publishes no version (Lambda API, PublishVersion), and CloudFormation fails ("A version for this Lambda
/// function exists", https://github.com/serverless/serverless/issues/8251). A digest can change without what Lambda has, as where an import
/// becomes the value that it had: since the function's own description has it too, the function changes whenever its version does.
package enum VersionMapping {
    package static let name: StaticString = "Functions"
    package static let key: StaticString = "Version"
    static let digits = 12

    static func description(of function: LogicalID) -> TemplateValue { .findInMap(name, function, key) }
}
