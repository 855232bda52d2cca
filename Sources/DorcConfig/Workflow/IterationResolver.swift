internal import DorcModel
internal import DorcText

/// `for_each` -> Iteration, for one environment.
struct IterationResolver {
    let expressions: ExpressionCheck

    private var context: ResolutionContext { expressions.context }

    /// Step Functions guide, "Map state": an inline Map works on at most 40 items at once.
    private static let inlineConcurrency = 40

    func iteration(
        _ section: PipelineFile.IterationSection, of step: PipelineFile.StepSection,
        into diagnostics: inout Diagnostics
    ) -> Iteration? {
        var findings = Diagnostics()
        let found = source(section, &findings)
        diagnostics.report(contentsOf: findings)
        guard let source = found else { return nil }
        if let limit = step.maxConcurrency, !section.isDistributed, limit.value > Self.inlineConcurrency {
            diagnostics.report(.tooConcurrent(limit))
        }
        if !section.isDistributed {
            for (key, place) in [
                ("batch", step.batch?.range), ("tolerated_failures", step.toleratedFailures?.range),
                ("mode", step.mode?.range),
            ] {
                if let place { diagnostics.report(.needsDistributedMap(key, at: place)) }
            }
        } else if !findings.hasErrors, section.results == nil, section.items == nil, let name = step.stepName {
            diagnostics.report(.resultsMayBeTooLarge(name.value, at: section.range.firstLine))
        }
        let results = section.results.flatMap { results -> Iteration.Results? in
            // Step Functions writes to `<prefix>/<id of the run of the Map>/`: a slash at the end would be a folder more.
            let prefix = results.value.prefix.flatMap { key($0, &diagnostics).withoutSlashes }
            return bucket(results.value.bucket, &diagnostics).map {
                Iteration.Results(bucket: $0, prefix: prefix, range: results.range.firstLine)
            }
        }
        if let results, case .objects(let bucket, let prefix) = source,
            ResultObjects(results).areAll(inBucket: bucket, prefix: prefix)
        {
            diagnostics.report(.resultsAreItems(prefix?.sample ?? "", at: results.range))
        }
        var iteration = Iteration(
            source: source, isDistributed: section.isDistributed, results: results,
            maxConcurrency: step.maxConcurrency?.value
                ?? (section.isDistributed ? Defaults.distributedConcurrency : nil), batch: step.batch?.value,
            toleratedFailures: step.toleratedFailures?.value)
        if section.isDistributed, let mode = step.mode { iteration.mode = mode.value }
        iteration.modeRange = step.mode?.range.firstLine
        iteration.maxConcurrencyRange = step.maxConcurrency?.range.firstLine
        return iteration
    }

    private func source(
        _ section: PipelineFile.IterationSection, _ diagnostics: inout Diagnostics
    ) -> Iteration.Source? {
        guard PipelineFile.IterationSection.type.alternative(of: section) != nil else { return nil }
        if let items = section.items {
            let value = expressions.items(items, &diagnostics)
            return .items(value)
        }
        if let folder = section.s3?.value {
            let prefix = folder.prefix.map { key($0, &diagnostics) }
            return bucket(folder.bucket, &diagnostics).map { .objects(bucket: $0, prefix: prefix) }
        }
        guard let object = (section.csv ?? section.jsonLines)?.value, let key = object.key,
            let bucket = bucket(object.bucket, &diagnostics)
        else { return nil }
        let name = self.key(key, &diagnostics)
        return section.csv != nil ? .csv(bucket: bucket, key: name) : .jsonLines(bucket: bucket, key: name)
    }

    /// An object's key or what it starts with; S3 guide: at most 1,024 bytes of UTF-8.
    private func key(_ text: Located<VariableText>, _ diagnostics: inout Diagnostics) -> Text {
        let key = ExpressionCheck(context: context).expand(text, &diagnostics)
        let size = key.sample.utf8.count
        if size > 1024, !key.isExpression {
            diagnostics.report(
                .outOfRange(
                    "a string of \(size) bytes", allowed: "an object's key has at most 1024", at: text.range.firstLine))
        }
        return key
    }

    /// The role's policy names the bucket, so it can't be an expression.
    private func bucket(_ name: Located<VariableText>?, _ diagnostics: inout Diagnostics) -> Text? {
        guard let name else { return nil }
        let bucket = context.expand(name, &diagnostics)
        if context.isSound(name.value), let problem = Identifiers.bucketProblem(bucket.sample) {
            diagnostics.report(.invalidBucket(bucket.sample, problem, at: name.range))
        }
        return bucket
    }
}

extension Text {
    /// Without the slashes at its end; nil if nothing is left.
    fileprivate var withoutSlashes: Text? {
        guard !isExpression else { return self }
        var parts = parts
        while case .literal(var text)? = parts.last {
            while text.hasSuffix("/") { text.removeLast() }
            guard text.isEmpty else {
                parts[parts.count - 1] = .literal(text)
                break
            }
            parts.removeLast()
        }
        if parts.count == 1, case .literal(let text) = parts[0] { return .literal(text) }
        return parts.isEmpty ? nil : .parts(parts)
    }
}

extension Diagnostic {
    fileprivate static func tooConcurrent(_ limit: Located<Int>) -> Diagnostic {
        Diagnostic(
            .outOfRange, at: limit.range,
            "\(limit.value) is out of range: an inline Map works on at most 40 items at once",
            help: "write `for_each: {items: ...}` for a Distributed Map, which works on up to 10,000")
    }

    static func invalidBucket(_ name: String, _ problem: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.invalidBucket, at: range.firstLine, "`\(name)` cannot be a bucket: \(problem)")
    }

    fileprivate static func needsDistributedMap(_ key: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .misplacedKey, at: range.firstLine, "`\(key)` goes with a Distributed Map only",
            help: "write `for_each: {items: ...}` for one, in which each item has a run of its own, or remove the key")
    }

    fileprivate static func resultsAreItems(_ prefix: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .resultsAreItems, at: range,
            prefix.isEmpty
                ? "the next run takes these results as items: `s3` has no `prefix`, so it reads the whole bucket"
                : "the next run takes these results as items: their keys start with the prefix `\(prefix)` of `s3`",
            help: "write the results outside the prefix of `s3`, or to another bucket")
    }

    /// Step Functions guide, "Quotas" and "Error names": `States.ALL` does not take `States.DataLimitExceeded`.
    fileprivate static func resultsMayBeTooLarge(_ step: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .resultsTooLarge, at: range,
            "the run fails when all outputs of `\(step)` together have more than 256 KiB, and no `catch` can take that",
            help: "add `results: {bucket: ..., prefix: ...}` to `for_each`: the outputs are then written to S3")
    }
}
