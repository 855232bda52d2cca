internal import DorcModel
internal import DorcText

/// Whether some function of a pipeline may read the objects that its triggers and `for_each` are about. A bucket's own policy may
/// let it, and what is not known here is no mistake: a note, with the line to add.
struct UnreadBucketCheck {
    let file: PipelineFile
    let context: ResolutionContext
    let functions: [Function]

    func run(
        _ triggers: [Trigger], _ workflow: Workflow, into diagnostics: inout Diagnostics
    ) {
        guard !functions.isEmpty, context.environment.additionalPolicies.lambda == nil else { return }
        let sections = file.triggers?.value ?? []
        // The run's input comes to the first one.
        let called = workflow.steps.compactMap { step -> String? in
            if case .function(let name) = step.action { name } else { nil }
        }
        let reader = called.first ?? functions.first?.name
        for trigger in triggers {
            guard case .objectCreated(let bucket, let prefix, _) = trigger.source, !isRead(bucket, prefix),
                let written = sections.first(where: { $0.value.name?.value == trigger.name })?.value.s3?.value,
                let name = written.bucket
            else { continue }
            diagnostics.report(
                .unreadBucket(
                    bucket, name, prefix == nil ? nil : written.prefix, reader: reader,
                    "which start the pipeline"))
        }
        for step in workflow.steps {
            guard case .objects(let bucket, let prefix)? = step.iteration?.source, !isRead(bucket, prefix),
                case .function(let function) = step.action,
                let written = file.steps?.value.first(where: { $0.value.stepName?.value == step.name })?.value
                    .forEach?.value.s3?.value,
                let name = written.bucket
            else { continue }
            diagnostics.report(
                .unreadBucket(
                    bucket, name, prefix?.isExpression == true || prefix == nil ? nil : written.prefix,
                    reader: function, "which the step goes through"))
        }
    }

    private func isRead(_ bucket: Text, _ prefix: Text?) -> Bool {
        let start = prefix.map { $0.isExpression ? "" : $0.sample } ?? ""
        return functions.contains { function in
            let words = function.access?.objects(of: .s3Read, .athenaResults) ?? []
            return words.contains { $0.bucket.sample == bucket.sample && $0.reaches(keysBeginningWith: start) }
                || (function.permissions ?? []).contains { $0.allows("s3:GetObject") && $0.isOn(bucket.sample) }
        }
    }
}

extension Permission {
    /// Whether one of its resources is in the bucket.
    fileprivate func isOn(_ bucket: String) -> Bool {
        resources.contains { resource in
            let fields = ARNRule.split(resource.sample)
            guard fields.count == 6 else { return resource.sample == "*" }
            let pattern = fields[5].prefix { $0 != "/" }
            return ["s3", "*"].contains(fields[2]) && ActionPattern.matches(String(pattern), bucket)
        }
    }
}

extension Diagnostic {
    fileprivate static func unreadBucket(
        _ bucket: Text, _ written: Located<VariableText>, _ prefix: Located<VariableText>?, reader: String?,
        _ what: String
    ) -> Diagnostic {
        let objects = "\(written.value.source)/\(prefix?.value.source ?? "")*"
        let quoted = objects.contains("$") ? "\"\(objects)\"" : objects
        return Diagnostic(
            .unreadBucket, at: written.range.firstLine,
            "no function may read the objects `\(objects)`, \(what)",
            help:
                "write at the function that reads them: `functions: {\(reader ?? "name"): {access: {s3_read: \(quoted)}}}`"
        )
    }
}
