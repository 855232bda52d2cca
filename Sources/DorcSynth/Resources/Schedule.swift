internal import Schedules
internal import CloudFormation
internal import DorcModel

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html
struct Schedule: Resource {
    var name: String
    var group: String
    var description: String
    var expression: String
    var timezone: String?
    var start: UTCTime?
    var end: UTCTime?
    /// Minutes; nil for on time.
    var flexibleWindow: Int?
    var isEnabled: Bool
    var target: Reference
    var role: Reference
    var deadLetterQueue: Reference
    /// JSON without white space.
    var input: Text
    var retry: StartRetry
}

extension Schedule {
    static let type: StaticString = "AWS::Scheduler::Schedule"

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .nameAndARN(attribute)
    }

    var physicalName: String? { name }
    var arn: ARN? { nil }
    var export: Export? { nil }
    var references: [Reference] { [target, role, deadLetterQueue] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        // What changes often is within three lines of the name or the description.
        properties["Name"] = name
        properties["ScheduleExpression"] = expression
        properties["ScheduleExpressionTimezone"] = timezone
        properties["StartDate"] = start?.text
        properties["EndDate"] = end?.text
        properties.object("FlexibleTimeWindow") {
            $0["Mode"] = flexibleWindow == nil ? "OFF" : "FLEXIBLE"
            $0["MaximumWindowInMinutes"] = flexibleWindow
        }
        properties["Description"] = description
        properties["State"] = isEnabled ? "ENABLED" : "DISABLED"
        properties.object("Target") {
            $0["Input"] = input
            $0["Arn"] = stack.value(target)
            $0["RoleArn"] = stack.value(role)
            $0.object("RetryPolicy") { retry.write(to: &$0) }
            $0.object("DeadLetterConfig") { $0["Arn"] = stack.value(deadLetterQueue) }
        }
        properties["GroupName"] = group
    }
}

/// How often a trigger tries to start a run, and for how long.
struct StartRetry: Sendable {
    /// Seconds, 60 to 86,400.
    var maximumAge: Int
    /// 0 to 185.
    var attempts: Int

    /// A start that has not worked for an hour goes to the dead-letter queue, and from there to the alarm.
    static let standard = StartRetry(maximumAge: 3600, attempts: 10)
    /// The most that EventBridge offers: for notices, late is better than never.
    static let longest = StartRetry(maximumAge: 86400, attempts: 185)

    func write(to policy: inout TemplateWriter) {
        policy["MaximumEventAgeInSeconds"] = maximumAge
        policy["MaximumRetryAttempts"] = attempts
    }
}
