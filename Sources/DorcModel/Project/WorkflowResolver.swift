/// `steps` -> Workflow: names become indices, and a step without `after` follows the one before it.
struct WorkflowResolver {
    let file: PipelineFile
    let scope: VariableScope
    let known: Set<PipelineID>
    let defaultRetry: Retry?

    func workflow(into diagnostics: inout Diagnostics) -> Workflow {
        let sections = (file.steps?.value ?? []).map(\.value)
        var indices: [String: Int] = [:]
        for (index, section) in sections.enumerated() {
            guard let name = section.stepName else {
                if section.writtenKeys.isDisjoint(with: ["name", "function", "pipeline"]) {
                    diagnostics.report(.namelessStep(at: section.range.firstLine))
                }
                continue
            }
            if !StepName.isValid(name.value) {
                diagnostics.report(
                    .invalidName(
                        name.value, of: "a step's name", rule: StepName.rule + ": give the step a `name` of its own",
                        at: name.range))
            }
            if let first = indices[name.value] {
                diagnostics.report(.duplicateStep(name, first: sections[first].stepName?.range ?? section.range))
            } else {
                indices[name.value] = index
            }
        }
        var steps: [Step] = []
        for (index, section) in sections.enumerated() {
            guard let name = section.stepName else { continue }
            let after = predecessors(of: section, at: index, indices, &diagnostics)
            guard let action = action(of: section, &diagnostics) else { continue }
            let arguments = section.arguments.map { scope.expand($0.value, &diagnostics) }
            if let place = section.arguments?.range, let arguments {
                TemplateHazard.check(arguments, at: place, &diagnostics)
            }
            let retry = section.retry.map { Retry($0.value, scope, &diagnostics) } ?? defaultRetry
            steps.append(
                Step(
                    name: name.value, range: name.range, action: action, arguments: arguments, predecessors: after,
                    retry: retry))
        }
        guard steps.count == sections.count else { return Workflow(steps: []) }
        reportCycles(steps, &diagnostics)
        return Workflow(steps: steps)
    }

    private func action(of section: PipelineFile.StepSection, _ diagnostics: inout Diagnostics) -> Step.Action? {
        if let path = section.pipeline {
            if let function = section.function {
                diagnostics.report(.twoActions(at: function.range, other: path.range))
                return nil
            }
            guard let id = PipelineID(path.value) else { return nil }
            if !known.contains(id) {
                diagnostics.report(.unknownPipeline(path, known: known.map(\.description).sorted()))
                return nil
            }
            return .pipeline(id)
        }
        guard let name = section.functionName else { return nil }
        guard Names.isFolder(name.value) else {
            diagnostics.report(
                .invalidName(
                    name.value, of: "a function's name",
                    rule: "give the step a `function` whose folder has a possible name",
                    at: name.range))
            return nil
        }
        return .function(name.value)
    }

    private func predecessors(
        of section: PipelineFile.StepSection, at index: Int, _ indices: [String: Int], _ diagnostics: inout Diagnostics
    ) -> [Int] {
        guard let after = section.after else { return index > 0 ? [index - 1] : [] }
        var result: [Int] = []
        for name in after.value {
            if let predecessor = indices[name.value] {
                if result.contains(predecessor) {
                    diagnostics.report(
                        Diagnostic(
                            "duplicate-after", at: name.range, "`\(name.value)` stands twice in `after`",
                            help: "remove one"))
                } else {
                    result.append(predecessor)
                }
            } else {
                diagnostics.report(.unknownStep(name, known: indices.keys.sorted()))
            }
        }
        return result
    }

    /// Removes steps without predecessors until none is left; what remains runs in a circle.
    private func reportCycles(_ steps: [Step], _ diagnostics: inout Diagnostics) {
        for (index, step) in steps.enumerated() where step.predecessors.contains(index) {
            diagnostics.report(.stepAfterItself(step))
        }
        guard !steps.enumerated().contains(where: { $1.predecessors.contains($0) }) else { return }
        let successors = Workflow(steps: steps).successors
        var open = steps.map(\.predecessors.count)
        var ready = steps.indices.filter { open[$0] == 0 }
        var done = 0
        while let next = ready.popLast() {
            done += 1
            for successor in successors[next] {
                open[successor] -= 1
                if open[successor] == 0 { ready.append(successor) }
            }
        }
        guard done < steps.count, var current = steps.indices.first(where: { open[$0] > 0 }) else { return }
        // Every open step has an open predecessor: going back leads into the circle.
        var path: [Int] = []
        while !path.contains(current) {
            path.append(current)
            guard let previous = steps[current].predecessors.first(where: { open[$0] > 0 }) else { return }
            current = previous
        }
        let indices = Array(path[(path.firstIndex(of: current) ?? 0)...].reversed())
        let first = indices.firstIndex(of: indices.min() ?? 0) ?? 0
        let circle = (indices[first...] + indices[..<first]).map { steps[$0].name }
        let names = (circle + [circle.first ?? ""]).joined(separator: " -> ")
        diagnostics.report(
            Diagnostic(
                "step-cycle", at: steps[indices.min() ?? current].range, "the steps run in a circle: \(names)",
                help: "take one `after` out"))
    }
}

extension Diagnostic {
    fileprivate static func stepAfterItself(_ step: Step) -> Diagnostic {
        Diagnostic("step-cycle", at: step.range, "`\(step.name)` runs after itself", help: "take it out of its `after`")
    }

    fileprivate static func namelessStep(at range: SourceRange) -> Diagnostic {
        Diagnostic("missing-key", at: range, "a step needs a `name`, a `function` or a `pipeline`")
    }

    fileprivate static func duplicateStep(_ name: Located<String>, first: SourceRange) -> Diagnostic {
        Diagnostic(
            "duplicate-step", at: name.range, "two steps are named `\(name.value)`",
            help: "give one of them a `name` of its own, and the function as `function: \(name.value)`",
            notes: [Note(first, "the first stands here")])
    }

    fileprivate static func twoActions(at range: SourceRange, other: SourceRange) -> Diagnostic {
        Diagnostic(
            "two-actions", at: range, "a step runs a `function` or a `pipeline`, not both",
            help: "make two steps of it",
            notes: [Note(other, "the pipeline stands here")])
    }

    fileprivate static func unknownPipeline(_ path: Located<String>, known: [String]) -> Diagnostic {
        Diagnostic(
            "unknown-pipeline", at: path.range, "there is no pipeline `\(path.value)`",
            help: "a pipeline is named by its folders, `layer/name`",
            replacement: Suggestion.closest(to: path.value, among: known))
    }

    fileprivate static func unknownStep(_ name: Located<String>, known: [String]) -> Diagnostic {
        Diagnostic(
            "unknown-step", at: name.range, "there is no step `\(name.value)`",
            help: "the steps are \(known.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: name.value, among: known))
    }
}
