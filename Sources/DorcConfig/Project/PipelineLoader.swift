internal import DorcModel
internal import DorcText
internal import DorcYAML

/// PipelineFolder -> Pipeline: reads one pipeline.yaml, works it out for every environment, and hashes the images of
/// the functions that its steps use.
struct PipelineLoader {
    let tree: any SourceTree
    let project: Project
    let projectFile: ProjectFile
    let images: ImageContext
    /// What each `lambda.py` has to define; nil where that is not known.
    let handler: String?
    /// All pipelines that have a folder.
    let known: Set<PipelineID>
    /// Off where dorc.yaml itself has mistakes: its variables may be among them.
    let reportsVariables: Bool

    func load(_ folder: PipelineFolder, into diagnostics: inout Diagnostics) -> Pipeline? {
        let path = folder.path + "/pipeline.yaml"
        guard let (source, root) = YAMLReader.read(path, in: tree, into: &diagnostics) else { return nil }
        var findings = Diagnostics()
        let decoded = PipelineFile.type.decode(root, &findings)
        let suggestion = FunctionSuggestion(
            known: (folder.functions.map(\.name) + (decoded?.externalFunctions ?? [])).sorted(), pipelines: known)
        for finding in findings.items { diagnostics.report(suggestion.added(to: finding)) }
        guard let file = decoded else { return nil }
        checkEnvironments(of: file, &diagnostics)
        checkWorkflow(of: file, &diagnostics)
        let raw = file.definition.flatMap { name in
            RawDefinition.read(
                folder.path + "/" + name.value,
                functions: Set(
                    folder.functions.map(\.name) + file.externalFunctions),
                in: tree, at: name.range, into: &diagnostics)
        }
        let uses = raw?.functions ?? file.usedFunctions
        let definitions = project.environments.map { environment in
            let scope = VariableScope(
                project: project, environment: environment, pipeline: folder.id, reports: reportsVariables)
            let resolver = PipelineResolver(
                file: file, projectFile: projectFile, environment: environment, scope: scope,
                pipeline: folder.id, known: known, raw: raw, uses: uses)
            return resolver.definition(into: &diagnostics)
        }
        guard let used = usedFunctions(of: file, raw, uses, folder, &diagnostics) else { return nil }
        let workflowRange = (file.steps?.range ?? file.definition?.range)?.firstLine ?? source.wholeFile
        return Pipeline(
            id: folder.id, file: source, workflowRange: workflowRange, images: used, definitions: definitions)
    }

    private func checkEnvironments(of file: PipelineFile, _ diagnostics: inout Diagnostics) {
        guard reportsVariables else { return }
        let names = project.environments.map(\.name)
        var mentioned = file.environments?.value.entries.map(\.key) ?? []
        for trigger in file.triggers?.value ?? [] { mentioned += trigger.value.environments?.value ?? [] }
        for name in mentioned where !names.contains(name.value) {
            diagnostics.report(
                Diagnostic(
                    .unknownEnvironment, at: name.range, "there is no environment `\(name.value)` in dorc.yaml",
                    help: "the environments are \(names.map { "`\($0)`" }.joined(separator: ", "))",
                    replacement: Suggestion.closest(to: name.value, among: names)))
        }
    }

    private func checkWorkflow(of file: PipelineFile, _ diagnostics: inout Diagnostics) {
        switch (file.writtenKeys.contains("steps"), file.writtenKeys.contains("definition")) {
        case (false, false): diagnostics.report(.noWorkflow(at: file.range.firstLine))
        case (true, true):
            diagnostics.report(.twoWorkflows(at: file.definition?.range ?? file.range.firstLine))
        default: break
        }
    }

    private func usesAreKnown(of file: PipelineFile, _ raw: RawDefinition?, _ diagnostics: Diagnostics) -> Bool {
        guard file.definition == nil else { return raw?.isMachine == true }
        guard let steps = file.steps, !steps.value.isEmpty else { return false }
        return !diagnostics.items.contains { finding in
            finding.severity == .error && finding.range.path == steps.range.path
                && finding.range.start >= steps.range.start && finding.range.start < steps.range.end
        }
    }

