import DorcConfig
import DorcModel
import DorcText
import DorcYAML

/// The functions of a definition, in the order in which the original runs them: it begins with the first, and each names the next.
extension DorcMapping {
    private struct Item {
        var object: DefinedObject
        var name: DefinedArgument
        /// As the original calls the function.
        var text: String
    }

    private enum Next {
        case none
        case function(DefinedArgument, String)
        case pipeline(DefinedArgument, String)
        case unknown(DefinedArgument, DefinedValue)
    }

    mutating func mapSteps(_ draft: inout OriginalPipeline) {
        let items = items(of: &draft)
        var steps: [PipelineFile.StepSection] = []
        var open = Dictionary(items.enumerated().map { ($0.element.text, $0.offset) }) { _, last in last }
        for item in items.dropLast() where items[open[item.text] ?? 0].name.key != item.name.key {
            settle(item, .noEquivalent, "a later entry has the same name, and is the one that the original runs")
        }
        var position = items.first.flatMap { open[$0.text] }
        while let index = position {
            position = nil
            let item = items[index]
            open[item.text] = nil
            add(item, to: &steps, of: &draft)
            switch next(of: item) {
            case .none: break
            case .unknown(let argument, let value):
                decide(argument, value, "next step", at: ["steps", .item(steps.count)], of: &draft)
            case .function(let argument, let name):
                let target = "\(self.target(draft)): steps"
                if let next = open[name] {
                    ledger.settle(argument.key, .takenOver, to: target, "a step runs after the one before it")
                    position = next
                } else {
                    let isKnown = items.contains { $0.text == name }
                    decide(
                        argument, argument.value, "next step", at: ["steps", .item(steps.count)], of: &draft,
                        isKnown
                            ? "it leads back to a step before: dorc's steps have no loop" : "no function has this name")
                }
            case .pipeline(let argument, let name): addRun(of: name, argument, to: &steps, of: &draft)
            }
        }
        for item in items where open[item.text] != nil {
            settle(item, .noEquivalent, "the original never runs it: no function leads to it")
        }
        if steps.isEmpty { guess(&steps, of: &draft) }
        if !steps.isEmpty { draft.file.steps = Located(made: steps.map { Located(made: $0) }) }
        tellUnused(steps, of: draft)
    }

    /// What has a name; all others are told.
    private mutating func items(of draft: inout OriginalPipeline) -> [Item] {
        guard let argument = draft.definition["functions"] else { return [] }
        guard case .list(let values) = argument.value.content else {
            decide(argument, argument.value, "steps", at: ["steps"], of: &draft)
            return []
        }
        ledger.settle(argument.key, .takenOver, to: "\(target(draft)): steps")
        var items: [Item] = []
        for value in values {
            guard let object = model(value, "Function") else {
                draft.comments.todo("step", value.reason, from: value.range, at: ["steps", .item(items.count)])
                ledger.remark(
                    .differs, "PipelineDefinition.functions[\(items.count)]", at: value.range, to: target(draft),
                    "what it is cannot be known: \(value.reason)", isDecision: true)
                continue
            }
            guard let name = object["name"] else {
                for argument in object.arguments { settleAll(argument, .noEquivalent, "the function has no name") }
                continue
            }
            if let text = name.value.text {
                items.append(Item(object: object, name: name, text: text))
            } else {
                decide(name, name.value, "step", at: ["steps", .item(items.count)], of: &draft)
                for argument in object.arguments {
                    settleAll(argument, .noEquivalent, "the function's name is not known")
                }
            }
        }
        return items
    }

    /// An object of a class, or a mapping in its place.
    mutating func model(_ value: DefinedValue, _ names: String...) -> DefinedObject? {
        if let index = object(value), names.contains(facts.objects[index].name) {
            used.insert(index)
            return facts.objects[index]
        }
        guard case .mapping(let entries) = value.content, let name = names.first else { return nil }
        return DefinedObject(name: name, range: value.range, arguments: entries)
    }

