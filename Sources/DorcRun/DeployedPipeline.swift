internal import CloudFormation
internal import DorcModel
internal import DorcSynth
internal import DorcTemplates
internal import DorcText

/// A pipeline in one environment, read off the template of its core stack.
struct DeployedPipeline {
    typealias JSON = RunPlan.JSON

    var pipeline: RunPlan.Pipeline
    var functions: [RunPlan.Function]
    /// What only AWS knows.
    var unknown: [String]

    /// Levels of a template: more than 100 nested `Parallel` states, and no more than the stack bears.
    private static let deepest = 1000

    /// Nil, with a finding, where the template is not as it should be.
    init?(
        _ pipeline: Pipeline, _ definition: PipelineInEnvironment, _ stack: Stack, of graph: ResourceGraph,
        in project: Project, _ destination: DeployedValues.Destination, into diagnostics: inout Diagnostics
    ) {
        let template = TemplateRenderer(graph, format: .json).render(stack.index, into: &diagnostics)
        var values = DeployedValues(stack, of: graph, destination)
        guard case .object(let resources)? = JSON(json: template.bytes, deepest: Self.deepest)?["Resources"],
            // A trigger that waits for several pipelines has a machine too.
            let machine = resources.first(where: { $0.name == "StateMachine" })?.value["Properties"],
            let name = machine["StateMachineName"]?.text,
            let written = machine["Definition"] ?? machine["DefinitionString"],
            let asl = Self.definition(values.resolve(written))
        else {
            diagnostics.report(
                .internalError("the template of `\(stack.name)` cannot be read back", at: pipeline.workflowRange))
            return nil
        }
        self.pipeline = RunPlan.Pipeline(
            name: pipeline.id.description, stateMachine: values.text(ARN("states", "stateMachine:", name)),
            role: values.text(machine["RoleArn"]) ?? "", definition: asl,
            triggers: definition.triggers.map { RunPlan.Trigger($0, in: destination) })
        let naming = Naming(project: project.name, environment: stack.environment ?? "").pipeline(pipeline.id)
        functions = []
        for properties in Self.properties(of: "AWS::Lambda::Function", in: resources) {
            let known = definition.functions.first { naming.function($0.name) == properties["FunctionName"]?.text }
            guard let known,
                let function = RunPlan.Function(known, properties, of: pipeline, project.images, &values)
            else {
                diagnostics.report(
                    .internalError("a function of `\(stack.name)` cannot be read back", at: pipeline.workflowRange))
                return nil
            }
            functions.append(function)
        }
        for properties in Self.properties(of: RunPlan.Function.jobType, in: resources) {
            let known = definition.functions.first { naming.function($0.name) == properties["JobDefinitionName"]?.text }
            guard let known,
                let function = RunPlan.Function(job: known, properties, of: pipeline, project.images, &values)
            else {
                diagnostics.report(
                    .internalError("a job of `\(stack.name)` cannot be read back", at: pipeline.workflowRange))
                return nil
            }
            functions.append(function)
        }
        unknown = values.unknown.map { "`\($0)` of \(pipeline.id) is known on AWS only" }
    }

    private static func properties(of type: String, in resources: [JSON.Member]) -> [JSON] {
        resources.compactMap { $0.value["Type"]?.text == type ? $0.value["Properties"] : nil }
    }

    /// An object, or a text that holds one.
    private static func definition(_ written: JSON) -> JSON? {
        switch written {
        case .object: written
        case .text(let text): JSON(json: Array(text.utf8), deepest: deepest)
        default: nil
        }
    }
}

extension RunPlan.Function {
    static let versionType = "AWS::Lambda::Version"

    /// Nil where a property is not as it should be.
    fileprivate init?(
        _ function: Function, _ properties: RunPlan.JSON, of pipeline: Pipeline, _ images: ImageSettings,
        _ values: inout DeployedValues
    ) {
        guard let physicalName = properties["FunctionName"]?.text, let timeout = properties["Timeout"]?.integer,
            let memory = properties["MemorySize"]?.integer
        else { return nil }
        name = "\(pipeline.id)/\(function.name)"
        arn = values.text(ARN("lambda", "function:", physicalName))
        let image = pipeline.images.first { $0.function == function.name }
        if case .built = function.image { folder = image?.folder }
        handler = image?.handler ?? "lambda.handler"
        paths = Self.paths(of: images.include.map(\.value))
        self.timeout = timeout
        self.memory = memory
        ephemeralStorage = properties["EphemeralStorage"]?["Size"]?.integer ?? Defaults.ephemeralStorage
        (variables, secrets) = ([], [])
        guard case .object(let members)? = properties["Environment"]?["Variables"] else { return }
        for member in members {
            let value = values.text(member.value) ?? ""
            if DynamicReference.isIn(value) {
                secrets.append((member.name, SecretReference.written(value) ?? value))
            } else {
                variables.append((member.name, value))
            }
        }
    }

    /// Of each included place, its parent and itself: `lib/` is imported as `lib.records`, or as `records`.
    static func paths(of included: [String]) -> [String] {
        var paths: [String] = []
        for place in included {
            let parts = place.split(separator: "/").filter { $0 != "." }
            let parent = parts.dropLast().joined(separator: "/")
            for path in [parent, parts.joined(separator: "/")] where !paths.contains(path) { paths.append(path) }
        }
        return paths
    }
}