    /// The images of the functions that steps use; a folder that none uses is a warning, a use without a folder an
    /// error. Nil where a function is used that `Discovery` has found a mistake in.
    private func usedFunctions(
        of file: PipelineFile, _ raw: RawDefinition?, _ uses: [String: SourceRange], _ folder: PipelineFolder,
        _ diagnostics: inout Diagnostics
    ) -> [FunctionImage]? {
        // Functions with an `image` need no folder.
        let external = Set(file.externalFunctions)
        let known = folder.functions.map(\.name)
        let usedNames = uses.keys.sorted()
        let overridden = (file.environments?.value.entries ?? []).flatMap { $0.value.functions?.value.entries ?? [] }
        let requirementsPath = folder.path + "/requirements.txt"
        let requirements =
            images.excludes(folder.realPath + "/requirements.txt")
            ? nil : ImageContext.optional(requirementsPath, in: tree, &diagnostics)
        var result: [FunctionImage] = []
        var isComplete = true
        for (name, range) in uses.sorted(by: { $0.key < $1.key }) where !external.contains(name) {
            guard let found = folder.functions.first(where: { $0.name == name }) else {
                switch folder.other(name) {
                case .reported: isComplete = false
                case .misnamed(let code, _):
                    diagnostics.report(.misnamedCode(code, in: "\(folder.path)/\(name)", at: range))
                case .beside(let code): diagnostics.report(.codeBeside(code, name, in: folder.path, at: range))
                case nil: diagnostics.report(.noFunctionFolder(name, in: folder.path, known: known, at: range))
                }
                continue
            }
            if Set([found.path, found.realPath]).contains(where: { images.excludes($0 + "/lambda.py") }) {
                diagnostics.report(
                    Diagnostic(
                        .ignoredFunction, at: range, "`.dockerignore` excludes `\(found.path)/lambda.py`",
                        help: "the image would have no handler: change the pattern"))
            }
            let contents = images.contents(
                of: found, pipelineRequirements: requirements, tree: tree, into: &diagnostics)
            if let code = contents.code, let handler {
                FunctionCodeCheck.run(
                    SourceFile(path: "\(found.path)/\(FunctionFolder.codeFile)", bytes: code), handler: handler,
                    into: &diagnostics)
            }
            result.append(
                FunctionImage(
                    function: name, folder: found.path, tag: contents.tag, range: range,
                    closedFiles: contents.closedFiles))
        }
        for name in known where external.contains(name) {
            diagnostics.report(.overriddenFunction(name, in: folder.path))
        }
        // Where what uses the functions has mistakes, what it uses is not known.
        guard usesAreKnown(of: file, raw, diagnostics) else { return isComplete ? result : nil }
        for entry in (file.functions?.value.entries ?? []) + overridden where uses[entry.key.value] == nil {
            diagnostics.report(.unusedSettings(entry.key, used: usedNames, user: file.userOfFunctions))
        }
        for name in known where uses[name] == nil && !external.contains(name) {
            diagnostics.report(.unusedFunction(name, in: folder.path, user: file.userOfFunctions))
        }
        for (name, other) in folder.others.sorted(by: { $0.key < $1.key }) where uses[name] == nil {
            guard case .misnamed(let code, isUsual: true) = other else { continue }
            let path = "\(folder.path)/\(name)"
            // Code that functions share is called as its user likes.
            let isShared = project.images.include.contains { path == $0.value || path.hasPrefix($0.value + "/") }
            if !isShared { diagnostics.report(.unusedMisnamedCode(code, in: path)) }
        }
        return isComplete ? result : nil
    }
}

extension PipelineFile {
    /// Functions with an `image`, which need no folder.
    fileprivate var externalFunctions: [String] {
        (functions?.value.entries ?? []).filter { $0.value.image != nil }.map(\.key.value)
    }

