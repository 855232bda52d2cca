internal import CloudFormation
internal import DorcModel
internal import DorcText

/// One pipeline in one environment -> its core stack: what runs each of its functions, the state machine with its log
/// group, the triggers.
struct CoreStackPass {
    let pipeline: PipelineContext

    private var definition: PipelineInEnvironment { pipeline.definition }

    /// With what the machine does by the role that the environment's pipelines share; nil where it has its own.
    func stack(into diagnostics: inout Diagnostics) -> (stack: Stack, uses: MachineUses?) {
        var stack = emptyStack
        let functions = functionsInStepOrder
        for function in functions { Runtime(of: function).add(function, of: pipeline, to: &stack, &diagnostics) }
        let machine = StateMachineResources(pipeline: pipeline, functions: functions)
        let uses = machine.add(to: &stack, &diagnostics)
        stack.deadlines = definition.triggers.flatMap(ScheduleDeadline.of)
        let triggers = TriggerResources(pipeline)
        for trigger in definition.triggers { triggers.add(trigger, to: &stack, &diagnostics) }
        return (stack, uses)
    }

    private var emptyStack: Stack {
        let (id, environment) = (pipeline.id, pipeline.environment)
        return Stack(
            index: pipeline.stack, name: pipeline.naming.coreStack, kind: .core, environment: environment.name,
            pipeline: id, exportPrefix: pipeline.shared.naming.prefix,
            destinations: [Stack.Destination(account: environment.account, region: environment.region)],
            templatePath: "\(environment.name)/core/\(id.layer)/\(id.name)",
            description: definition.description ?? "Pipeline \(id) of \(pipeline.shared.place)",
            tags: OwnTags.added(
                to: definition.tags, project: pipeline.project, environment: environment.name, pipeline: id),
            origin: pipeline.pipeline.file.wholeFile)
    }

    /// The reader meets the functions in the order in which the workflow does.
    private var functionsInStepOrder: [Function] {
        var remaining = Dictionary(definition.functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var ordered: [Function] = []
        for step in definition.workflow.steps {
            if case .function(let name) = step.action, let function = remaining.removeValue(forKey: name) {
                ordered.append(function)
            }
        }
        return ordered + definition.functions.filter { remaining[$0.name] != nil }
    }
}
