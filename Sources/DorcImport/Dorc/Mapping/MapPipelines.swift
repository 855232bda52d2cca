import DorcConfig
import DorcModel
import DorcText
import DorcYAML

extension DorcMapping {
    /// Each pipeline, when all names are known. One that turns out to have no step is dropped, and the others are mapped again without
    /// it: they could run it.
    mutating func mapPipelines() {
        while true {
            let before = self
            let empty = mapAll()
            guard !empty.isEmpty else { return }
            self = before
            for (index, why) in empty { dropped.append((pipelines[index], why)) }
            let indices = Set(empty.map(\.index))
            pipelines = pipelines.enumerated().filter { !indices.contains($0.offset) }.map(\.element)
        }
    }

    private mutating func mapAll() -> [(index: Int, why: String)] {
        var empty: [(index: Int, why: String)] = []
        settleEnvironments()
        for index in pipelines.indices { pipelines[index].functionNames = functionNames(of: pipelines[index]) }
        var triggerNames: TriggerNames = [:]
        for index in pipelines.indices {
            var draft = pipelines[index]
            if let why = mapSteps(&draft) {
                empty.append((index, why))
                continue
            }
            remark(&draft, earlier: Array(pipelines[..<index]))
            mapDescription(&draft)
            mapTriggers(&draft, &triggerNames)
            settlePlace(draft)
            for argument in draft.definition.arguments where argument.name == "**" && !ledger.isSettled(argument.key) {
                decide(argument, argument.value, "pipeline", at: ["steps"], of: &draft)
            }
            settleOthers(of: draft.definition)
            pipelines[index] = draft
        }
        return empty
    }

    /// What led to the pipeline, and says where it is.
    private mutating func settlePlace(_ draft: OriginalPipeline) {
        let file = target(draft)
        for key in draft.creators { ledger.settle(key, .takenOver, to: file) }
        if let path = draft.definition["file_path"] {
            let isKnown = draft.isPlaceKnown
            ledger.settle(
                path.key, isKnown ? .takenOver : .differs, to: file,
                isKnown
                    ? "a pipeline has its folder's name"
                    : "the folder of the file with the definition is taken: \(path.value.reason)")
        }
        if let name = draft.definition["pipeline_name"] {
            ledger.settle(
                name.key, name.value.text == draft.id.name ? .takenOver : .differs, to: file,
                "a pipeline has its folder's name")
        }
    }

    /// The files of the pipelines, when all that goes into them is known.
    mutating func writePipelines() {
        for draft in pipelines {
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
                ledger.remark(
                    .differs, "folder of the function", at: .whole(Self.path(draft.codeFolder, name, "lambda.py")),
                    to: "\(draft.target(in: source))/\(new)/lambda.py",
                    "a function's name has lower-case letters, digits, `-` and `_`; in place, remove `\(Self.path(draft.codeFolder, name))`"
                )
            }
        }
        return result
    }

    static func path(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: "/") }

    private mutating func mapDescription(_ draft: inout OriginalPipeline) {
        guard let argument = draft.definition["description"], !argument.value.isNone else { return }
        let place = "\(target(draft)): description"
        if argument.value.text?.isEmpty == true { return ledger.settle(argument.key, .takenOver, "it is empty") }
        let before = (variables, comments, ledger)
        guard let written = text(argument.value, hint: "description", of: draft) else {
            return decide(argument, argument.value, "description", at: ["description"], of: &draft)
        }
        if let problem = AcceptedValue.problem(with: written.text, at: \PipelineFile.description) {
            (variables, comments, ledger) = before
            return decide(argument, argument.value, "description", at: ["description"], of: &draft, problem)
        }
        draft.file.description = Located(made: written.text)
        settle(argument, written, to: place)
    }

    /// Of a text that is written.
    mutating func settle(
        _ argument: DefinedArgument, _ written: WrittenText, _ outcome: ImportReport.Outcome = .takenOver,
        to target: String, _ words: String = ""
    ) {
        let all = [words, written.missing ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
        ledger.settle(argument.key, written.missing == nil ? outcome : .differs, to: target, all)
        settle(written.sources, .takenOver, to: target)
        settleAll(argument.value, .noEquivalent, to: nil, "no environment uses it")
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
        settleAll(argument.value, .differs, to: target(draft), "it is part of a TODO")
    }
}
