internal import CloudFormation
internal import DorcModel

/// One kind of capacity for jobs, which Batch starts and stops as they need it.
///
/// It has no name of its own: most of its properties cannot change without replacement, and the new one is made before the old one
/// goes (schema: `conditionalCreateOnlyProperties`, `createOnlyProperties`). With `ReplaceComputeEnvironment: false`, Batch changes what
/// it can where it is (Batch guide, "Update a compute environment"), for which it needs its service-linked role: no `ServiceRole`.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-computeenvironment.html
struct ComputeEnvironment: Resource {
    var kind: Compute.Kind
    var architecture: Architecture
    var network: LambdaFunction.Network
    /// Nil on Fargate.
    var instanceProfile: Reference?
    var jobs: JobSettings
    /// Whether it is in a VPC that is left: jobs that run in it go on, and none begins (Batch API, CreateComputeEnvironment, `state`).
    var isLeft = false
}

extension ComputeEnvironment {
    static let type: StaticString = "AWS::Batch::ComputeEnvironment"
    /// Batch quotas: compute environments of a region.
    static let quota: AccountQuota? = AccountQuota(most: 50, what: "compute environments")

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .onlyARN(attribute)
    }

    var physicalName: String? { nil }
    var arn: ARN? { nil }
    var export: Export? { nil }
    var references: [Reference] { [network.securityGroup] + [instanceProfile].compactMap { $0 } }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["Type"] = "MANAGED"
        properties["State"] = isLeft ? "DISABLED" : "ENABLED"
        properties["ReplaceComputeEnvironment"] = false
        properties.object("ComputeResources") {
            $0["Type"] = type
            $0["MaxvCpus"] = jobs.maximumVCPUs
            $0["Subnets"] = .deployTime(network.subnetIDs)
            $0.key("SecurityGroupIds")
            network.writeSecurityGroups(to: &$0, in: stack)
            if let instanceProfile { writeInstances(instanceProfile, to: &$0, in: stack) }
        }
        if instanceProfile != nil {
            // Minutes that jobs have to end where a change replaces instances: the most (Batch API, UpdatePolicy: 1 to 7200).
            properties.object("UpdatePolicy") {
                $0["JobExecutionTimeoutMinutes"] = 7200
                $0["TerminateJobsOnUpdate"] = false
            }
        }
    }

    private var type: String {
        switch kind {
        case .fargate: "FARGATE"
        case .fargateSpot: "FARGATE_SPOT"
        case .ec2, .gpu: "EC2"
        case .ec2Spot, .gpuSpot: "SPOT"
        }
    }

    /// Instances that no job needs go at once.
    private func writeInstances(
        _ profile: Reference, to resources: inout TemplateWriter, in stack: TemplateContext
    ) {
        resources["MinvCpus"] = 0
        resources["AllocationStrategy"] = kind.isSpot ? "SPOT_PRICE_CAPACITY_OPTIMIZED" : "BEST_FIT_PROGRESSIVE"
        resources["InstanceTypes"] = [instanceTypes]
        resources["InstanceRole"] = stack.value(profile)
        // Else new instances have the image of the day on which the environment was made (Batch API, ComputeResourceUpdate).
        resources["UpdateToLatestImageVersion"] = true
        resources.object("Tags") { $0.add(tagsOf: stack) }
    }

    /// Batch API, ComputeResource: `optimal` is what it chooses for x86_64 of the families that a region has. There is nothing like it for
    /// instances with GPUs.
    private var instanceTypes: String {
        if kind.hasGPUs { return jobs.gpus.rawValue }
        return architecture == .x86_64 ? "optimal" : "default_arm64"
    }
}

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html
struct InstanceProfile: Resource {
    var name: String
    /// By its name.
    var role: Reference
}

extension InstanceProfile {
    static let type: StaticString = "AWS::IAM::InstanceProfile"
    static let needsCapability = true

    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        switch attribute {
        case .arn: .attribute("Arn")
        case .name: .ref
        case .groupID, .url: nil
        }
    }

    var physicalName: String? { name }
    var arn: ARN? { ARN("iam", hasRegion: false, "instance-profile/", name) }
    var export: Export? { nil }
    var references: [Reference] { [role] }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties["InstanceProfileName"] = name
        properties.list("Roles") { $0.add(stack.value(role)) }
    }
}
