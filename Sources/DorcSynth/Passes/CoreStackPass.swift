internal import CloudFormation
internal import DorcModel
internal import DorcText

/// One pipeline in one environment -> its core stack: what runs each of its functions, the state machine with its log
/// group, the triggers.
struct CoreStackPass {
    let pipeline: PipelineContext

    private var definition: PipelineInEnvironment { pipeline.definition }

    struct Result: Sendable {
        var stack: Stack
        var findings: Diagnostics
    }

    /// `shape` is that of the pipeline's workflow in another environment, and becomes that of this one.
    func run(_ shape: inout WorkflowShape?) -> Result {
        var diagnostics = Diagnostics()
        var stack = emptyStack
        if shape?.isShape(of: definition.workflow) != true {
            shape = definition.workflow.steps.isEmpty ? nil : WorkflowShape(definition.workflow)
        }
        let functions = functionsInStepOrder
        for index in functions {
            let function = definition.functions[index]
            Runtime(of: function).add(function, of: pipeline, to: &stack, &diagnostics)
        }
        StateMachineResources(pipeline: pipeline, functions: functions, shape: shape).add(to: &stack, &diagnostics)
        stack.deadlines = definition.triggers.flatMap(ScheduleDeadline.of)
        let triggers = TriggerResources(pipeline)
        for trigger in definition.triggers { triggers.add(trigger, to: &stack, &diagnostics) }
        PipelineNoticeResources(pipeline: pipeline).add(to: &stack, &diagnostics)
        return Result(stack: stack, findings: diagnostics)
    }

    private var emptyStack: Stack {
        let (id, environment) = (pipeline.id, pipeline.environment)
        return Stack(
            index: pipeline.stack, name: pipeline.naming.coreStack, kind: .core, environment: environment.name,
            pipeline: id, exportPrefix: pipeline.shared.naming.prefix,
            destinations: [Stack.Destination(account: environment.account, region: environment.region)],
            templatePath: String(joining: environment.name, "/core/", id.layer, "/", id.name),
            description: definition.description ?? "Pipeline \(id) of \(pipeline.shared.place)",
            tags: SortedTexts(
                tags: definition.tags, project: pipeline.project, environment: environment.name, pipeline: id),
            origin: pipeline.pipeline.file.wholeFile)
    }

    /// Indices: the reader meets the functions in the order in which the workflow does.
    private var functionsInStepOrder: [Int] {
        var isKnown = definition.functions.map { _ in false }
        var ordered: [Int] = []
        let steps = definition.workflow.steps
        for step in steps.indices {
            guard case .function(let name) = steps[step].action, let index = pipeline.functions[name], !isKnown[index]
            else {
                continue
            }
            isKnown[index] = true
            ordered.append(index)
        }
        return ordered + definition.functions.indices.filter { !isKnown[$0] }
    }
}
