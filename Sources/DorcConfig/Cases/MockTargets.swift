internal import DorcModel
internal import DorcText

/// What a mock can replace: the steps of a pipeline, and, as `layer/pipeline/step`, those of the pipelines that it starts.
struct MockTargets: Sendable {
    fileprivate let pipelines: [PipelineID: WrittenPipeline]
    /// Exist, and what is in them is not known.
    fileprivate let unreadable: Set<PipelineID>

    init(_ repository: ConfigRepository) {
        pipelines = Dictionary(
            repository.pipelines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        unreadable = repository.unreadable
    }
}

/// The targets of runs of one pipeline: what is asked for again and again is looked up once.
struct MockScope {
    private let targets: MockTargets
    private let pipeline: WrittenPipeline
    private var steps: [PipelineID: Steps] = [:]
    private lazy var started = findStarted()
    /// The names of steps in pipelines that are started, as a mock has to write them.
    private lazy var others = started.ids.sorted().flatMap { id in
        steps(of: id)?.names.map { "\(id)/\($0)" } ?? []
    }
    /// A file with more unknown steps than this is a file of another pipeline.
    private var left = 100

    init(_ pipeline: WrittenPipeline, among targets: MockTargets) {
        self.pipeline = pipeline
        self.targets = targets
    }

    /// The names in a mapping of mocks.
    mutating func check(_ mocks: MockMap, into diagnostics: inout Diagnostics) {
        let own = steps(of: pipeline.id) ?? Steps(pipeline)
        for entry in mocks.entries where !own.has(entry.key.value) && left > 0 {
            let (name, place) = (entry.key.value, entry.key.range.firstLine)
            var finding: Diagnostic?
            if own.waits.contains(name) {
                finding = .mockOfWait(name, at: place)
            } else if let (id, step) = Self.qualified(name) {
                finding = mistake(id, step, at: place)
            } else if own.areKnown {
                finding = .unknownMock(name, of: pipeline.id, own, others: others, at: place)
            }
            guard let finding else { continue }
            diagnostics.report(finding)
            left -= 1
        }
    }

    private mutating func mistake(_ id: PipelineID, _ step: String, at place: SourceRange) -> Diagnostic? {
        guard let steps = steps(of: id) else {
            if targets.unreadable.contains(id) { return nil }
            let known = started.ids.map { "\($0)/\(step)" }.sorted()
            return .unknownPipelineOfMock(id, "\(id)/\(step)", known: known, at: place)
        }
        if id != pipeline.id, !started.ids.contains(id), started.areAll {
            return .mockOfOther(id, of: pipeline.id, at: place)
        }
        if steps.has(step) || !steps.areKnown { return nil }
        return steps.waits.contains(step)
            ? .mockOfWait(step, at: place)
            : .unknownMock(step, of: id, steps, prefix: "\(id)/", others: [], at: place)
    }

    private mutating func steps(of id: PipelineID) -> Steps? {
        if let known = steps[id] { return known }
        guard let target = targets.pipelines[id] else { return nil }
        let found = Steps(target)
        steps[id] = found
        return found
    }

    /// What runs of the pipeline can start, and whether that is all: a definition may start others.
    private func findStarted() -> (ids: Set<PipelineID>, areAll: Bool) {
        var found: Set<PipelineID> = []
        var open = [pipeline]
        var areAll = true
        while let next = open.popLast() {
            if next.file.definition != nil { areAll = false }
            for step in next.file.allSteps {
                guard let id = step.value.pipeline?.value, found.insert(id).inserted else { continue }
                if let target = targets.pipelines[id] { open.append(target) } else { areAll = false }
            }
        }
        return (found, areAll)
    }

    /// `layer/pipeline/step`
    private static func qualified(_ name: String) -> (PipelineID, step: String)? {
        let parts = name.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[2].isEmpty, Names.isFolder(parts[0]), Names.isFolder(parts[1]) else {
            return nil
        }
        return (PipelineID(layer: parts[0], name: parts[1]), parts[2])
    }

    /// The steps of one pipeline, or the states of its definition.
    fileprivate struct Steps {
        /// Those that have an answer, in the order of the file.
        private(set) var names: [String] = []
        /// How many of them are of `finally`: the last ones.
        private var finallyCount = 0
        private(set) var waits: Set<String> = []
        private var known: Set<String> = []
        /// Whether there are no others.
        private(set) var areKnown = true

        init(_ pipeline: WrittenPipeline) {
            guard pipeline.file.definition == nil else {
                names = (pipeline.machine?.stateNames ?? []).sorted()
                known = Set(names)
                areKnown = pipeline.machine?.isMachine == true
                return
            }
            for step in pipeline.file.allSteps {
                guard let name = step.value.stepName?.value else {
                    areKnown = false
                    continue
                }
                if PipelineFile.StepSection.type.alternative(of: step.value) == "wait" {
                    waits.insert(name)
                } else {
                    names.append(name)
                }
            }
            let last = (pipeline.file.finally?.value ?? []).compactMap(\.value.stepName?.value)
            finallyCount = last.filter { names.contains($0) }.count
            known = Set(names)
            if names.isEmpty, waits.isEmpty { areKnown = false }
        }

        func has(_ name: String) -> Bool { known.contains(name) }

        /// As in "`extract`, `load`, and of `finally` `tidy`".
        func listed(_ prefix: String) -> String {
            let all = names.map { "`\(prefix)\($0)`" }
            let last = all.suffix(finallyCount).joined(separator: ", ")
            let first = all.dropLast(finallyCount).joined(separator: ", ")
            return finallyCount == 0 ? first : "\(first.isEmpty ? "" : "\(first), and ")of `finally` \(last)"
        }
    }
}

extension Diagnostic {
    fileprivate static func unknownMock(
        _ name: String, of pipeline: PipelineID, _ steps: MockScope.Steps, prefix: String = "", others: [String],
        at range: SourceRange
    ) -> Diagnostic {
        let elsewhere = others.first { $0.hasSuffix("/" + name) }
        return Diagnostic(
            .unknownMock, at: range, "`\(pipeline)` has no step `\(name)`",
            help: elsewhere == nil
                ? "its steps are \(steps.listed(prefix))"
                : "a step of a pipeline that is started is written with its pipeline",
            replacement: elsewhere ?? Suggestion.closest(to: name, among: steps.names).map { prefix + $0 })
    }

    fileprivate static func unknownPipelineOfMock(
        _ id: PipelineID, _ name: String, known: [String], at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .unknownMock, at: range, "there is no pipeline `\(id)`",
            help: "write a step's name, or `layer/pipeline/step` for one of a pipeline that is started",
            replacement: Suggestion.closest(to: name, among: known))
    }

    fileprivate static func mockOfOther(_ id: PipelineID, of own: PipelineID, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .unknownMock, at: range, "`\(own)` does not start `\(id)`",
            help: "remove the mock, or move the case to the `tests` folder of `\(id)`")
    }

    fileprivate static func mockOfWait(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .unknownMock, at: range, "the step `\(name)` waits: it has no answer to replace",
            help: "remove the mock: nothing waits in a case")
    }
}
