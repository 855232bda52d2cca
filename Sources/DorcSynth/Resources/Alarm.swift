internal import CloudFormation

/// Watches a metric, and tells topics when it crosses its threshold.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
struct Alarm: Resource {
    enum Metric: Sendable {
        /// Its sum, with the one dimension that is given.
        case sum(namespace: String, name: String, dimension: Dimension?)
        /// Of CloudWatch Metrics Insights.
        case query(String)
    }

    struct Dimension: Sendable {
        var name: String
        var value: Expression
    }

    enum Threshold: Sendable {
        /// Any of what should not be; no data is well.
        case any
        /// None of what should be; no data is none.
        case none
    }

    var name: String
    var description: String
    var metric: Metric
    var threshold: Threshold
    /// Seconds.
    var period: Int
    /// How many periods are looked at.
    var periods: Int
    /// In how many of them; nil for all.
    var needed: Int?
    var topics: [Expression]
}

extension Alarm {
    static let type: StaticString = "AWS::CloudWatch::Alarm"
    /// CloudWatch quotas.
    static let quota: AccountQuota? = AccountQuota(most: 5000, what: "CloudWatch alarms")

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .attribute("Arn")
        case .name: .ref
        case .groupID, .url: nil
        }
    }

    var physicalName: String? { name }
    var arn: ARN? { nil }
    var export: Export? { nil }

    var references: [Reference] {
        var references = topics.flatMap(\.references)
        if case .sum(_, _, let dimension?) = metric { references += dimension.value.references }
        return references
    }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["AlarmName"] = name
        properties["AlarmDescription"] = description
        switch metric {
        case .sum(let namespace, let metric, let dimension):
            properties["Namespace"] = namespace
            properties["MetricName"] = metric
            if let dimension {
                properties.list("Dimensions") {
                    $0.object {
                        $0["Name"] = dimension.name
                        $0["Value"] = stack.value(dimension.value)
                    }
                }
            }
            properties["Statistic"] = "Sum"
            properties["Period"] = period
        case .query(let query):
            properties.list("Metrics") {
                $0.object {
                    $0["Id"] = "query"
                    $0["Expression"] = query
                    $0["Period"] = period
                }
            }
        }
        properties["EvaluationPeriods"] = periods
        if let needed { properties["DatapointsToAlarm"] = needed }
        switch threshold {
        case .any:
            properties["ComparisonOperator"] = "GreaterThanThreshold"
            properties["Threshold"] = 0
            properties["TreatMissingData"] = "notBreaching"
        case .none:
            properties["ComparisonOperator"] = "LessThanThreshold"
            properties["Threshold"] = 1
            properties["TreatMissingData"] = "breaching"
        }
        properties.list("AlarmActions") {
            for topic in topics { $0.add(stack.value(topic)) }
        }
        stack.writeTags(to: &properties)
    }
}
