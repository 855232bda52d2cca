internal import DorcModel
internal import DorcText

/// Steps that need more time than a run has.
struct RunTimeoutCheck {
    let workflow: Workflow
    /// Of a run.
    let timeout: Duration
    /// Where it is written; nil for the default.
    let place: SourceRange?

    func run(into diagnostics: inout Diagnostics) {
        checkWaits(&diagnostics)
        for step in workflow.steps {
            guard let own = step.timeout, own > timeout else { continue }
            diagnostics.report(
                .runTimeout(
                    .warning, at: step.range,
                    "the step `\(step.name)` may take \(own), but a run ends after \(timeout)",
                    needed: own, place))
        }
        guard place == nil, let step = workflow.steps.first(where: \.waitsWithoutEnd) else { return }
        diagnostics.report(
            Diagnostic(
                .defaultTimeout, at: step.range,
                "the step `\(step.name)` waits for what it has started for as long as a run lasts: \(timeout), by default",
                help: "write how long that may take: `timeout: \(timeout)` at the top of pipeline.yaml, or at the step")
        )
    }

    /// The longest way through the waits whose length is known.
    private func checkWaits(_ diagnostics: inout Diagnostics) {
        guard workflow.steps.contains(where: \.isWaitOfLength) else { return }
        var longest: (seconds: Int, step: Int)?
        let workflow = workflow.withFinallyInOrder
        var seconds = Array(repeating: 0, count: workflow.steps.count)
        for index in workflow.graph.topologicalOrder() {
            let step = workflow.steps[index]
            let before = step.predecessors.map { seconds[$0] }.max() ?? 0
            guard case .wait(.duration(let wait)) = step.action else {
                seconds[index] = before
                continue
            }
            seconds[index] = before.addingReportingOverflow(wait.seconds).partialValue
            if seconds[index] > longest?.seconds ?? 0 { longest = (seconds[index], index) }
        }
        guard let longest else { return }
        let total = Duration(longest.seconds)
        // The run ends when its time is over, though the wait be over at the same moment.
        Limit(timeout.seconds - 1).check(total.seconds, &diagnostics) { severity in
            .runTimeout(
                severity, at: workflow.steps[longest.step].range,
                "with this step a run has waited for \(total.rough), but it ends after \(timeout)", needed: total, place
            )
        }
    }
}

/// Functions that may take longer than a run, where a file says how long.
struct FunctionTimeoutCheck {
    let functions: [Function]
    /// Of a run.
    let timeout: Duration
    /// Where it is written; nil for the default.
    let place: SourceRange?

    /// Each function is told of once, at its first step. One that has a timeout of its own has been looked at.
    func run(_ workflow: Workflow, into diagnostics: inout Diagnostics) {
        for function in functions where function.hasOwnTimeout && function.timeout > timeout {
            let step = workflow.steps.first { step in
                if case .function(function.name) = step.action { step.timeout == nil } else { false }
            }
            guard let step else { continue }
            diagnostics.report(
                .runTimeout(
                    .warning, at: step.range,
                    "the function `\(function.name)` may take \(function.timeout), but a run ends after \(timeout)",
                    needed: function.timeout, place))
        }
    }
}

/// A step that gives up before the function that it runs.
enum TimeoutCheck {
    static func run(_ workflow: Workflow, _ functions: [Function], into diagnostics: inout Diagnostics) {
        let known = Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for step in workflow.steps {
            guard case .function(let name) = step.action, let timeout = step.timeout, let function = known[name],
                timeout < function.timeout, function.hasOwnTimeout || function.compute == nil
            else { continue }
            let own = function.timeout
            diagnostics.report(
                Diagnostic(
                    .stepTimeout, at: step.timeoutRange ?? step.range,
                    "the step `\(step.name)` gives up after \(timeout), and the function `\(name)` may run for \(own)",
                    // A job's runner asks each minute whether somebody waits.
                    help: function.compute != nil && function.isBuilt
                        ? "the job ends within a minute of that: shorten the function's `timeout` too, or give the step more time"
                        : "a call that the step no longer waits for goes on: shorten the function's `timeout` too"))
        }
    }
}

/// A run that waits for one of another pipeline, which may take longer than the default of its own.
enum NestedTimeoutCheck {
    static func run(_ project: Project, into diagnostics: inout Diagnostics) {
        lazy var pipelines = Dictionary(project.pipelines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for pipeline in project.pipelines {
            for (index, environment) in pipeline.environments.enumerated() where environment.timeoutRange == nil {
                let steps = environment.workflow.steps
                for position in steps.indices where steps[position].timeout == nil {
                    guard case .pipeline(let id, waits: true) = steps[position].action,
                        let other = pipelines[id]?.environments, other.indices.contains(index),
                        let range = other[index].timeoutRange, other[index].timeout > environment.timeout
                    else { continue }
                    var finding = Diagnostic.runTimeout(
                        .warning, at: steps[position].range,
                        "a run of `\(id)` may take \(other[index].timeout), but this one ends after"
                            + " \(environment.timeout)", needed: other[index].timeout, nil)
                    finding.notes = [Diagnostic.Note(range, "the time that the other run has")]
                    diagnostics.report(finding)
                }
            }
        }
    }
}

extension Step {
    fileprivate var isWaitOfLength: Bool { if case .wait(.duration) = action { true } else { false } }

    /// Whether Step Functions waits for another service, which may never answer.
    fileprivate var waitsWithoutEnd: Bool {
        guard timeout == nil, case .task(.integration(let name)) = action else { return false }
        return [".sync", ".sync:2", ".waitForTaskToken"].contains { name.hasSuffix($0) }
    }
}

extension Duration {
    /// Seconds of a unit that fits.
    private var unit: Int { seconds >= 2 * 86400 ? 86400 : seconds >= 2 * 3600 ? 3600 : 60 }

    /// As in `3d`, or "more than 3d".
    fileprivate var rough: String {
        guard seconds >= 120, seconds % unit != 0 else { return description }
        return "more than \(Duration(seconds / unit * unit))"
    }

    /// Whole days, hours or minutes, with an eighth for the other steps; nil where a run cannot last so long.
    fileprivate var withMargin: Duration? {
        let enough = (seconds + max(seconds / 8, 1) + unit - 1) / unit * unit
        return enough > 365 * 86400 ? nil : Duration(enough)
    }
}

extension Diagnostic {
    fileprivate static func runTimeout(
        _ severity: Severity, at range: SourceRange, _ summary: String, needed: Duration, _ place: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .runTimeout, severity, at: range, summary + (place == nil ? ", by default" : ""),
            help: needed.withMargin.map { "write `timeout: \($0)` at the top of pipeline.yaml, or shorten the step" }
                ?? "shorten the step: a run lasts at most 365d",
            notes: place.map { [Note($0, "the time that a run has")] } ?? [])
    }
}