    /// What speaks of functions, in the words of a message.
    fileprivate var userOfFunctions: (subject: String, place: String) {
        definition.map { ("nothing in `\($0.value)`", "that file as `${name}`") } ?? ("no step", "`steps`")
    }
}

extension Diagnostic {
    fileprivate static func noWorkflow(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .missingKey, at: range, "pipeline.yaml needs `steps`",
            help:
                "steps: the names of functions, each of which runs after the one before it, as in `steps: [extract, load]`"
        )
    }

    fileprivate static func twoWorkflows(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .twoWorkflows, at: range, "a pipeline has `steps` or a `definition`, not both",
            help: "write everything in Amazon States Language, or take the `definition` out")
    }

    static func overriddenFunction(_ name: String, in folder: String) -> Diagnostic {
        Diagnostic(
            .unusedFunction, at: .whole("\(folder)/\(name)/lambda.py"),
            "the function `\(name)` has an `image` of its own: this folder is not built",
            help: "remove the folder, or the `image`")
    }

    static func unusedFunction(_ name: String, in folder: String, user: (subject: String, place: String)) -> Diagnostic
    {
        Diagnostic(
            .unusedFunction, at: .whole("\(folder)/\(name)/lambda.py"),
            "\(user.subject) uses the function `\(name)`: it is not built",
            help: "add it to \(user.place), or remove the folder")
    }

    static func unusedSettings(
        _ name: Located<String>, used: [String], user: (subject: String, place: String)
    ) -> Diagnostic {
        Diagnostic(
            .unusedSettings, at: name.range, "\(user.subject) uses a function `\(name.value)`",
            help: used.isEmpty ? nil : "the functions in use are \(used.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: name.value, among: used))
    }

    static func noFunctionFolder(_ name: String, in folder: String, known: [String], at range: SourceRange)
        -> Diagnostic
    {
        let suggestion = Suggestion.closest(to: name, among: known)
        let listed = known.map { "`\($0)`" }.joined(separator: ", ")
        return Diagnostic(
            .noFunction, at: range, "there is no function `\(name)`: no file `\(folder)/\(name)/lambda.py`",
            help: (known.isEmpty ? "" : "the functions here are \(listed); ")
                + "`dorc-synth new function` makes the folder, `function:` names another one for a step",
            replacement: suggestion)
    }

    static func misnamedCode(_ code: String, in folder: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .misnamedFunction, at: range,
            "the folder `\(folder)` has no `\(FunctionFolder.codeFile)`, but a file `\(code)`",
            help: cure(code, in: folder))
    }

    static func unusedMisnamedCode(_ code: String, in folder: String) -> Diagnostic {
        Diagnostic(
            .misnamedFunction, .warning, at: .whole("\(folder)/\(code)"),
            "the folder has no `\(FunctionFolder.codeFile)`, so that it is not a function",
            help: cure(code, in: folder))
    }

    private static func cure(_ code: String, in folder: String) -> String {
        code.hasSuffix(".ipynb")
            ? "move the notebook's code to `\(folder)/\(FunctionFolder.codeFile)`, into `def handler(event, context)`"
            : "rename `\(folder)/\(code)` to `\(folder)/\(FunctionFolder.codeFile)`; it needs a function `handler(event, context)`"
    }

    static func codeBeside(_ code: String, _ name: String, in folder: String, at range: SourceRange) -> Diagnostic {
        let place = "\(folder)/\(name)/\(FunctionFolder.codeFile)"
        return Diagnostic(
            .misnamedFunction, at: range,
            "the function `\(name)` has no folder, but there is a file `\(folder)/\(code)`",
            help: code.hasSuffix(".ipynb")
                ? "move the notebook's code to `\(place)`, into `def handler(event, context)`"
                : "move it to `\(place)`; it needs a function `handler(event, context)`")
    }
}
