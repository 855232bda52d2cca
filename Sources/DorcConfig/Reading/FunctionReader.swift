internal import DorcModel
internal import DorcText

/// The folders of a pipeline's functions against what uses them: the images of those in use, and what nothing uses.
struct FunctionReader {
    let file: PipelineFile
    /// The functions in use, each with the place of its first use.
    let uses: [String: SourceRange]
    let folder: PipelineFolder
    let tree: any SourceTree
    let images: ImageContext

    /// The images of the functions in use; a use without a folder is an error. Nil where a function is used that `Discovery`
    /// has found a mistake in.
    ///
    /// - Parameter handler: What each `lambda.py` has to define; nil where that is not known.
    func images(handler: String?, into diagnostics: inout Diagnostics) -> [FunctionImage]? {
        // Functions with an `image` need no folder.
        let external = Set(file.externalFunctions)
        let requirements =
            images.excludes(folder.realPath + "/requirements.txt")
            ? nil : ImageContext.optional(folder.path + "/requirements.txt", in: tree, &diagnostics)
        // What the images run; nil where only a base image says it.
        let called =
            handler.map { "\(FunctionFolder.module).\($0)" }
            ?? images.dockerfile?.run.handler.map { "\($0.module).\($0.name)" }
        var result: [FunctionImage] = []
        var isComplete = true
        for (name, range) in uses.sorted(by: { $0.key < $1.key }) where !external.contains(name) {
            guard let found = folder.functions.first(where: { $0.name == name }) else {
                switch folder.other(name) {
                case .reported: isComplete = false
                case .misnamed(let code, _):
                    diagnostics.report(.misnamedCode(code, in: "\(folder.path)/\(name)", at: range))
                case .beside(let code): diagnostics.report(.codeBeside(code, name, in: folder.path, at: range))
                case nil:
                    diagnostics.report(
                        .noFunctionFolder(name, in: folder.path, known: folder.functions.map(\.name), at: range))
                }
                continue
            }
            let isLink = found.realPath != found.path
            if images.excludes(found.path + "/lambda.py") || isLink && images.excludes(found.realPath + "/lambda.py") {
                diagnostics.report(
                    Diagnostic(
                        .ignoredFunction, at: range, "`.dockerignore` excludes `\(found.path)/lambda.py`",
                        help: "the image would have no handler: change the pattern"))
            }
            let contents = images.contents(
                of: found, pipelineRequirements: requirements, tree: tree, into: &diagnostics)
            if images.dockerfile?.installsOnlySharedRequirements == true,
                found.entries.contains(where: { $0.name == "requirements.txt" && $0.kind == .file })
            {
                diagnostics.report(.uninstalledRequirements(in: found.path))
            }
            if let code = contents.code, let handler {
                FunctionCodeCheck.run(
                    SourceFile(path: "\(found.path)/\(FunctionFolder.codeFile)", bytes: code), handler: handler,
                    into: &diagnostics)
            }
            result.append(
                FunctionImage(
                    function: name, folder: found.path,
                    handler: called, tag: contents.tag, range: range, closedFiles: contents.closedFiles))
        }
        for found in folder.functions where external.contains(found.name) {
            diagnostics.report(.overriddenFunction(found.name, in: folder.path))
        }
        return isComplete ? result : nil
    }

    /// Warnings about functions and settings that nothing uses.
    ///
    /// - Parameter shared: `images.include`: code that functions share is called as its user likes.
    func unused(including shared: [Located<String>]) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        let overridden = (file.environments?.value.entries ?? []).flatMap { $0.value.functions?.value.entries ?? [] }
        for entries in [file.functions?.value.entries ?? [], overridden] {
            // By index: a section is large, and to go through them copies each.
            for index in entries.indices where uses[entries[index].key.value] == nil {
                let name = entries[index].key
                findings.append(.unusedSettings(name, used: uses.keys.sorted(), user: file.userOfFunctions))
            }
        }
        let external = Set(file.externalFunctions)
        for found in folder.functions where uses[found.name] == nil && !external.contains(found.name) {
            findings.append(.unusedFunction(found.name, in: folder.path, user: file.userOfFunctions))
        }
        for (name, other) in folder.others.sorted(by: { $0.key < $1.key }) where uses[name] == nil {
            guard case .misnamed(let code, isUsual: true) = other else { continue }
            let path = "\(folder.path)/\(name)"
            let isShared = shared.contains { path == $0.value || path.hasPrefix($0.value + "/") }
            if !isShared { findings.append(.unusedMisnamedCode(code, in: path)) }
        }
        return findings
    }
}

extension PipelineFile {
    /// What speaks of functions, in the words of a message.
    fileprivate var userOfFunctions: (subject: String, place: String) {
        definition.map { ("nothing in `\($0.value)`", "that file as `${name}`") } ?? ("no step", "`steps`")
    }
}

extension Diagnostic {
    fileprivate static func overriddenFunction(_ name: String, in folder: String) -> Diagnostic {
        Diagnostic(
            .unusedFunction, at: .whole("\(folder)/\(name)/lambda.py"),
            "the function `\(name)` has an `image` of its own: this folder is not built",
            help: "remove the folder, or the `image`")
    }

    fileprivate static func uninstalledRequirements(in folder: String) -> Diagnostic {
        Diagnostic(
            .uninstalledRequirements, at: .whole("\(folder)/requirements.txt"),
            "the Dockerfile does not install the `requirements.txt` of a function's folder",
            help: "move it next to pipeline.yaml: every function of the pipeline gets the packages")
    }

    fileprivate static func unusedFunction(_ name: String, in folder: String, user: (subject: String, place: String))
        -> Diagnostic
    {
        Diagnostic(
            .unusedFunction, at: .whole("\(folder)/\(name)/lambda.py"),
            "\(user.subject) uses the function `\(name)`: it is not built",
            help: "add it to \(user.place), or remove the folder")
    }

    fileprivate static func unusedSettings(
        _ name: Located<String>, used: [String], user: (subject: String, place: String)
    ) -> Diagnostic {
        Diagnostic(
            .unusedSettings, at: name.range, "\(user.subject) uses a function `\(name.value)`",
            help: used.isEmpty ? nil : "the functions in use are \(used.map { "`\($0)`" }.joined(separator: ", "))",
            replacement: Suggestion.closest(to: name.value, among: used))
    }

    fileprivate static func noFunctionFolder(_ name: String, in folder: String, known: [String], at range: SourceRange)
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

    fileprivate static func misnamedCode(_ code: String, in folder: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .misnamedFunction, at: range,
            "the folder `\(folder)` has no `\(FunctionFolder.codeFile)`, but a file `\(code)`",
            help: cure(code, in: folder))
    }

    fileprivate static func unusedMisnamedCode(_ code: String, in folder: String) -> Diagnostic {
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

    fileprivate static func codeBeside(_ code: String, _ name: String, in folder: String, at range: SourceRange)
        -> Diagnostic
    {
        let place = "\(folder)/\(name)/\(FunctionFolder.codeFile)"
        return Diagnostic(
            .misnamedFunction, at: range,
            "the function `\(name)` has no folder, but there is a file `\(folder)/\(code)`",
            help: code.hasSuffix(".ipynb")
                ? "move the notebook's code to `\(place)`, into `def handler(event, context)`"
                : "move it to `\(place)`; it needs a function `handler(event, context)`")
    }
}
