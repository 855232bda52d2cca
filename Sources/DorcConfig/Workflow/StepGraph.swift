internal import DorcModel
internal import DorcText
internal import JSONata

/// The names of the steps, and for each step those that it runs after.
struct StepGraph {
    private(set) var indices: [String: Int] = [:]
    private(set) var predecessors: [[Int]] = []
    private var graph = DirectedGraph(count: 0)
    /// Whether every name leads to a step.
    private(set) var isSound = true
    /// By the step; nil where none can be told.
    let names: [Located<String>?]
    private let sections: [Located<PipelineFile.StepSection>]
    /// The first step of `finally`; the number of steps where there is none.
    private let finallyStart: Int

    init(
        _ sections: [Located<PipelineFile.StepSection>], finallyFrom start: Int, into diagnostics: inout Diagnostics
    ) {
        self.sections = sections
        finallyStart = start
        // By index, here and below: a section is large, and to go through them copies each.
        names = sections.indices.map { sections[$0].value.stepName }
        addNames(&diagnostics)
        predecessors = sections.indices.map { predecessors(at: $0, &diagnostics) }
        graph = DirectedGraph(predecessors: predecessors)
    }

    /// The step of that name; reports that there is none. `index` is the step that names it: those of `steps` and those of `finally` name
    /// each their own.
    func step(_ name: Located<String>, at index: Int, into diagnostics: inout Diagnostics) -> Int? {
        if let index = indices[name.value] { return index }
        let known = indices.filter { isFinally($0.value) == isFinally(index) }.map(\.key).sorted()
        diagnostics.report(.unknownStep(name, known: known, isFinally: isFinally(index)))
        return nil
    }

    func isFinally(_ index: Int) -> Bool { index >= finallyStart }

    /// The names of the steps that run before one.
    func stepsBefore(_ index: Int) -> StepsBefore {
        StepsBefore(
            direct: predecessors[index].compactMap { names[$0]?.value },
            isEarlier: { name in indices[name].map { isBefore($0, index) } ?? false })
    }

    /// Whether one step runs before another, by whatever way. Where `after` goes in a cycle, a step is not before itself.
    private func isBefore(_ earlier: Int, _ index: Int) -> Bool {
        earlier != index && graph.reaches(index, from: earlier)
    }

    private mutating func addNames(_ diagnostics: inout Diagnostics) {
        for (index, name) in names.enumerated() {
            guard let name else {
                let section = sections[index].value
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
                diagnostics.report(.duplicateStep(name, first: names[first]?.range ?? name.range))
            } else {
                indices[name.value] = index
            }
        }
    }

    private mutating func predecessors(at index: Int, _ diagnostics: inout Diagnostics) -> [Int] {
        guard let after = sections[index].value.after else {
            if sections[index].value.onlyOnError?.value == true { return [] }
            let before = isFinally(index) ? finallyStart..<index : 0..<index
            return before.last { sections[$0].value.onlyOnError?.value != true }.map { [$0] } ?? []
        }
        var result: [Int] = []
        for name in after.value {
            guard let predecessor = step(name, at: index, into: &diagnostics) else {
                isSound = false
                continue
            }
            if isFinally(predecessor) != isFinally(index) {
                isSound = false
                diagnostics.report(.afterAcrossFinally(name, isFinally: isFinally(index)))
            } else if result.contains(predecessor) {
                diagnostics.report(.duplicateAfter(name))
            } else {
                result.append(predecessor)
            }
        }
        return result
    }
}

extension Diagnostic {
    fileprivate static func namelessStep(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .missingKey, at: range, "a step needs a `name`",
            help: "where it has none, the name of its `function` or `pipeline` is the step's")
    }

    fileprivate static func afterAcrossFinally(_ name: Located<String>, isFinally: Bool) -> Diagnostic {
        Diagnostic(
            .finallyStep, at: name.range,
            isFinally
                ? "steps of `finally` run after all others, and not after `\(name.value)` alone"
                : "`\(name.value)` is a step of `finally`: it runs after this one, not before it",
            help: isFinally
                ? "remove it: `after` names other steps of `finally`"
                : "remove it, or move that step from `finally` to `steps`")
    }

    fileprivate static func duplicateStep(_ name: Located<String>, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .duplicateStep, at: name.range, "two steps are named `\(name.value)`",
            help: "give one of them a `name` of its own, and the function as `function: \(name.value)`",
            notes: [Note(first, "the first is here")])
    }

    fileprivate static func duplicateAfter(_ name: Located<String>) -> Diagnostic {
        Diagnostic(.duplicateAfter, at: name.range, "`\(name.value)` is twice in `after`", help: "remove one")
    }

    fileprivate static func unknownStep(_ name: Located<String>, known: [String], isFinally: Bool) -> Diagnostic {
        Diagnostic(
            .unknownStep, at: name.range, "there is no step `\(name.value)`",
            help: "the steps\(isFinally ? " of `finally`" : "") are \(known.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: name.value, among: known))
    }
}
