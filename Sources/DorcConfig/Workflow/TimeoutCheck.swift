internal import DorcModel
internal import DorcText

/// A step that gives up before the function that it runs.
enum TimeoutCheck {
    static func run(_ workflow: Workflow, _ functions: [Function], into diagnostics: inout Diagnostics) {
        let timeouts = Dictionary(functions.map { ($0.name, $0.timeout) }, uniquingKeysWith: { first, _ in first })
        for step in workflow.steps {
            guard case .function(let name) = step.action, let timeout = step.timeout, let own = timeouts[name],
                timeout.seconds < own.seconds
            else { continue }
            diagnostics.report(
                Diagnostic(
                    .stepTimeout, at: step.timeoutRange ?? step.range,
                    "the step `\(step.name)` gives up after \(timeout), and the function `\(name)` may run for \(own)",
                    help: "a call that the step no longer waits for goes on: shorten the function's `timeout` too"))
        }
    }
}
