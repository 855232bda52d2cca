internal import CloudFormation

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedulegroup.html
struct ScheduleGroup: Resource {
    var name: String
}

extension ScheduleGroup {
    static let type: StaticString = "AWS::Scheduler::ScheduleGroup"
    /// EventBridge Scheduler quotas.
    static let quota: AccountQuota? = AccountQuota(most: 500, what: "schedule groups")

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .nameAndARN(attribute)
    }

    var physicalName: String? { name }
    var arn: ARN? { nil }
    var export: Export? { nil }
    var references: [Reference] { [] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["Name"] = name
        stack.writeTags(to: &properties)
    }
}
