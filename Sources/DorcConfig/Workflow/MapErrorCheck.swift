internal import DorcModel
internal import DorcText

/// Names of errors that never come to where they are written, at steps with a Distributed Map.
///
/// Each item has a run of its own there, whose errors end that run alone: the step fails with
/// `States.ExceedToleratedFailureThreshold` when more of them failed than it may (Step Functions guide, "Setting failure
/// thresholds for Distributed Map states"). A step's `retry` is that of an item's task, its `catch` that of the Map.
enum MapErrorCheck {
    static let threshold = "States.ExceedToleratedFailureThreshold"
    /// Of the items' tasks: the Map has no time limit of its own.
    private static let ofItems: Set = ["States.Timeout", "States.HeartbeatTimeout"]

    static func run(
        _ section: PipelineFile.StepSection, _ context: ResolutionContext, into diagnostics: inout Diagnostics
    ) {
        func text(of name: Located<VariableText>) -> String {
            var unused = Diagnostics()
            return context.expand(name, &unused).sample
        }
        for name in section.retry?.value.errors?.value ?? [] where text(of: name) == threshold {
            diagnostics.report(.thresholdInRetry(at: name.range.firstLine))
        }
        guard section.forEach?.value.isDistributed == true else { return }
        for located in section.catch?.value ?? [] {
            guard let written = located.value.errors, !written.value.isEmpty else { continue }
            let names = written.value.map(text)
            if names.allSatisfy(isOfItems) {
                diagnostics.report(.catchOfItems(names[0], at: written.range.firstLine))
            }
        }
    }

    private static func isOfItems(_ name: String) -> Bool { !name.hasPrefix("States.") || ofItems.contains(name) }
}

extension Diagnostic {
    fileprivate static func thresholdInRetry(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .unmatchedError, at: range,
            "`retry` never sees `\(MapErrorCheck.threshold)`: it is about the single call",
            help: "remove it; a `catch` of the step with the Distributed Map takes it")
    }

    fileprivate static func catchOfItems(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .unmatchedError, at: range,
            "this `catch` never sees `\(name)`: an item that fails with it fails the Distributed Map with another error",
            help: "remove `errors`, or name `\(MapErrorCheck.threshold)`")
    }
}
