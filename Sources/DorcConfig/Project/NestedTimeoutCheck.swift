internal import DorcModel
internal import DorcText

/// A run that waits for one of another pipeline, which may take longer than the default of its own.
enum NestedTimeoutCheck {
    static func run(_ project: Project, into diagnostics: inout Diagnostics) {
        let pipelines = Dictionary(project.pipelines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for pipeline in project.pipelines {
            for (environment, definition) in pipeline.definitions.enumerated() where definition.timeoutRange == nil {
                for step in definition.workflow.steps where step.timeout == nil {
                    guard case .pipeline(let id, waits: true) = step.action,
                        let other = pipelines[id]?.definitions, other.indices.contains(environment),
                        let range = other[environment].timeoutRange,
                        other[environment].timeout > definition.timeout
                    else { continue }
                    var finding = Diagnostic.runTimeout(
                        .warning, at: step.range,
                        "a run of `\(id)` may take \(other[environment].timeout), but this one ends after"
                            + " \(definition.timeout)", needed: other[environment].timeout, nil)
                    finding.notes = [Diagnostic.Note(range, "the time that the other run has")]
                    diagnostics.report(finding)
                }
            }
        }
    }
}
