internal import DorcModel
internal import DorcText

/// What `event` of a case says, with its variables replaced.
enum CaseEvent: Equatable {
    /// The only schedule, or the one of a name.
    case schedule(String?)
    case object

    /// For editors.
    static let pattern = "^(?:schedule(?::.+)?|s3:[^/]+/.+)$"

    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("schedule", nil): self = .schedule(nil)
        case ("schedule", let name?) where !name.isEmpty: self = .schedule(name)
        case ("s3", let place?):
            guard let slash = place.firstIndex(of: "/"), slash != place.startIndex,
                place.index(after: slash) != place.endIndex
            else { return nil }
            self = .object
        default: return nil
        }
    }

    /// Against the pipeline's triggers, in whichever environment they are: the runner knows those of the one that it runs in.
    func check(against file: PipelineFile, at range: SourceRange, into diagnostics: inout Diagnostics) {
        guard case .schedule(let name) = self else { return }
        let sections = (file.triggers?.value ?? []).map(\.value).filter { $0.schedule != nil }
        let schedules = (file.schedule == nil ? [] : ["schedule"]) + sections.compactMap(\.name?.value)
        if let name {
            if !schedules.contains(name) { diagnostics.report(.unknownSchedule(name, known: schedules, at: range)) }
        } else if schedules.count != 1 {
            diagnostics.report(.whichSchedule(schedules, at: range))
        }
    }
}

extension Diagnostic {
    static func invalidEvent(_ text: String, at range: SourceRange) -> Diagnostic {
        .invalidValue(
            text, expected: "`schedule`, `schedule:NAME` or `s3:BUCKET/KEY`", at: range,
            help: "write the event of another trigger as `input`")
    }

    fileprivate static func unknownSchedule(_ name: String, known: [String], at range: SourceRange) -> Diagnostic {
        let listed = known.map { "`schedule:\($0)`" }.joined(separator: ", ")
        return Diagnostic(
            .unknownTrigger, at: range, "the pipeline has no schedule `\(name)`",
            help: known.isEmpty ? "it has none: write what it would send as `input`" : "it has \(listed)",
            replacement: Suggestion.closest(to: name, among: known).map { "schedule:\($0)" })
    }

    fileprivate static func whichSchedule(_ known: [String], at range: SourceRange) -> Diagnostic {
        guard !known.isEmpty else {
            return Diagnostic(
                .unknownTrigger, at: range, "the pipeline has no schedule",
                help: "write what starts it as `input`, or add a trigger with a `schedule`")
        }
        return Diagnostic(
            .unknownTrigger, at: range, "the pipeline has \(known.count) schedules",
            help: "say which: \(known.map { "`schedule:\($0)`" }.joined(separator: ", "))")
    }
}
