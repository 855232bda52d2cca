package import DorcModel

/// What is at one place of a template: a text, or one of CloudFormation's functions that gives it.
package enum TemplateValue: Sendable {
    case text(String)
    /// Of a resource of the same template.
    case ref(LogicalID)
    case getAtt(LogicalID, StaticString)
    /// As in `AWS::AccountId`.
    case pseudoParameter(String)
    /// Text with `${AWS::Region}` and its like.
    case sub(String)
    case arn(ARN)
    /// By its name.
    case importValue(String)
    /// What the template's mapping of that name has under a resource's id, by its key.
    case findInMap(StaticString, LogicalID, StaticString)
    /// What the user wrote with CloudFormation's functions.
    case deployTime(CloudFormationValue)
    /// One text of several.
    case joined([TemplateValue])

    package static let accountID = pseudoParameter("AWS::AccountId")
}
