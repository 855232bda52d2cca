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
                let call = step.timeout.map { min($0, function.timeout) } ?? function.timeout
                checkRetry(of: step, call: call, at: place, &diagnostics)
            // Whose end it does not wait for: an item takes what the waits between its tries take, and their `timeout`.
            case .pipeline(_, waits: false): checkRetry(of: step, call: step.timeout, at: place, &diagnostics)
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
                checkRetry(of: step, call: step.timeout, at: place, &diagnostics)
            case .task(.arn(let arn)):
                checkRetry(of: step, call: step.timeout, at: place, &diagnostics)
                if arn.sample.split(separator: ":").dropFirst(5).first == "activity" {
                    diagnostics.report(
                        .expressMap(
                            "an Express workflow cannot run an activity", at: place, help: "remove `mode: express`"))
                }
            case .wait: break
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

    /// All tries of an item and the waits between them are one execution. `call` is nil where nothing says how long one may take.
    private static func checkRetry(
        of step: Step, call: Duration?, at place: SourceRange, _ diagnostics: inout Diagnostics
    ) {
        let limit = Iteration.Mode.expressLimit
        // One call that is too long has been reported.
        guard let retry = step.retry, retry.attempts > 0, (call ?? Duration(0)) <= limit else { return }
        let waits = retry.waits(upTo: Double(limit.seconds))
        let calls = Double(call?.seconds ?? 0) * (Double(retry.attempts) + 1)
        guard waits + calls > Double(limit.seconds) else { return }
        let fitting = Int(((Double(limit.seconds) - waits) / (Double(retry.attempts) + 1)).rounded(.down))
        let shorter = fitting > 0 ? ", a `timeout` of \(Duration(fitting)) or less" : ", a shorter `interval`"
        diagnostics.report(
            .expressMap(
                "with its `retry` an item of `\(step.name)` may take longer than the \(limit) after which an Express workflow"
                    + " ends", .warning, at: place,
                help: "all tries and the waits between them have to fit: write fewer `attempts`\(shorter), or remove"
                    + " `mode: express`"))
    }
}

extension Retry {
    /// Seconds of all waits between the tries together, as long as they are no more than that.
    fileprivate func waits(upTo most: Double) -> Double {
        var total = 0.0
        var wait = Double(interval.seconds)
        for _ in 0..<attempts {
            total += maxDelay.map { min(wait, Double($0.seconds)) } ?? wait
            if total > most || wait <= 0 { break }
            wait *= backoffRate
        }
        return total
    }
}

extension Diagnostic {
    fileprivate static func expressMap(
        _ summary: String, _ severity: Severity = .error, at range: SourceRange, help: String
    ) -> Diagnostic {
        Diagnostic(.expressMap, severity, at: range, summary, help: help)
    }
}
