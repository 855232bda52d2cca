internal import CloudFormation
internal import DorcModel
internal import DorcSynth
internal import DorcText

/// A function that runs as a job, read off its job definition: the runner calls it as it calls a Lambda.
extension RunPlan.Function {
    static let jobType = "AWS::Batch::JobDefinition"

    /// Without a revision.
    static func jobDefinition(_ name: String) -> ARN { ARN("batch", "job-definition/", name) }

    /// MB: of a task on Fargate, and of an instance that Batch starts (docs/compute.md, "Which one").
    private static let (storageOfTasks, storageOfInstances) = (20480, 30720)
    /// What dorc's runner in the container is told: it is not the function's.
    private static let ownPrefix = "DORC_"

    /// Nil where a property is not as it should be.
    init?(
        job function: Function, _ properties: RunPlan.JSON, of pipeline: Pipeline, _ images: ImageSettings,
        _ values: inout DeployedValues
    ) {
        guard let physicalName = properties["JobDefinitionName"]?.text, let compute = function.compute,
            let timeout = properties["Timeout"]?["AttemptDurationSeconds"]?.integer,
            let container = properties["ContainerProperties"]
        else { return nil }
        name = "\(pipeline.id)/\(function.name)"
        arn = values.text(Self.jobDefinition(physicalName))
        let image = pipeline.images.first { $0.function == function.name }
        if function.isBuilt { folder = image?.folder }
        handler = image?.handler ?? "lambda.handler"
        paths = Self.paths(of: images.include.map(\.value))
        self.timeout = timeout
        memory = compute.memory
        ephemeralStorage = compute.kind.isFargate ? Self.storageOfTasks : Self.storageOfInstances
        (variables, secrets) = ([], [])
        for entry in container["Environment"]?.items ?? [] {
            guard let name = entry["Name"]?.text, !name.hasPrefix(Self.ownPrefix) else { continue }
            let value = values.text(entry["Value"]) ?? ""
            if DynamicReference.isIn(value) {
                secrets.append((name, SecretReference.written(value) ?? value))
            } else {
                variables.append((name, value))
            }
        }
        for secret in function.secrets {
            let name = values.text(secret.secret)
            secrets.append((secret.name, secret.key.map { "\(name):\($0)" } ?? name))
        }
        secrets.sort { $0.name < $1.name }
    }
}
