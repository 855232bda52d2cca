import DorcConfig
import DorcModel
import DorcText
import DorcYAML

extension DorcMapping {
    /// Each pipeline's file, when all names are known.
    mutating func mapPipelines() {
        for index in pipelines.indices { pipelines[index].functionNames = functionNames(of: pipelines[index]) }
        var triggerNames: [String: SourceRange] = [:]
        for index in pipelines.indices {
            var draft = pipelines[index]
            mapDescription(&draft)
            mapSteps(&draft)
            mapTrigger(&draft, &triggerNames)
            if let name = draft.definition["pipeline_name"] {
                ledger.settle(
                    name.key, name.value.text == draft.id.name ? .takenOver : .differs, to: target(draft),
                    "a pipeline has its folder's name")
            }
            for argument in draft.definition.arguments where !ledger.isSettled(argument.key) {
                settleAll(argument, .noEquivalent, "the original knows no such argument, and ignores it")
            }
            pipelines[index] = draft
        }
        for draft in pipelines where draft.file.steps != nil {
            files.append(ImportedFile(path: target(draft), draft.file, comments: draft.comments))
        }
    }

    func target(_ draft: OriginalPipeline) -> String { "\(draft.target(in: source))/pipeline.yaml" }

    private mutating func functionNames(of draft: OriginalPipeline) -> [String: String] {
        var result: [String: String] = [:]
        var names = ImportNames()
        let folders = repository.functions(in: draft.codeFolder).sorted()
        // Names that are right stay.
        for name in folders.filter(Names.isFolder) + folders.filter({ !Names.isFolder($0) }) {
            let new = names.folder(name, else: "function")
            result[name] = new
            if new != name {
                let path = "\(draft.codeFolder)/\(name)/lambda.py"
                ledger.remark(
                    .differs, "folder of the function", at: .whole(path), to: "\(draft.target(in: source))/\(new)",
                    "a function's name has lower-case letters, digits, `-` and `_`")
            }
        }
        return result
    }

    private mutating func mapDescription(_ draft: inout OriginalPipeline) {
        guard let argument = draft.definition["description"], !argument.value.isNone else {
            if let argument = draft.definition["description"] { ledger.settle(argument.key, .takenOver) }
            return
        }
        let place = "\(target(draft)): description"
        guard let text = text(argument.value, hint: "description", of: draft, to: place) else {
            return decide(argument, argument.value, "description", at: ["description"], of: &draft)
        }
        if argument.value.text?.isEmpty == true { return ledger.settle(argument.key, .takenOver, "it is empty") }
        if let problem = AcceptedValue.problem(with: text, at: \PipelineFile.description) {
            return decide(argument, argument.value, "description", at: ["description"], of: &draft, problem)
        }
        draft.file.description = Located(made: text)
        ledger.settle(argument.key, .takenOver, to: place)
    }

    /// Writes a TODO in place of a value that is not known, or that dorc does not take.
    mutating func decide(
        _ argument: DefinedArgument, _ value: DefinedValue, _ key: String, at path: [YAMLPathPart],
        of draft: inout OriginalPipeline, _ problem: String? = nil
    ) {
        draft.comments.todo(key, Self.words(value, problem), from: value.range, at: path)
        ledger.settle(
            argument.key, .differs, to: target(draft), Self.words(value, problem, isKnown: "it cannot be known"),
            isDecision: true)
    }

    static func words(_ value: DefinedValue, _ problem: String?, isKnown prefix: String? = nil) -> String {
        let words = problem.map { "\(value.words) (\($0))" } ?? value.reason
        return prefix.map { problem == nil ? "\($0): \(words)" : "dorc does not take it: \(words)" } ?? words
    }
}
