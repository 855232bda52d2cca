import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// What starts a pipeline. What is known of a trigger is written: an unknown bucket or prefix is a placeholder that matches nothing,
/// with a TODO. There is no schedule that would never start: without one, the trigger is told in full in a TODO.
extension DorcMapping {
    /// A trigger with its arguments, each with what became of it.
    struct TriggerDraft {
        struct Part {
            var argument: DefinedArgument
            var sources: [ImportLedger.Key] = []
            var outcome = ImportReport.Outcome.takenOver
            /// Below the trigger, as in `.s3.bucket`, or elsewhere with its file.
            var place: String
            var words = ""
            var isDecision = false
        }

        var trigger: DefinedObject
        var section = PipelineFile.TriggerSection()
        var parts: [Part] = []
        /// Below the trigger.
        var comments: [(key: String, words: String, range: SourceRange, path: [YAMLPathPart])] = []
        /// What is told of the trigger as a whole.
        var remarks: [(key: String, place: String, words: String, isDecision: Bool)] = []
        /// Without which it cannot be written: the argument, and why.
        var obstacle: (argument: DefinedArgument?, key: String, words: String, range: SourceRange)?
        /// Where the trigger is.
        var environments: [String]
        /// `**` with what they gave, and what that was taken from.
        var unpacked: [(argument: DefinedArgument, sources: [ImportLedger.Key])] = []
    }

    /// By name, the triggers that have it.
    typealias TriggerNames = [String: [(range: SourceRange, environments: [String])]]

    mutating func mapTriggers(_ draft: inout OriginalPipeline, _ earlier: inout TriggerNames) {
        let names = ["trigger", "cloudwatch_trigger"]
        guard let argument = names.compactMap({ draft.definition[$0] }).first(where: { !$0.value.isNone }) else {
            return
        }
        if let other = draft.definition["cloudwatch_trigger"], other.key != argument.key, !other.value.isNone {
            settleAll(other, .noEquivalent, "a pipeline of the original has one trigger, which is `trigger`")
        }
        let deployed = deployed(draft)
        var found: [TriggerDraft] = []
        var unknown: DefinedValue?
        for environment in environments where deployed.contains(environment.name) {
            let value = resolved(argument.value, in: environment, folder: draft.folder)
            if value.isNone { continue }
            guard let trigger = triggerModel(value) else {
                unknown = unknown ?? value
                continue
            }
            let part = unpacked(trigger, in: environment, folder: draft.folder)
            if let index = found.firstIndex(where: { Self.isSame($0.trigger, part.trigger) }) {
                found[index].environments.append(environment.name)
                found[index].unpacked += part.unpacked
            } else {
                found.append(part)
            }
        }
        if let unknown { decide(argument, unknown, "triggers", at: ["triggers"], of: &draft) }
        var triggers: [PipelineFile.TriggerSection] = []
        var triggerNames = ImportNames()
        for part in found {
            map(part, to: &triggers, &triggerNames, &earlier, of: &draft)
        }
        if !triggers.isEmpty {
            draft.file.triggers = Located(made: triggers.map { Located(made: $0) })
            let place = "\(target(draft)): triggers"
            ledger.settle(argument.key, .takenOver, to: triggers.count == 1 ? "\(place)[0]" : place)
        } else if found.isEmpty, unknown == nil {
            ledger.settle(argument.key, .takenOver, "there is none in the environments of the pipeline")
        } else {
            ledger.settle(argument.key, .differs, to: target(draft), "it is in a TODO")
        }
        settleAll(argument.value, .noEquivalent, to: nil, "no environment uses it")
    }

    /// With what `**` gives it in an environment.
    private func unpacked(
        _ trigger: DefinedObject, in environment: ImportedEnvironment, folder: String
    ) -> TriggerDraft {
        var part = TriggerDraft(trigger: trigger, environments: [environment.name])
        part.trigger.arguments = trigger.arguments.flatMap { argument -> [DefinedArgument] in
            guard argument.name == "**" else { return [argument] }
            let value = resolved(argument.value, in: environment, folder: folder)
            guard case .mapping(let entries) = value.content else { return [argument] }
            part.unpacked.append((argument, value.sources))
            return entries
        }
        return part
    }

    private static func isSame(_ one: DefinedObject, _ two: DefinedObject) -> Bool {
        one.range == two.range
            && one.arguments.map { "\($0.name): \($0.value.words)" }
                == two.arguments.map { "\($0.name): \($0.value.words)" }
    }

