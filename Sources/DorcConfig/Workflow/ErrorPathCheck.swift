internal import DorcModel
internal import DorcText

/// The rules of `only_on_error` steps: what leads to them and what they lead to.
struct ErrorPathCheck {
    let workflow: Workflow
    let sections: [Located<PipelineFile.StepSection>]

    private var steps: [Step] { workflow.steps }

    /// False where the steps make no sense as error paths.
    func run(into diagnostics: inout Diagnostics) -> Bool {
        let isOfInterest =
            steps.contains { $0.isOnlyOnError || !$0.catchers.isEmpty }
            || sections.contains { $0.value.then != nil }
        guard isOfInterest else { return true }
        var findings = Diagnostics()
        checkEdges(&findings)
        checkCatchers(&findings)
        if !findings.hasErrors {
            checkPaths(&findings)
            checkEnds(&findings)
        }
        diagnostics.report(contentsOf: findings)
        return !findings.hasErrors
    }

    private func checkEdges(_ diagnostics: inout Diagnostics) {
        for (index, step) in steps.enumerated() {
            for (position, predecessor) in step.predecessors.enumerated() {
                let other = steps[predecessor]
                guard step.isOnlyOnError != other.isOnlyOnError else { continue }
                let place = sections[index].value.after?.value[safe: position]?.range ?? step.range
                diagnostics.report(
                    step.isOnlyOnError
                        ? .handlerAfterStep(step, other, at: place) : .stepAfterHandler(step, other, at: place))
            }
        }
    }

    private func checkCatchers(_ diagnostics: inout Diagnostics) {
        for (index, step) in steps.enumerated() {
            for (position, catcher) in step.catchers.enumerated() {
                let handler = steps[catcher.handler]
                let place = sections[index].value.catch?.value[safe: position]?.value.next?.range ?? step.range
                if handler.isFinally != step.isFinally {
                    diagnostics.report(.catchAcrossFinally(handler, at: place))
                } else if !handler.isOnlyOnError {
                    diagnostics.report(.catchesToStep(handler, at: place))
                }
            }
        }
    }

    /// Each path has one start, and every `only_on_error` step lies on one.
    private func checkPaths(_ diagnostics: inout Diagnostics) {
        var reached: Set<Int> = []
        for start in Set(steps.flatMap { $0.catchers.map(\.handler) }).sorted() {
            let path = workflow.errorPath(from: start)
            reached.formUnion(path)
            for index in path where index != start {
                guard let outside = steps[index].predecessors.first(where: { !path.contains($0) }) else { continue }
                diagnostics.report(.joinsErrorPaths(steps[index], other: steps[outside], start: steps[start]))
            }
        }
        for (index, step) in steps.enumerated() where step.isOnlyOnError && !reached.contains(index) {
            diagnostics.report(.uncaught(step))
        }
    }

    /// `then` is at the last steps, which agree.
    private func checkEnds(_ diagnostics: inout Diagnostics) {
        let successors = workflow.graph.successors
        for index in sections.indices {
            guard let then = sections[index].value.then else { continue }
            if !steps[index].isOnlyOnError {
                diagnostics.report(.misplaced("then", "an `only_on_error` step", at: then.range))
            } else if let next = successors[index].first {
                diagnostics.report(.thenBeforeEnd(then.range, next: steps[next]))
            }
        }
        for start in Set(steps.flatMap { $0.catchers.map(\.handler) }).sorted() {
            let ends = workflow.errorPath(from: start).filter { successors[$0].isEmpty }
            guard let failing = ends.first(where: { steps[$0].failsRun }),
                let going = ends.first(where: { !steps[$0].failsRun })
            else { continue }
            diagnostics.report(.endsDisagree(steps[failing], steps[going]))
        }
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension Diagnostic {
    fileprivate static func stepAfterHandler(_ step: Step, _ handler: Step, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .errorPath, at: range, "`\(step.name)` cannot run after `\(handler.name)`, which runs on an error only",
            help: "let it run after the step that may fail: the handler's output takes that step's place")
    }

    fileprivate static func handlerAfterStep(_ handler: Step, _ step: Step, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .errorPath, at: range, "`\(handler.name)` runs on an error only, and not after `\(step.name)`",
            help: "give `\(step.name)` a `catch: {next: \(handler.name)}`, and remove the `after`")
    }

    fileprivate static func catchesToStep(_ step: Step, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .errorPath, at: range, "`\(step.name)` is not an `only_on_error` step",
            help: "`catch` leads to a step that runs on errors alone: add `only_on_error: true` to it",
            notes: [Note(step.range, "the step is here")])
    }

    fileprivate static func catchAcrossFinally(_ handler: Step, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .finallyStep, at: range,
            handler.isFinally
                ? "`\(handler.name)` is in `finally`, and handles errors of the steps there alone"
                : "`\(handler.name)` is in `steps`, and does not handle errors of `finally`",
            help: "give \(handler.isFinally ? "`steps`" : "`finally`") a handler of its own",
            notes: [Note(handler.range, "the step is here")])
    }

    fileprivate static func joinsErrorPaths(_ step: Step, other: Step, start: Step) -> Diagnostic {
        Diagnostic(
            .errorPath, at: step.range,
            "`\(step.name)` runs after `\(other.name)`, which is not on the way from `\(start.name)`",
            help: "an error takes one path: make a step for each",
            notes: [Note(start.range, "a `catch` leads here")])
    }

    fileprivate static func uncaught(_ step: Step) -> Diagnostic {
        Diagnostic(
            .uncaughtHandler, at: step.range, "nothing leads to `\(step.name)`: no step has a `catch` for it",
            help: "add `catch: {next: \(step.name)}` to the steps whose errors it handles, or remove it")
    }

    fileprivate static func thenBeforeEnd(_ range: SourceRange, next: Step) -> Diagnostic {
        Diagnostic(
            .errorPath, at: range, "`then` belongs at the last step of an error path",
            help: "`\(next.name)` runs after this one: move it there")
    }

    fileprivate static func endsDisagree(_ failing: Step, _ going: Step) -> Diagnostic {
        Diagnostic(
            .errorPath, at: going.range,
            "the error path ends at `\(failing.name)` with `then: fail`, and at `\(going.name)` without",
            help: "give all its last steps the same `then`",
            notes: [Note(failing.range, "the run fails after this one")])
    }

    static func misplaced(_ key: String, _ place: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .misplacedKey, at: range.firstLine, "`\(key)` goes with \(place) only",
            help: "remove it, or move it there")
    }
}
