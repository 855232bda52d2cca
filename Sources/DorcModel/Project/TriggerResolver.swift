/// `schedule` and `triggers` -> the triggers of one environment.
struct TriggerResolver {
    let file: PipelineFile
    let environment: Environment
    let scope: VariableScope

    func triggers(into diagnostics: inout Diagnostics) -> [Trigger] {
        var triggers: [Trigger] = []
        if let schedule = file.schedule, let source = self.schedule(schedule, timezone: nil, input: nil, &diagnostics) {
            triggers.append(Trigger(name: "schedule", range: schedule.range.firstLine, source: source))
        }
        var places: [String: SourceRange] = file.schedule.map { ["schedule": $0.range] } ?? [:]
        for section in (file.triggers?.value ?? []).map(\.value) {
            guard let name = section.name else { continue }
            if let first = places.updateValue(name.range, forKey: name.value) {
                diagnostics.report(.duplicateTrigger(name, first: first))
                continue
            }
            let source = source(of: section, name, &diagnostics)
            let environments = section.environments?.value.map(\.value)
            guard let source, environments?.contains(environment.name) ?? true else { continue }
            triggers.append(Trigger(name: name.value, range: name.range, source: source))
        }
        return triggers
    }

    private func source(
        of section: PipelineFile.TriggerSection, _ name: Located<String>, _ diagnostics: inout Diagnostics
    ) -> Trigger.Source? {
        switch (section.schedule, section.s3) {
        case (let expression?, nil):
            return schedule(expression, timezone: section.timezone, input: section.input, &diagnostics)
        case (nil, let s3?):
            for misplaced in [section.timezone?.range, section.input?.range].compactMap({ $0 }) {
                diagnostics.report(
                    Diagnostic(
                        "schedule-only", at: misplaced.firstLine, "this key goes with `schedule` only",
                        help: "remove it"))
            }
            return objectCreated(s3.value, &diagnostics)
        case (.some, let s3?):
            diagnostics.report(
                Diagnostic(
                    "two-sources", at: s3.range.firstLine, "a trigger has a `schedule` or an `s3`, not both",
                    help: "make two triggers of it"))
        // A key that could not be read, or is not known, may have been the one.
        case (nil, nil) where section.writtenKeys.isSubset(of: ["name", "timezone", "input", "environments"]):
            diagnostics.report(
                Diagnostic("missing-key", at: name.range, "the trigger `\(name.value)` needs a `schedule` or an `s3`"))
        case (nil, nil): break
        }
        return nil
    }

    private func schedule(
        _ text: Located<VariableText>, timezone: Located<VariableText>?, input: Located<JSONSource>?,
        _ diagnostics: inout Diagnostics
    ) -> Trigger.Source? {
        let zone = timezone.flatMap { scope.literal($0, "the time zone", &diagnostics) }
        if let zone, let place = timezone?.range, !TimeZones.isKnown(zone) {
            diagnostics.report(
                Diagnostic(
                    "unknown-timezone", at: place.firstLine, "`\(zone)` is not an IANA time zone",
                    help: "as in `Europe/London` or `UTC`", replacement: TimeZones.suggestion(for: zone)))
        }
        let input = input.map { scope.expand($0.value, &diagnostics) }
        guard let literal = scope.literal(text, "the schedule", &diagnostics) else { return nil }
        do {
            let expression = try ScheduleExpression.parse(literal)
            return .schedule(expression, timezone: zone, input: input)
        } catch {
            let hasVariables = literal != text.value.source
            let node = YAMLNode(.scalar(literal, .plain), range: text.range)
            diagnostics.report(
                Diagnostic(
                    "invalid-schedule",
                    at: hasVariables ? text.range.firstLine : node.rangeOrQuoted(of: error.offset).firstLine,
                    (hasVariables ? "`\(literal)` in environment `\(environment.name)`: " : "") + error.summary,
                    help: error.help))
            return nil
        }
    }

    private func objectCreated(_ section: PipelineFile.S3Section, _ diagnostics: inout Diagnostics) -> Trigger.Source? {
        guard let name = section.bucket else { return nil }
        let bucket = scope.expand(name, &diagnostics)
        let prefix = section.prefix.map { scope.expand($0, &diagnostics) }
        let suffix = section.suffix.map { scope.expand($0, &diagnostics) }
        if scope.isSound(name.value), let problem = Identifiers.bucketProblem(bucket.sample) {
            diagnostics.report(
                Diagnostic(
                    "invalid-bucket", at: name.range.firstLine, "`\(bucket.sample)` cannot be a bucket: \(problem)"))
        }
        for (text, place) in [(prefix, section.prefix?.range), (suffix, section.suffix?.range)] {
            guard let text, let place else { continue }
            // S3 guide: a key has at most 1,024 bytes of UTF-8.
            if text.sample.utf8.count > 1024 {
                diagnostics.report(
                    .outOfRange(
                        "a text of \(text.sample.utf8.count) bytes", allowed: "an object's key has at most 1024",
                        at: place.firstLine))
            }
            if text.sample.contains("*") {
                diagnostics.report(
                    Diagnostic(
                        "literal-star", .warning, at: place.firstLine, "`*` stands for itself in a prefix or suffix",
                        help: "`prefix` is what a key starts with and `suffix` what it ends with: `.csv`, not `*.csv`"))
            }
            if text.sample.hasPrefix("/") && place == section.prefix?.range {
                diagnostics.report(
                    Diagnostic(
                        "prefix-slash", .warning, at: place.firstLine,
                        "keys do not start with `/`: this prefix matches next to nothing",
                        help: "leave `prefix` out for every object",
                        replacement: text.sample.count > 1 ? String(text.sample.dropFirst()) : nil))
            }
        }
        func nonEmpty(_ text: Text?) -> Text? { text?.sample.isEmpty == true ? nil : text }
        return .objectCreated(bucket: bucket, prefix: nonEmpty(prefix), suffix: nonEmpty(suffix))
    }
}

extension Diagnostic {
    fileprivate static func duplicateTrigger(_ name: Located<String>, first: SourceRange) -> Diagnostic {
        Diagnostic(
            "duplicate-trigger", at: name.range, "two triggers are named `\(name.value)`", help: "rename one",
            notes: [Note(first, "the first stands here")])
    }
}
