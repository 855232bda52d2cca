internal import CloudFormation
internal import DorcModel

/// Where jobs wait for their turn on one kind of capacity.
///
/// Tags of its own would replace the queue whenever they change, and with it end its jobs (schema: `Tags` is create-only; Batch API,
/// DeleteJobQueue); and with its name taken the new one could not be made. It has those that CloudFormation hands on from the stack,
/// which never change (`InfraStackPass`).
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-jobqueue.html
struct JobQueue: Resource {
    var name: String
    /// In the order in which jobs are put into them.
    var computeEnvironments: [Reference]
}

extension JobQueue {
    static let type: StaticString = "AWS::Batch::JobQueue"
    /// Batch quotas: job queues of a region.
    static let quota: AccountQuota? = AccountQuota(most: 50, what: "job queues")

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .onlyARN(attribute)
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("batch", "job-queue/", name) }
    var export: Export? { nil }
    var references: [Reference] { computeEnvironments }

    /// Batch guide, "Automatic remediation with jobStateTimeLimitActions": jobs that can never start, and for a day those for which
    /// AWS has no capacity. They fail, and the run hears of it.
    private static let stuck = [
        (reason: "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE", seconds: 600),
        (reason: "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT", seconds: 600),
        (reason: "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY", seconds: 86400),
    ]

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["JobQueueName"] = name
        properties["Priority"] = 1
        properties["State"] = "ENABLED"
        properties.list("ComputeEnvironmentOrder") {
            for (position, environment) in computeEnvironments.enumerated() {
                $0.object {
                    $0["Order"] = position + 1
                    $0["ComputeEnvironment"] = stack.value(environment)
                }
            }
        }
        properties.list("JobStateTimeLimitActions") {
            for (reason, seconds) in Self.stuck {
                $0.object {
                    $0["State"] = "RUNNABLE"
                    $0["Reason"] = reason
                    $0["MaxTimeSeconds"] = seconds
                    $0["Action"] = "CANCEL"
                }
            }
        }
    }
}
