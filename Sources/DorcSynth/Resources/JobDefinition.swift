internal import DorcText
internal import CloudFormation
internal import DorcModel

/// A function as a job of AWS Batch: each change makes a new revision of it.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-jobdefinition.html
struct JobDefinition: Resource {
    /// What the container runs.
    enum Command: Sendable {
        /// dorc's runner, with the handler that it calls.
        case handler(String)
        /// Nil for what the image says.
        case own([Text]?)
    }

    var name: String
    var image: LambdaFunction.Image
    var command: Command
    var compute: Compute
    var architecture: Architecture
    var environment: [(name: String, value: Text)]
    var secrets: [(name: String, value: Expression)]
    var jobRole: Reference
    var executionRole: Reference
    var logGroup: Reference
    /// What the names of log streams begin with.
    var streamPrefix: String
    var region: String
    /// Seconds, at least 60.
    var timeout: Int
}

extension JobDefinition {
    static let type: StaticString = "AWS::Batch::JobDefinition"

    /// The page says of `Ref` that it gives the ARN with the revision, and nothing of `JobDefinitionArn`.
    static func returnValue(for attribute: Reference.Attribute) -> ReturnValue? {
        .onlyARN(attribute)
    }

    var physicalName: String? { name }
    /// Its revision is not known.
    var arn: ARN? { nil }
    var export: Export? { nil }

    var references: [Reference] {
        var references = [jobRole, executionRole, logGroup] + secrets.flatMap(\.value.references)
        if case .repository(let repository, _, _) = image { references.append(repository) }
        return references
    }

    func write(to properties: inout TemplateWriter, in stack: TemplateContext) {
        properties.object("ContainerProperties") { writeContainer(to: &$0, in: stack) }
        properties["JobDefinitionName"] = name
        properties.object("Timeout") { $0["AttemptDurationSeconds"] = timeout }
        if compute.isSpot { properties.object("RetryStrategy") { Self.writeSpotRetry(to: &$0) } }
        properties["Type"] = "container"
        properties["PlatformCapabilities"] = [compute.kind.isFargate ? "FARGATE" : "EC2"]
        // A run that is going on was compiled with the revision that it names.
        properties.object("ResourceRetentionPolicy") { $0["SkipDeregisterOnUpdate"] = true }
        properties["PropagateTags"] = true
        properties.object("Tags") { $0.add(tagsOf: stack) }
    }

    private func writeContainer(to container: inout TemplateWriter, in stack: TemplateContext) {
        container["Image"] = image.uri(in: stack)
        switch command {
        case .handler(let handler): container["Command"] = [handler]
        case .own(let words?):
            container.list("Command") {
                for word in words { $0.add(word) }
            }
        case .own(nil): break
        }
        container.list("ResourceRequirements") {
            $0.object {
                $0["Type"] = "VCPU"
                $0["Value"] = compute.vcpuText
            }
            $0.object {
                $0["Type"] = "MEMORY"
                $0["Value"] = "\(compute.memory)"
            }
            if compute.gpus > 0 {
                $0.object {
                    $0["Type"] = "GPU"
                    $0["Value"] = "\(compute.gpus)"
                }
            }
        }
        if !environment.isEmpty {
            container.list("Environment") {
                for variable in environment {
                    $0.object {
                        $0["Name"] = variable.name
                        $0["Value"] = variable.value
                    }
                }
            }
        }
        if !secrets.isEmpty {
            container.list("Secrets") {
                for secret in secrets {
                    $0.object {
                        $0["Name"] = secret.name
                        $0["ValueFrom"] = stack.value(secret.value)
                    }
                }
            }
        }
        container["JobRoleArn"] = stack.value(jobRole)
        container["ExecutionRoleArn"] = stack.value(executionRole)
        container.object("LogConfiguration") {
            $0["LogDriver"] = "awslogs"
            $0.object("Options") {
                $0["awslogs-group"] = stack.value(logGroup)
                $0["awslogs-region"] = region
                $0["awslogs-stream-prefix"] = streamPrefix
            }
        }
        guard compute.kind.isFargate else { return }
        container.object("NetworkConfiguration") { $0["AssignPublicIp"] = "DISABLED" }
        container.object("FargatePlatformConfiguration") { $0["PlatformVersion"] = "LATEST" }
        container.object("RuntimePlatform") {
            $0["CpuArchitecture"] = architecture == .x86_64 ? "X86_64" : "ARM64"
            $0["OperatingSystemFamily"] = "LINUX"
        }
    }

    /// Batch guide, "Automated job retries": what spot capacity that is taken away says, on EC2 and (ECS guide, "Amazon ECS clusters for
    /// Fargate") on Fargate; or the container was told to stop first (128 and SIGTERM). Jobs that are terminated, cancelled or take
    /// too long are not tried again whatever they say (same page, and "Job timeouts"); anything else ends the job.
    private static func writeSpotRetry(to strategy: inout TemplateWriter) {
        strategy["Attempts"] = BatchLimit.spotAttempts
        strategy.list("EvaluateOnExit") {
            for reason in ["Host EC2*", "Your Spot Task was interrupted*"] {
                $0.object {
                    $0["Action"] = "RETRY"
                    $0["OnStatusReason"] = reason
                }
            }
            $0.object {
                $0["Action"] = "RETRY"
                $0["OnExitCode"] = "143"
            }
            $0.object {
                $0["Action"] = "EXIT"
                $0["OnReason"] = "*"
            }
        }
    }
}

extension TemplateWriter {
    /// Tags as a mapping, which is how Batch has them.
    mutating func add(tagsOf stack: TemplateContext) {
        for tag in stack.stack.tags.entries {
            key(tag.key)
            add(tag.value)
        }
    }
}
