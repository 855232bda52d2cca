internal import DorcModel
internal import DorcText

/// What the items of a Distributed Map cannot do as Express workflows (Step Functions guide, "Choosing workflow type in Step
/// Functions"): take more than five minutes, wait for the end of a job or for a token, poll an activity.
enum ExpressMapCheck {
    static func run(_ workflow: Workflow, _ functions: [Function], into diagnostics: inout Diagnostics) {
        for step in workflow.steps {
            guard let iteration = step.iteration, iteration.mode == .express else { continue }
            let place = iteration.modeRange ?? step.range
            switch step.action {
            case .function(let name):
                guard let function = functions.first(where: { $0.name == name }) else { continue }
                guard function.compute == nil else {
                    diagnostics.report(
                        .expressMap(
                            "an Express workflow cannot wait for a job, and the function `\(name)` runs as one",
                            at: place, help: "remove `mode: express`, or `compute` of the function"))
                    continue
                }
                checkTime(step.timeout ?? function.timeout, of: step, function: name, at: place, &diagnostics)
            case .pipeline(_, waits: true):
                diagnostics.report(
                    .expressMap(
                        "an Express workflow cannot wait for the run of a pipeline", at: place,
                        help: "remove `mode: express`, or write `wait_for_completion: false`"))
            case .task(.integration(let name)):
                if let pattern = Integration(name)?.pattern, pattern != .requestResponse {
                    diagnostics.report(
                        .expressMap(
                            "an Express workflow has no `\(pattern.suffix)`", at: place,
                            help: "remove `mode: express`, or the `\(pattern.suffix)` of the `task`"))
                }
                if let timeout = step.timeout {
                    checkTime(timeout, of: step, function: nil, at: place, &diagnostics)
                }
            case .task(.arn(let arn)):
                if arn.sample.split(separator: ":").dropFirst(5).first == "activity" {
                    diagnostics.report(
                        .expressMap(
                            "an Express workflow cannot run an activity", at: place, help: "remove `mode: express`"))
                }
            case .pipeline(_, waits: false), .wait: break
            }
        }
    }

    private static func checkTime(
        _ time: Duration, of step: Step, function: String?, at place: SourceRange, _ diagnostics: inout Diagnostics
    ) {
        guard time > Iteration.Mode.expressLimit else { return }
        diagnostics.report(
            .expressMap(
                "an item of `\(step.name)` may take \(time), and an Express workflow ends after"
                    + " \(Iteration.Mode.expressLimit)", at: place,
                help: function.map { "give the function `\($0)` a `timeout` of 5m or less, or remove `mode: express`" }
                    ?? "shorten the step's `timeout`, or remove `mode: express`"))
    }
}

extension Diagnostic {
    fileprivate static func expressMap(_ summary: String, at range: SourceRange, help: String) -> Diagnostic {
        Diagnostic(.expressMap, at: range, summary, help: help)
    }
}