    private mutating func map(
        _ part: TriggerDraft, to triggers: inout [PipelineFile.TriggerSection], _ names: inout ImportNames,
        _ earlier: inout TriggerNames, of draft: inout OriginalPipeline
    ) {
        let before = (variables, comments, ledger, draft)
        var part = part
        mapName(&part, &names, &earlier, draft.folder)
        switch part.trigger.name {
        case "CronTrigger", "CloudwatchCronTrigger": mapCron(&part, draft)
        case "rAPIdTrigger": mapRapid(&part, &draft)
        default: mapS3(&part, draft)
        }
        limit(&part, draft)
        if part.obstacle == nil, let problem = self.problem(part.section) {
            let range = part.trigger.range
            part.obstacle = (nil, "trigger", problem, range)
        }
        if part.obstacle != nil {
            (variables, comments, ledger, draft) = before
            return tell(part, &draft)
        }
        let index = triggers.count
        triggers.append(part.section)
        let place = "\(target(draft)): triggers[\(index)]"
        for one in part.parts {
            let target = one.place.hasPrefix(".") ? place + one.place : one.place
            ledger.settle(one.argument.key, one.outcome, to: target, one.words, isDecision: one.isDecision)
            settle(one.sources, .takenOver, to: target)
            settleAll(one.argument.value, .noEquivalent, to: nil, "no environment uses it")
        }
        for (argument, sources) in part.unpacked {
            ledger.settle(argument.key, .takenOver, to: place)
            settle(sources, .takenOver, to: place)
        }
        for comment in part.comments {
            draft.comments.todo(
                comment.key, comment.words, from: comment.range, at: ["triggers", .item(index)] + comment.path)
        }
        for remark in part.remarks {
            ledger.remark(
                .differs, remark.key, at: part.trigger.range,
                to: remark.place.isEmpty || remark.place.hasPrefix(".") ? place + remark.place : remark.place,
                remark.words, isDecision: remark.isDecision)
        }
        for rest in part.trigger.arguments where rest.name == "**" && !ledger.isSettled(rest.key) {
            decide(rest, rest.value, "trigger", at: ["triggers", .item(index)], of: &draft)
        }
        settleOthers(of: part.trigger)
    }

    /// What `check` would say of it.
    func problem(_ section: PipelineFile.TriggerSection) -> String? {
        AcceptedValue.problem(in: section) ?? TrialProject.problem(of: section, environments: trial)
    }

    /// All that is known of a trigger that cannot be written, in one comment.
    private mutating func tell(_ part: TriggerDraft, _ draft: inout OriginalPipeline) {
        guard let obstacle = part.obstacle else { return }
        var lines = ["TODO \(obstacle.key): \(obstacle.range.path):\(obstacle.range.start.line): \(obstacle.words)"]
        lines.append("  Without it this \(part.trigger.name) is not written:")
        for argument in part.trigger.arguments { lines.append("    \(argument.name): \(argument.value.words)") }
        if part.environments.count < environments.count {
            lines.append("    in: \(part.environments.joined(separator: ", "))")
        }
        draft.comments.add(lines.joined(separator: "\n"), at: ["triggers"])
        let file = target(draft)
        if let argument = obstacle.argument {
            ledger.settle(argument.key, .differs, to: file, obstacle.words, isDecision: true)
        } else {
            ledger.remark(
                .differs, "\(part.trigger.name)(...)", at: part.trigger.range, to: file, obstacle.words,
                isDecision: true)
        }
        for argument in part.trigger.arguments + part.unpacked.map(\.argument) {
            settleAll(argument, .differs, to: file, "it is in the TODO of the trigger")
        }
        settle(part.unpacked.flatMap(\.sources), .differs, to: file, isDecision: true)
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

    /// The environments that the original deploys the pipeline to: all, where no file says it.
    private func deployed(_ draft: OriginalPipeline) -> [String] {
        let stacks = settings.stacks(in: draft.folder).map(\.environment)
        let own = environments.filter { stacks.contains($0.original) }
        return (own.isEmpty ? environments : own).filter { isCreated(draft, in: $0) != false }.map(\.name)
    }

    /// To the environments that have the trigger.
    private func limit(_ part: inout TriggerDraft, _ draft: OriginalPipeline) {
        guard part.environments.count < environments.count else { return }
        part.section.environments = Located(made: part.environments.map { Located(made: $0) })
        let deployed = deployed(draft)
        guard deployed.count < environments.count else { return }
        let others = environments.map(\.name).filter { !deployed.contains($0) }
        part.remarks.append(
            (
                "environments of the pipeline", ".environments",
                "dorc deploys every pipeline to every environment: in \(others.joined(separator: ", ")) it is there without its trigger",
                false
            ))
    }
}
