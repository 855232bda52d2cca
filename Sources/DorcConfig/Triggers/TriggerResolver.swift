internal import DorcModel
internal import DorcText

/// `schedule` and `triggers` -> the triggers of one environment.
struct TriggerResolver {
    let file: PipelineFile
    let context: ResolutionContext

    func triggers(into diagnostics: inout Diagnostics) -> [Trigger] {
        var triggers: [Trigger] = []
        let schedules = ScheduleResolver(context: context)
        if let text = file.schedule, let schedule = schedules.schedule(text, nil, into: &diagnostics) {
            triggers.append(
                Trigger(
                    name: "schedule", range: text.range.firstLine, sourceRange: text.range.firstLine,
                    source: .schedule(schedule)))
        }
        var places: [String: SourceRange] = file.schedule.map { ["schedule": $0.range] } ?? [:]
        let sections = file.triggers?.value ?? []
        for index in sections.indices {
            let section = sections[index].value
            guard let name = section.name else { continue }
            if let first = places.updateValue(name.range, forKey: name.value) {
                diagnostics.report(.duplicateTrigger(name, first: first))
                continue
            }
            let source = source(of: section, name, &diagnostics)
            guard let source, section.environments.map({ isHere(in: $0.value) }) ?? true else { continue }
            let place = section.s3?.range ?? section.event?.range ?? section.afterPipeline?.range
            triggers.append(
                Trigger(
                    name: name.value, range: name.range, sourceRange: place?.firstLine ?? name.range, source: source))
        }
        return triggers
    }

    private func isHere(in environments: [Located<String>]) -> Bool {
        let own = context.environment.name
        return environments.contains { $0.value == own }
    }

    private func source(
        of section: PipelineFile.TriggerSection, _ name: Located<String>, _ diagnostics: inout Diagnostics
    ) -> Trigger.Source? {
        switch PipelineFile.TriggerSection.type.alternative(of: section) {
        case "schedule":
            guard let text = section.schedule else { return nil }
            return ScheduleResolver(context: context)
                .schedule(text, section, into: &diagnostics).map(Trigger.Source.schedule)
        case "s3": return section.s3.flatMap { objectCreated($0.value, &diagnostics) }
        case "event": return section.event.map { event($0, &diagnostics) }
        case "after_pipeline": return afterPipelines(section, &diagnostics)
        default: return nil
        }
    }

    private func event(
        _ section: Located<EventPatternSection>, _ diagnostics: inout Diagnostics
    ) -> Trigger.Source {
        .event(
            section.value.pattern.mapTexts { text in
                let expanded = context.expand(text, &diagnostics)
                TemplateHazard.check(expanded.sample, at: text.range, &diagnostics)
                return expanded
            })
    }

    private func afterPipelines(
        _ section: PipelineFile.TriggerSection, _ diagnostics: inout Diagnostics
    ) -> Trigger.Source? {
        guard let written = section.afterPipeline?.value else { return nil }
        let named = written.any ?? written.all?.value ?? []
        var ids: [PipelineID] = []
        var hasTwice = false
        for id in named {
            if id.value == context.pipeline {
                diagnostics.report(.afterItself(id))
            } else if !context.project.pipelines.contains(id.value) {
                diagnostics.report(.unknownPipeline(id, known: context.project.pipelines))
            } else if !ids.contains(id.value) {
                ids.append(id.value)
            } else if written.all != nil {
                hasTwice = true
                diagnostics.report(.twiceInAll(id))
            }
        }
        let kind = section.on?.value ?? .success
        guard let all = written.all, !ids.isEmpty else { return ids.isEmpty ? nil : .afterPipelines(ids, kind) }
        if hasTwice { return nil }
        if all.value.count == 1, let only = all.value.first {
            diagnostics.report(
                Diagnostic(
                    .invalidValue, at: all.range.firstLine, "`all` names one pipeline only",
                    help: "name another one too, or write `after_pipeline: \(only.value)`"))
        }
        return .afterAll(Join(of: ids, kind, within: written.within?.value))
    }

    private func objectCreated(_ section: PipelineFile.S3Section, _ diagnostics: inout Diagnostics) -> Trigger.Source? {
        guard let name = section.bucket else { return nil }
        let bucket = context.expand(name, &diagnostics)
        let prefix = section.prefix.map { context.expand($0, &diagnostics) }
        let suffix = section.suffix.map { context.expand($0, &diagnostics) }
        if context.isSound(name.value), let problem = Identifiers.bucketProblem(bucket.sample) {
            diagnostics.report(.invalidBucket(bucket.sample, problem, at: name.range))
        }
        for (text, place) in [(prefix, section.prefix?.range), (suffix, section.suffix?.range)] {
            guard let text, let place else { continue }
            checkKeyPart(text.sample, isPrefix: place == section.prefix?.range, at: place.firstLine, &diagnostics)
        }
        func nonEmpty(_ text: Text?) -> Text? { text?.sample.isEmpty == true ? nil : text }
        return .objectCreated(bucket: bucket, prefix: nonEmpty(prefix), suffix: nonEmpty(suffix))
    }

    private func checkKeyPart(
        _ text: String, isPrefix: Bool, at place: SourceRange, _ diagnostics: inout Diagnostics
    ) {
        // S3 guide: a key has at most 1,024 bytes of UTF-8.
        if text.utf8.count > 1024 {
            diagnostics.report(
                .tooLarge(
                    "a string of \(text.utf8.count) bytes", allowed: "an object's key has at most 1024", at: place))
        }
        if text.contains("*") {
            diagnostics.report(
                Diagnostic(
                    .literalStar, at: place, "`*` is an ordinary character in a prefix or suffix",
                    help: "`prefix` is what a key starts with and `suffix` what it ends with: `.csv`, not `*.csv`"))
        }
        if text.hasPrefix("/") && isPrefix {
            diagnostics.report(
                Diagnostic(
                    .prefixSlash, at: place,
                    "keys do not start with `/`: this prefix matches next to nothing",
                    help: "remove `prefix` for every object",
                    replacement: text.count > 1 ? String(text.dropFirst()) : nil))
        }
    }
}

extension Diagnostic {
    fileprivate static func duplicateTrigger(_ name: Located<String>, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .duplicateTrigger, at: name.range, "two triggers are named `\(name.value)`", help: "rename one",
            notes: [Note(first, "the first is here")])
    }

    fileprivate static func twiceInAll(_ id: Located<PipelineID>) -> Diagnostic {
        Diagnostic(
            .invalidValue, at: id.range, "`\(id.value)` is twice in `all`",
            help: "remove one, or name the pipeline that was meant: of several ends of one, the last counts")
    }

    fileprivate static func afterItself(_ id: Located<PipelineID>) -> Diagnostic {
        Diagnostic(
            .pipelineCycle, at: id.range, "the end of a run would start the next one, without end",
            help: "name another pipeline, or use a `schedule` with `max_active_runs: 1`")
    }
}
