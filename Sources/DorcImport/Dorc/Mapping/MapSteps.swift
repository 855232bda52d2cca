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

    /// What a function says of the next, and the arguments that say it.
    private enum Next {
        case none
        case function(DefinedArgument, String, [DefinedArgument])
        case pipeline(DefinedArgument, String, [DefinedArgument])
        case unknown(DefinedArgument, DefinedValue, [DefinedArgument])
    }

    /// - Returns: why there are no steps, where there are none.
    mutating func mapSteps(_ draft: inout OriginalPipeline) -> String? {
        guard let argument = draft.definition["functions"] ?? draft.definition["**"] else {
            return "it has no `functions`: the original refuses it"
        }
        if case .list(let values) = argument.value.content, values.isEmpty {
            return "its list of functions is empty: the original fails at it"
        }
        let items = argument.name == "**" ? [] : items(argument, of: &draft)
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
            let path: [YAMLPathPart] = ["steps", .item(steps.count)]
            switch next(of: item) {
            case .none: break
            case .unknown(let argument, let value, let named):
                self.open(argument, named, "next step", at: path, of: &draft, nil, value)
                for (offset, item) in items.enumerated() where open[item.text] == offset {
                    open[item.text] = nil
                    addPossible(item, to: &steps, of: &draft)
                }
            case .function(let argument, let name, let named):
                if let next = open[name] {
                    draft.links.append((argument, named))
                    position = next
                } else {
                    let isKnown = items.contains { $0.text == name }
                    self.open(
                        argument, named, "next step", at: path, of: &draft,
                        isKnown
                            ? "it leads back to a step before: dorc's steps have no loop" : "no function has this name")
                }
            case .pipeline(let argument, let name, let named):
                addRun(of: name, argument, named, to: &steps, of: &draft)
            }
        }
        for item in items where open[item.text] != nil {
            settle(item, .noEquivalent, "the original never runs it: no function leads to it")
        }
        if steps.isEmpty { guess(&steps, of: &draft) }
        guard !steps.isEmpty else {
            return "none of its functions has a folder with a lambda.py in `\(draft.codeFolder)`"
        }
        draft.file.steps = Located(made: steps.map { Located(made: $0) })
        let place = "\(target(draft)): steps"
        if argument.name == "functions" { ledger.settle(argument.key, .takenOver, to: place) }
        for (argument, named) in draft.links {
            ledger.settle(argument.key, .takenOver, to: place, "a step runs after the one before it")
            for other in named { ledger.settle(other.key, .takenOver, to: place) }
        }
        tellUnused(steps, of: draft)
        return nil
    }

    /// What has a name; all others are told.
    private mutating func items(_ argument: DefinedArgument, of draft: inout OriginalPipeline) -> [Item] {
        guard case .list(let values) = argument.value.content else {
            decide(argument, argument.value, "steps", at: ["steps"], of: &draft)
            return []
        }
        var items: [Item] = []
        for (index, value) in values.enumerated() {
            let path: [YAMLPathPart] = ["steps", .item(items.count)]
            guard let object = model(value, "Function") else {
                draft.comments.todo("step", value.reason, from: value.range, at: path)
                ledger.remark(
                    .differs, "PipelineDefinition.functions[\(index)]", at: value.range, to: target(draft),
                    "what it is cannot be known: \(value.reason)", isDecision: true)
                continue
            }
            guard let name = object["name"] ?? object["**"] else {
                settleOthers(of: object, "the function has no name")
                continue
            }
            if let text = name.value.text {
                items.append(Item(object: object, name: name, text: text))
            } else {
                decide(name, name.value, "step", at: path, of: &draft)
                if let next = object["next_function"] {
                    if let inner = model(next.value, "NextFunction") {
                        settleOthers(of: inner, "the function's name is not known")
                    }
                    settleAll(next, .noEquivalent, "the function's name is not known")
                }
                settleOthers(of: object)
            }
        }
        return items
    }

    private mutating func next(of item: Item) -> Next {
        guard let argument = item.object["next_function"], !argument.value.isNone else {
            if let argument = item.object["next_function"] {
                ledger.settle(argument.key, .takenOver, "it is the last step")
            } else if let rest = item.object["**"] {
                return .unknown(rest, rest.value, [])
            }
            return .none
        }
        if let text = argument.value.text { return .function(argument, text, []) }
        guard let object = model(argument.value, "NextFunction") else { return .unknown(argument, argument.value, []) }
        let kind = object["type"]
        for other in object.arguments where !["name", "type", "**"].contains(other.name) {
            settleAll(other, .noEquivalent, "the original knows no such argument, and ignores it")
        }
        let named = [object["name"], kind, object["**"]].compactMap { $0 }
        guard let name = object["name"], let text = name.value.text else {
            return .unknown(argument, object["name"]?.value ?? object["**"]?.value ?? argument.value, named)
        }
        guard let kind, !kind.value.isNone else { return .function(argument, text, named) }
        guard let word = kind.value.text, ["Function", "Pipeline"].contains(word) else {
            return .unknown(argument, kind.value, named)
        }
        return word == "Pipeline" ? .pipeline(argument, text, named) : .function(argument, text, named)
    }

    private mutating func settle(_ item: Item, _ outcome: ImportReport.Outcome, _ words: String) {
        for argument in item.object.arguments { settleAll(argument, outcome, words) }
        if let next = item.object["next_function"], let object = model(next.value, "NextFunction") {
            for argument in object.arguments { settleAll(argument, outcome, words) }
        }
    }

    /// One that may run after a step whose next is not known: in the order of the list, which the TODO is about.
    private mutating func addPossible(
        _ item: Item, to steps: inout [PipelineFile.StepSection], of draft: inout OriginalPipeline
    ) {
        add(item, to: &steps, of: &draft, "it may follow: what comes after a step before it is not known")
        let (file, words) = (target(draft), "the step may follow, as the list has it: it is part of a TODO")
        guard let next = item.object["next_function"] else { return }
        if let object = model(next.value, "NextFunction") {
            for argument in object.arguments { settleAll(argument, .differs, to: file, words) }
        }
        settleAll(next, .differs, to: file, words)
    }

    private mutating func add(
        _ item: Item, to steps: inout [PipelineFile.StepSection], of draft: inout OriginalPipeline,
        _ doubt: String = ""
    ) {
        for argument in item.object.arguments where !["name", "next_function", "**"].contains(argument.name) {
            settleAll(
                argument, .noEquivalent,
                "the original knows no such argument, and ignores it: in dorc it would be under `functions`")
        }
        let path: [YAMLPathPart] = ["steps", .item(steps.count)]
        guard let name = draft.functionNames[item.text] else {
            return decide(
                item.name, item.name.value, "step", at: path, of: &draft,
                "\(Self.path(draft.codeFolder, item.text, "lambda.py")) does not exist")
        }
        var step = PipelineFile.StepSection()
        step.function = Located(made: name)
        ledger.settle(
            item.name.key, name == item.text && doubt.isEmpty ? .takenOver : .differs,
            to: "\(target(draft)): steps[\(steps.count)]",
            [name == item.text ? "" : "it is called `\(name)`", doubt].filter { !$0.isEmpty }.joined(separator: "; "))
        steps.append(step)
    }

    /// Where no function is known, those that have a folder are steps, in the order of their names.
    private mutating func guess(_ steps: inout [PipelineFile.StepSection], of draft: inout OriginalPipeline) {
        let names = draft.functionNames.values.sorted()
        guard !names.isEmpty else { return }
        // A TODO says already what is not known.
        draft.comments.add("The folders with a lambda.py are steps, in the order of their names.", at: ["steps"])
        ledger.remark(
            .differs, "PipelineDefinition(...)", at: draft.definition.range, to: "\(target(draft)): steps",
            "no function of it is known: the folders are steps in the order of their names")
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
                .differs, "folder of the function", at: .whole(Self.path(draft.codeFolder, original, "lambda.py")),
                to: "\(draft.target(in: source))/\(name)/lambda.py",
                "no step runs it: the original deployed it all the same, dorc does not build it")
        }
    }
}
