import DorcConfig
import DorcModel
import DorcText
import DorcYAML
import Schedules

extension DorcMapping {
    mutating func mapTrigger(_ draft: inout OriginalPipeline, _ earlier: inout [String: SourceRange]) {
        guard let argument = draft.definition["trigger"] ?? draft.definition["cloudwatch_trigger"],
            !argument.value.isNone
        else {
            for name in ["trigger", "cloudwatch_trigger"] {
                guard let argument = draft.definition[name] else { continue }
                ledger.settle(argument.key, .takenOver, "there is none")
            }
            return
        }
        if let other = draft.definition["cloudwatch_trigger"], other.key != argument.key {
            settleAll(other, .noEquivalent, "a pipeline of the original has one trigger, which is `trigger`")
        }
        guard let trigger = triggerModel(argument.value) else {
            return decide(argument, argument.value, "triggers", at: ["triggers"], of: &draft)
        }
        ledger.settle(argument.key, .takenOver, to: "\(target(draft)): triggers[0]")
        var section = PipelineFile.TriggerSection()
        section.name = Located(made: name(of: trigger, draft, &earlier))
        let isWhole =
            switch trigger.name {
            case "CronTrigger", "CloudwatchCronTrigger": mapCron(trigger, &section, &draft)
            case "rAPIdTrigger": mapRapid(trigger, &section, &draft)
            default: mapS3(trigger, &section, &draft)
            }
        for other in trigger.arguments {
            settleAll(other, .noEquivalent, "the original knows no such argument of the trigger, and ignores it")
        }
        guard isWhole else { return }
        limit(&section, draft)
        if let problem = AcceptedValue.problem(in: section) ?? TrialProject.problem(of: section, environments: trial) {
            return decide(argument, argument.value, "trigger", at: ["triggers"], of: &draft, problem)
        }
        draft.file.triggers = Located(made: [Located(made: section)])
    }

    /// The environments with their variables, for a trial of what uses them.
    private var trial: [(String, ProjectFile.EnvironmentSection)] {
        environments.map { environment in
            var section = ProjectFile.EnvironmentSection()
            let values = variables.compactMap { name, texts in texts[environment.name].map { (name, $0) } }
            if !values.isEmpty { section.variables = Located(made: LocatedMap(made: values.sorted { $0.0 < $1.0 })) }
            return (environment.name, section)
        }
    }

    /// A mapping is the trigger whose arguments it has, as the original's models decide it.
    private mutating func triggerModel(_ value: DefinedValue) -> DefinedObject? {
        let names = ["S3Trigger", "CronTrigger", "rAPIdTrigger", "CloudwatchS3Trigger", "CloudwatchCronTrigger"]
        if let index = object(value), names.contains(facts.objects[index].name) {
            used.insert(index)
            return facts.objects[index]
        }
        guard case .mapping(let entries) = value.content else { return nil }
        let keys = Set(entries.map(\.name))
        let name = keys.contains("cron") ? "CronTrigger" : keys.contains("domain") ? "rAPIdTrigger" : "S3Trigger"
        return DefinedObject(name: name, range: value.range, arguments: entries)
    }

    private mutating func name(
        of trigger: DefinedObject, _ draft: OriginalPipeline, _ earlier: inout [String: SourceRange]
    ) -> String {
        let place = "\(target(draft)): triggers[0].name"
        guard trigger.name != "rAPIdTrigger" else { return "rapid" }
        guard let argument = trigger["name"] else { return "trigger" }
        guard let text = argument.value.text else {
            ledger.settle(
                argument.key, .differs, to: place, "it is called `trigger`: \(argument.value.reason)")
            return "trigger"
        }
        var names = ImportNames()
        let name = names.folder(text, else: "trigger")
        ledger.settle(
            argument.key, name == text ? .takenOver : .differs, to: place, name == text ? "" : "it is called `\(name)`")
        if let other = earlier[text] {
            ledger.settle(
                argument.key, .differs,
                "the original gives the trigger at \(other.path):\(other.start.line) the same name in AWS, so that only one of them is there: dorc has both"
            )
        }
        earlier[text] = argument.range
        return name
    }

