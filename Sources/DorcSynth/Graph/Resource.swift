package import CloudFormation

/// A kind of AWS resource. Each is a plain value in a file of its own in Resources/, with all that holds for the kind
/// alone: what a template has of it, what other resources can refer to, what it refers to itself.
///
/// What a kind could forget without a word has no default: the compiler asks for it.
package protocol Resource: Sendable {
    /// As in `AWS::SNS::Topic`.
    static var type: StaticString { get }

    /// What gives the attribute in the resource's own template (the type's page of the CloudFormation reference, "Return
    /// values"); nil where there is none.
    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue?

    /// Where it can stand instead of an export; nil for what only AWS can name.
    var physicalName: String? { get }

    /// Where it follows from the name: another stack can then refer to it without an import, and no stack locks another.
    var arn: ARN? { get }

    /// What other stacks import since they cannot work it out.
    var export: Export? { get }

    /// The edges that start here.
    var references: [Reference] { get }

    /// Writes the members of `Properties`.
    func write(to properties: inout TemplateWriter, in stack: TemplateContext)

    /// What several resources of the stack have alike and what often changes: the template has it once, in the mapping of its
    /// `Functions`, under the resource's id.
    func versionDescription(in stack: TemplateContext) -> String?

    /// What becomes of it when it goes; nil where CloudFormation's default is right.
    static var deletion: Deletion? { get }

    /// How many of them an account has together.
    static var quota: AccountQuota? { get }

    /// What this one uses up of a quota that does not count resources.
    var ownUse: (quota: AccountQuota, count: Int)? { get }

    /// Whether CloudFormation wants to be told that a stack makes such a thing with a name (`CAPABILITY_NAMED_IAM`).
    static var needsCapability: Bool { get }

    /// What of its content AWS limits. `size` is that of the whole template, in bytes.
    func contentSizes(in stack: TemplateContext, ofTemplate size: Int) -> [ContentSize]

    /// Whether all of a stack differ in their names only: then the sizes of one are those of all.
    static var haveSameContent: Bool { get }
}

extension Resource {
    package static var deletion: Deletion? { nil }
    package func versionDescription(in stack: TemplateContext) -> String? { nil }
    package static var quota: AccountQuota? { nil }
    package var ownUse: (quota: AccountQuota, count: Int)? { nil }
    package static var needsCapability: Bool { false }
    package static var haveSameContent: Bool { false }
    package func contentSizes(in stack: TemplateContext, ofTemplate size: Int) -> [ContentSize] { [] }
}

/// How a resource gives an attribute in its own template.
package enum ReturnValue: Sendable {
    case ref
    /// `Fn::GetAtt`
    case attribute(StaticString)

    /// Of the many types whose `Ref` is their name, and which have an `Arn`.
    static func nameAndARN(_ attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .attribute("Arn")
        case .name: .ref
        case .groupID, .url: nil
        }
    }

    /// Of most newer kinds: `Ref` gives the ARN, and nothing else is asked of them.
    static func onlyARN(_ attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .ref
        case .name, .groupID, .url: nil
        }
    }
}

/// CloudFormation guide, "DeletionPolicy attribute".
package enum Deletion: Sendable {
    case delete
    /// Stays, unless it goes since the stack could not be created: the next try would find its name taken.
    case retain
    /// Goes with its stack, and stays where another one takes its place.
    case retainReplaced
}

/// A quota that AWS raises on request.
package struct AccountQuota: Sendable {
    var most: Int
    var what: String
    /// IAM has no regions.
    var isOfRegion = true
}

/// A part of a resource that AWS limits.
package struct ContentSize: Sendable {
    package enum Kind: Sendable {
        /// In characters.
        case policy
        /// In bytes.
        case stateMachine
    }

    package var kind: Kind
    /// As in `the policy of the role`.
    package var what: String
    package var length: Int
    package var most: Int
    package var help: String
}
