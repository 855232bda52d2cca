internal import DorcModel
internal import DorcText

/// What a step says of a container, and what runs it: one that was built elsewhere and runs as a job has a command and an
/// environment, and takes no event.
enum ContainerCheck {
    static func run(_ workflow: Workflow, _ functions: [Function], into diagnostics: inout Diagnostics) {
        // Few workflows have either.
        let containers = functions.filter { $0.compute != nil && !$0.isBuilt }.map(\.name)
        for step in workflow.steps {
            let name: String? = if case .function(let name) = step.action { name } else { nil }
            let isContainer = name.map(containers.contains) ?? false
            if !isContainer, let place = step.overridesRange {
                diagnostics.report(
                    .jobSetting(
                        RuntimeCheck.noContainer(step.command == nil ? "environment" : "command"),
                        "a function of this repository has its settings under `functions`, and gets `arguments`",
                        at: place))
            }
            if isContainer, let place = step.argumentsRange {
                diagnostics.report(
                    .jobSetting(
                        "a container that was built elsewhere gets no event, so `arguments` would have no effect",
                        "write `environment` or `command` at the step, with JSONata where they depend on its event",
                        at: place))
            }
            for (variable, range) in zip(step.environment, step.environmentRanges)
            where BatchLimit.isReserved(variable.name) {
                diagnostics.report(
                    Diagnostic(
                        .reservedVariable, at: range,
                        "`\(variable.name)` is a reserved name: AWS Batch or dorc's runner sets such variables itself",
                        help: "choose another name, without `AWS_BATCH` or `DORC_` at its beginning"))
            }
        }
    }
}