    private mutating func mapCron(
        _ trigger: DefinedObject, _ section: inout PipelineFile.TriggerSection, _ draft: inout OriginalPipeline
    ) -> Bool {
        guard let cron = trigger["cron"] else { return missing("cron", trigger, &draft) }
        let place = "\(target(draft)): triggers[0].schedule"
        guard let text = cron.value.text else {
            decide(cron, cron.value, "schedule", at: ["triggers"], of: &draft)
            return false
        }
        do {
            _ = try ScheduleExpression.parse(text)
        } catch {
            decide(cron, cron.value, "schedule", at: ["triggers"], of: &draft, error.summary)
            return false
        }
        section.schedule = Located(made: VariableText(literal: text))
        ledger.settle(
            cron.key, .differs, to: place,
            "the run's input is {\"scheduled_time\"}, where the original passed EventBridge's event: write `input` for another"
        )
        return true
    }

    private mutating func mapS3(
        _ trigger: DefinedObject, _ section: inout PipelineFile.TriggerSection, _ draft: inout OriginalPipeline
    ) -> Bool {
        guard let bucket = trigger["bucket_name"] else { return missing("bucket_name", trigger, &draft) }
        let place = "\(target(draft)): triggers[0].s3"
        guard let name = text(bucket.value, hint: "bucket", of: draft, to: place) else {
            decide(bucket, bucket.value, "bucket", at: ["triggers"], of: &draft)
            return false
        }
        var s3 = PipelineFile.S3Section()
        s3.bucket = Located(made: name)
        ledger.settle(bucket.key, .differs, to: "\(place).bucket", Self.notices)
        if let prefix = trigger["key_prefix"] {
            if prefix.value.text == "/" {
                ledger.settle(
                    prefix.key, .differs, to: place,
                    "meant for every object: the original's rule matched none, since no key begins with `/`")
            } else if let text = text(prefix.value, hint: "prefix", of: draft, to: place) {
                let isEmpty = prefix.value.text?.isEmpty == true
                if !isEmpty { s3.prefix = Located(made: text) }
                ledger.settle(prefix.key, .takenOver, to: "\(place).prefix")
            } else {
                decide(prefix, prefix.value, "prefix", at: ["triggers", 0, "s3"], of: &draft)
                return false
            }
        }
        section.s3 = Located(made: s3)
        return true
    }

    /// Amazon S3 guide, "Using EventBridge"; the original's pattern is for events of CloudTrail (its `S3EventBridgeModel`).
    static let notices =
        "the bucket has to send its events to EventBridge, where the original needed a trail of CloudTrail; the event has S3's form (`detail.object.key`), not CloudTrail's (`detail.requestParameters.key`)"

    mutating func missing(_ name: String, _ trigger: DefinedObject, _ draft: inout OriginalPipeline) -> Bool {
        draft.comments.todo(
            "trigger", "`\(trigger.name)` has no `\(name)`", from: trigger.range, at: ["triggers"])
        ledger.remark(
            .noEquivalent, "\(trigger.name)(...)", at: trigger.range, to: target(draft), "it has no `\(name)`",
            isDecision: true)
        return false
    }

    /// To the environments that the original deploys the pipeline to.
    private mutating func limit(_ section: inout PipelineFile.TriggerSection, _ draft: OriginalPipeline) {
        let deployed = settings.stacks.filter { $0.folder == draft.folder }.map(\.environment)
        let names = environments.filter { deployed.contains($0.original) }.map(\.name)
        guard !names.isEmpty, names.count < environments.count else { return }
        section.environments = Located(made: names.map { Located(made: $0) })
        let others = environments.map(\.name).filter { !names.contains($0) }
        ledger.remark(
            .differs, "environments of the pipeline", at: draft.definition.range,
            to: "\(target(draft)): triggers[0].environments",
            "dorc deploys every pipeline to every environment: in \(others.joined(separator: ", ")) it is there without its trigger"
        )
    }
}
