internal import DorcYAML

extension PipelineVariants {
    /// Those of all variants, each once, with the environments that have it.
    var triggers: [TriggerDraft] {
        var result: [TriggerDraft] = []
        for variant in variants {
            for trigger in variant.triggers {
                let places = variant.environment.map { [$0] } ?? environments
                if let index = result.firstIndex(where: { $0.text == trigger.text }) {
                    result[index].environments = (result[index].environments ?? []) + places
                    result[index].comments += trigger.comments.filter { !result[index].comments.contains($0) }
                } else {
                    var trigger = trigger
                    if result.contains(where: { $0.name == trigger.name }) {
                        trigger.name += variant.environment.map { "-\($0)" } ?? ""
                    }
                    trigger.environments = places
                    result.append(trigger)
                }
            }
        }
        var names: Set<String> = []
        for index in result.indices {
            let (name, places) = (result[index].name, Set(result[index].environments ?? []))
            var number = 2
            while !names.insert(result[index].name).inserted {
                result[index].name = "\(name)-\(number)"
                number += 1
            }
            result[index].environments = places.count == Set(environments).count ? nil : places.sorted()
        }
        return result
    }

    /// A single schedule in UTC, the same in all environments, has a shorter form.
    static func sugar(_ triggers: [TriggerDraft]) -> YAMLNode? {
        guard triggers.count == 1, let trigger = triggers.first, trigger.environments == nil, trigger.fields.count == 1
        else { return nil }
        return trigger.fields.value(of: "schedule")
    }

    static func node(_ trigger: TriggerDraft) -> YAMLNode {
        var fields: Fields = [("name", .string(trigger.name))] + trigger.fields
        if let places = trigger.environments { fields.append(("environments", .list(places.map { .string($0) }))) }
        return .mapping(fields)
    }

    /// `TODO key: file:line: words` without the place.
    private static func withoutPlace(_ text: String) -> String {
        let parts = text.split(separator: ": ", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? "\(parts[0]): \(parts[2])" : text
    }

    static func guess(_ environment: String) -> String {
        "the path does not say which environment it is for; it is taken for `\(environment)`"
    }

    /// Of all variants, each once.
    ///
    /// - Parameter decisions: those of verdicts.
    func comments(decisions: [PipelineDraft.Comment]) -> YAMLComments {
        var comments = YAMLComments()
        var written: [PipelineDraft.Comment] = []
        func add(_ text: String, _ path: [YAMLPathPart]) {
            // The same of another environment's file is said once.
            let comment = PipelineDraft.Comment(path: path, text: Self.withoutPlace(text))
            guard !written.contains(comment) else { return }
            written.append(comment)
            comments.add(text, at: path)
        }
        var header: [String] = []
        for line in variants.flatMap(\.header) where !header.contains(line) { header.append(line) }
        for variant in variants where variant.guessedFrom != nil {
            let line = "TODO environment: \(Self.guess(variant.environment ?? ""))."
            if !header.contains(line) { header.append(line) }
        }
        for line in header { comments.header(line) }
        for comment in variants.flatMap(\.comments) { add(comment.text, comment.path) }
        let triggers = triggers
        let isSugar = Self.sugar(triggers) != nil
        for (index, trigger) in triggers.enumerated() {
            for text in trigger.comments { add(text, isSugar ? ["schedule"] : ["triggers", .item(index)]) }
        }
        for comment in decisions { add(comment.text, comment.path) }
        return comments
    }
}

/// `steps` or `finally`. Where a step runs after the one before it, nothing has to be written.
struct StepList {
    let steps: [StepDraft]

    init(_ steps: [StepDraft]) { self.steps = steps }

    /// As steps are read: what, when, with what, and what else.
    private static let order = [
        "name", "function", "pipeline", "wait_for_completion", "task", "wait", "after", "when", "for_each", "arguments",
        "command", "environment", "permissions", "retry", "timeout", "catch", "only_on_error", "then",
    ]

    private static func sorted(_ fields: PipelineDraft.Fields) -> PipelineDraft.Fields {
        fields.enumerated().sorted { left, right in
            let (first, second) = (
                order.firstIndex(of: left.element.key) ?? 99, order.firstIndex(of: right.element.key) ?? 99
            )
            return (first, left.offset) < (second, right.offset)
        }.map(\.element)
    }

    var node: YAMLNode {
        var items: [YAMLNode] = []
        var previous: String?
        for step in steps {
            let usual = previous.map { [$0] } ?? []
            var fields: PipelineDraft.Fields = [("name", .string(step.name))]
            fields += step.fields.filter {
                $0.key != "function" || YAMLText.line($0.value) != YAMLText.line(.string(step.name))
            }
            // Handlers are after nothing but handlers, which has to be written.
            if step.isHandler ? !step.after.isEmpty : step.after != usual {
                let names = step.after.map { YAMLNode.string($0) }
                fields.append(("after", names.count == 1 ? names[0] : .list(names)))
            }
            if !step.isHandler { previous = step.name }
            fields = Self.sorted(fields)
            items.append(fields.count == 1 && step.has("function") ? .string(step.name) : .mapping(fields))
        }
        return .list(items)
    }
}