    private mutating func next(of item: Item) -> Next {
        guard let argument = item.object["next_function"], !argument.value.isNone else {
            if let argument = item.object["next_function"] {
                ledger.settle(argument.key, .takenOver, "it is the last step")
            }
            return .none
        }
        if let text = argument.value.text { return .function(argument, text) }
        guard let object = model(argument.value, "NextFunction") else { return .unknown(argument, argument.value) }
        guard let name = object["name"], let text = name.value.text else {
            return .unknown(argument, object["name"]?.value ?? argument.value)
        }
        ledger.settle(name.key, .takenOver)
        let kind = object["type"]
        for other in object.arguments where !["name", "type"].contains(other.name) {
            settleAll(other, .noEquivalent, "the original knows no such argument, and ignores it")
        }
        guard let kind, !kind.value.isNone else { return .function(argument, text) }
        guard let word = kind.value.text, ["Function", "Pipeline"].contains(word) else {
            ledger.settle(kind.key, .differs, "what it is cannot be known: \(kind.value.reason)")
            return .unknown(argument, kind.value)
        }
        ledger.settle(kind.key, .takenOver)
        return word == "Pipeline" ? .pipeline(argument, text) : .function(argument, text)
    }

    private mutating func settle(_ item: Item, _ outcome: ImportReport.Outcome, _ words: String) {
        for argument in item.object.arguments { settleAll(argument, outcome, words) }
        if let next = item.object["next_function"], let object = model(next.value, "NextFunction") {
            for argument in object.arguments { settleAll(argument, outcome, words) }
        }
    }

    private mutating func add(
        _ item: Item, to steps: inout [PipelineFile.StepSection], of draft: inout OriginalPipeline
    ) {
        for argument in item.object.arguments where !["name", "next_function"].contains(argument.name) {
            settleAll(argument, .noEquivalent, "the original knows no such argument, and ignores it")
        }
        guard let name = draft.functionNames[item.text] else {
            return decide(
                item.name, item.name.value, "step", at: ["steps", .item(steps.count)], of: &draft,
                "\(draft.codeFolder)/\(item.text)/lambda.py does not exist")
        }
        var step = PipelineFile.StepSection()
        step.function = Located(made: name)
        ledger.settle(
            item.name.key, name == item.text ? .takenOver : .differs, to: "\(target(draft)): steps[\(steps.count)]",
            name == item.text ? "" : "it is called `\(name)`")
        steps.append(step)
    }

    /// Where no function is known, those that have a folder are steps, in the order of their names.
    private mutating func guess(_ steps: inout [PipelineFile.StepSection], of draft: inout OriginalPipeline) {
        let names = draft.functionNames.values.sorted()
        guard !names.isEmpty else {
            return ledger.remark(
                .noEquivalent, "PipelineDefinition(...)", at: draft.definition.range,
                "the pipeline has no function that is known, and no pipeline.yaml is written")
        }
        draft.comments.todo(
            "steps", "the order of the functions is not known", from: draft.definition.range, at: ["steps"])
        ledger.remark(
            .differs, "PipelineDefinition(...)", at: draft.definition.range, to: "\(target(draft)): steps",
            "no function of it is known: the folders are steps in the order of their names", isDecision: true)
        steps = names.map { name in
            var step = PipelineFile.StepSection()
            step.function = Located(made: name)
            return step
        }
    }

    private mutating func tellUnused(_ steps: [PipelineFile.StepSection], of draft: OriginalPipeline) {
        let names = Set(steps.compactMap { $0.function?.value })
        for (original, name) in draft.functionNames.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            ledger.remark(
                .differs, "folder of the function", at: .whole("\(draft.codeFolder)/\(original)/lambda.py"),
                to: "\(draft.target(in: source))/\(name)",
                "no step runs it: the original deployed it all the same, dorc does not build it")
        }
    }
}
