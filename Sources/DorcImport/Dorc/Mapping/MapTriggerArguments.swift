import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// What the arguments of a trigger become.
extension DorcMapping {
    mutating func mapName(
        _ part: inout TriggerDraft, _ names: inout ImportNames, _ earlier: inout TriggerNames,
        _ folder: String
    ) {
        guard part.trigger.name != "rAPIdTrigger" else {
            part.section.name = Located(made: names.unique("rapid", separator: "-"))
            return
        }
        guard let argument = part.trigger["name"] else {
            part.section.name = Located(made: names.unique("trigger", separator: "-"))
            return
        }
        if let constant = constant(argument.value, folder) {
            let name = names.folder(constant, else: "trigger")
            part.section.name = Located(made: name)
            part.parts.append(
                .init(
                    argument: argument, outcome: .differs, place: ".name",
                    words: "it is called `\(name)` in all environments: a name does not depend on them"))
            return
        }
        guard let text = argument.value.text else {
            let name = names.unique("trigger", separator: "-")
            part.section.name = Located(made: name)
            part.comments.append(("name", argument.value.reason, argument.value.range, ["name"]))
            part.parts.append(
                .init(
                    argument: argument, outcome: .differs, place: ".name",
                    words: "it is called `\(name)`: \(argument.value.reason)", isDecision: true))
            return
        }
        let name = names.folder(text, else: "trigger")
        part.section.name = Located(made: name)
        var words: [String] = []
        if name != text { words.append("it is called `\(name)`") }
        let isThere = Set(part.environments)
        if let other = earlier[text]?.first(where: { !isThere.isDisjoint(with: $0.environments) })?.range {
            words.append(
                "the original gives the trigger at \(other.path):\(other.start.line) the same name in AWS, so that only one of them is there: dorc has both"
            )
        }
        earlier[text, default: []].insert((argument.range, part.environments), at: 0)
        part.parts.append(
            .init(
                argument: argument, outcome: words.isEmpty ? .takenOver : .differs, place: ".name",
                words: words.joined(separator: "; ")))
    }

    /// What is the same in all environments of a name that depends on them; nil for any other.
    private func constant(_ value: DefinedValue, _ folder: String) -> String? {
        guard case .joined(let parts) = value.content else { return nil }
        var text = ""
        for part in parts {
            switch part.content {
            case .text(let piece): text += piece
            case .project:
                guard let environment = environments.first,
                    let name = resolved(part, in: environment, folder: folder).text
                else { return nil }
                text += name
            case .stack: text += "-"
            case .setting(let reference) where reference.key == "environment": text += "-"
            default: return nil
            }
        }
        return Names.isFolder(text) ? text : Names.folderName(from: text)
    }

    mutating func mapCron(_ part: inout TriggerDraft, _ draft: OriginalPipeline) {
        guard let cron = part.trigger["cron"] ?? part.trigger["**"] else {
            part.obstacle = (nil, "schedule", "`\(part.trigger.name)` has no `cron`", part.trigger.range)
            return
        }
        guard let written = text(cron.value, hint: "\(draft.id.name)_schedule", of: draft, in: part.environments),
            cron.name == "cron", written.missing == nil
        else {
            part.obstacle = (cron, "schedule", cron.value.reason, cron.value.range)
            return
        }
        part.section.schedule = Located(made: written.text)
        var tried = part.section
        tried.environments = Located(made: part.environments.map { Located(made: $0) })
        if let problem = problem(tried) {
            part.obstacle = (cron, "schedule", "\(cron.value.words) (\(problem))", cron.value.range)
            return
        }
        part.parts.append(
            .init(
                argument: cron, sources: written.sources, outcome: .differs, place: ".schedule",
                words:
                    "the run's input is {\"scheduled_time\"}, where the original passed EventBridge's event: write `input` for another"
            ))
    }

    mutating func mapS3(_ part: inout TriggerDraft, _ draft: OriginalPipeline) {
        var s3 = PipelineFile.S3Section()
        let bucket = known("bucket_name", "bucket", ".s3.bucket", &part, draft) {
            s3.bucket = Located(made: $0)
            return s3
        }
        if let bucket { part.parts.append(bucket) }
        // A prefix that may be in `**` is not known: without one, every object would start the pipeline.
        if let prefix = part.trigger["key_prefix"] ?? part.trigger["**"], !prefix.value.isNone {
            if prefix.value.text == "/" {
                part.parts.append(
                    .init(
                        argument: prefix, outcome: .differs, place: ".s3",
                        words: "meant for every object: the original's rule matched none, since no key begins with `/`")
                )
            } else if prefix.value.text?.isEmpty == true {
                part.parts.append(.init(argument: prefix, place: ".s3", words: "every object: there is no prefix"))
            } else {
                let written = known("key_prefix", "prefix", ".s3.prefix", &part, draft) {
                    s3.prefix = Located(made: $0)
                    return s3
                }
                if let written { part.parts.append(written) }
            }
        }
        part.section.s3 = Located(made: s3)
    }

    /// A text of an S3 trigger, or a placeholder with a TODO.
    ///
    /// - Parameter set: sets it, and gives the section for a trial.
    private mutating func known(
        _ name: String, _ key: String, _ place: String, _ part: inout TriggerDraft, _ draft: OriginalPipeline,
        _ set: (VariableText) -> PipelineFile.S3Section
    ) -> TriggerDraft.Part? {
        let placeholder = VariableText(literal: Self.placeholder)
        guard let argument = part.trigger[name] ?? part.trigger["**"] else {
            part.comments.append(
                (key, "`\(part.trigger.name)` has no `\(name)`", part.trigger.range, ["s3", .key(key)]))
            part.remarks.append(
                ("\(part.trigger.name)(...)", place, "it has no `\(name)`: `\(Self.placeholder)` stands for it", true))
            _ = set(placeholder)
            return nil
        }
        let before = (variables, comments, ledger)
        let written = argument.name == name ? text(argument.value, hint: key, of: draft, in: part.environments) : nil
        var problem: String?
        if let written {
            var tried = part.section
            tried.s3 = Located(made: set(written.text))
            tried.environments = Located(made: part.environments.map { Located(made: $0) })
            problem = self.problem(tried)
            if problem == nil {
                let words = [name == "bucket_name" ? Self.notices : "", written.missing ?? ""].filter { !$0.isEmpty }
                return .init(
                    argument: argument, sources: written.sources, outcome: words.isEmpty ? .takenOver : .differs,
                    place: place, words: words.joined(separator: "; "))
            }
            (variables, comments, ledger) = before
        }
        _ = set(placeholder)
        part.comments.append((key, Self.words(argument.value, problem), argument.value.range, ["s3", .key(key)]))
        return .init(
            argument: argument, outcome: .differs, place: place,
            words: Self.words(argument.value, problem, isKnown: "`\(Self.placeholder)` stands for it"),
            isDecision: true)
    }

    /// Amazon S3 guide, "Using EventBridge"; the original's pattern is for events of CloudTrail (its `S3EventBridgeModel`).
    static let notices =
        "the bucket has to send its events to EventBridge, where the original needed a trail of CloudTrail; the event has S3's form (`detail.object.key`), not CloudTrail's (`detail.requestParameters.key`)"
}
