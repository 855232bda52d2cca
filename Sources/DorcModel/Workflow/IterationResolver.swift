/// `for_each` -> Iteration, for one environment.
struct IterationResolver {
    let scope: VariableScope
    /// The one step whose output is the event.
    var stepBefore: String?

    /// Step Functions guide, "Map state": an inline Map works on at most 40 items at once.
    private static let inlineConcurrency = 40

    func iteration(
        _ section: PipelineFile.IterationSection, of step: PipelineFile.StepSection,
        into diagnostics: inout Diagnostics
    ) -> Iteration? {
        guard let source = source(section, &diagnostics) else { return nil }
        if let limit = step.maxConcurrency, !section.isDistributed, limit.value > Self.inlineConcurrency {
            diagnostics.report(.tooConcurrent(limit))
        }
        let results = section.results.flatMap { results -> Iteration.Results? in
            let prefix = results.value.prefix.map { key($0, &diagnostics) }
            return bucket(results.value.bucket, &diagnostics).map { Iteration.Results(bucket: $0, prefix: prefix) }
        }
        return Iteration(
            source: source, isDistributed: section.isDistributed, results: results,
            maxConcurrency: step.maxConcurrency?.value)
    }

    private func source(
        _ section: PipelineFile.IterationSection, _ diagnostics: inout Diagnostics
    ) -> Iteration.Source? {
        let sources = ["items", "s3", "csv", "json_lines"].filter(section.writtenKeys.contains)
        guard sources.count == 1 else {
            diagnostics.report(.iterationSources(sources, at: section.range.firstLine))
            return nil
        }
        if let items = section.items {
            let value = ExpressionCheck(scope: scope, stepBefore: stepBefore).items(items, &diagnostics)
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
        let key = ExpressionCheck(scope: scope).expand(text, &diagnostics)
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
        let bucket = scope.expand(name, &diagnostics)
        if scope.isSound(name.value), let problem = Identifiers.bucketProblem(bucket.sample) {
            diagnostics.report(
                Diagnostic(
                    "invalid-bucket", at: name.range.firstLine, "`\(bucket.sample)` cannot be a bucket: \(problem)"))
        }
        return bucket
    }
}

extension Diagnostic {
    fileprivate static func tooConcurrent(_ limit: Located<Int>) -> Diagnostic {
        Diagnostic(
            "out-of-range", at: limit.range,
            "\(limit.value) is out of range: an inline Map works on at most 40 items at once",
            help: "write `for_each: {items: ...}` for a Distributed Map, which works on up to 10,000")
    }

    fileprivate static func iterationSources(_ sources: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "for-each-source", at: range,
            sources.isEmpty
                ? "`for_each` does not say what the items are"
                : "`for_each` names several sources: \(sources.map { "`\($0)`" }.joined(separator: ", "))",
            help: "give it one of `items`, `s3`, `csv` and `json_lines`")
    }
}
