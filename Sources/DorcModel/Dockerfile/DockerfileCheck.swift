/// Compares what the Dockerfile copies and runs with what the content hash covers and the functions define.
struct DockerfileCheck {
    let tree: any SourceTree
    let images: ImageContext
    let settings: ImageSettings
    /// All that are built.
    let functions: [FunctionImage]

    /// As many names as a message gives.
    private static let shownNames = 3

    func run(into diagnostics: inout Diagnostics) {
        guard let dockerfile = images.dockerfile else { return }
        if let place = dockerfile.undeclaredCodePath { diagnostics.report(.undeclaredCodePath(at: place)) }
        for copy in dockerfile.copies {
            for source in copy.sources { check(source, isMount: copy.isMount, &diagnostics) }
        }
        checkIncluded(dockerfile, &diagnostics)
        checkCommand(dockerfile, &diagnostics)
        checkModes(dockerfile, &diagnostics)
    }

    // MARK: What is copied, and what is hashed

    /// The functions that a source is looked at for: one of each pipeline where it depends on the function's folder.
    private func examples(for source: Dockerfile.Source) -> [FunctionImage] {
        guard source.dependsOnFunction else { return Array(functions.prefix(1)) }
        var pipelines: Set<Substring> = []
        return functions.filter { pipelines.insert(folder(above: $0.folder)).inserted }
    }

    private func folder(above path: String) -> Substring { path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }

    private func check(_ source: Dockerfile.Source, isMount: Bool, _ diagnostics: inout Diagnostics) {
        var missed: Set<String> = []
        for function in examples(for: source) {
            guard let path = source.path(codePath: function.folder) else { return }
            if path.isEmpty {
                diagnostics.report(.wholeContext(isMount: isMount, at: source.range))
                return
            }
            for found in resolved(path) where !isHashed(found, function) && exists(found) && !isExcluded(found) {
                missed.insert(found)
            }
        }
        guard !missed.isEmpty else { return }
        let names = missed.sorted().map { isFolder($0) ? $0 + "/" : $0 }
        diagnostics.report(
            .notHashed(names, shown: Self.shownNames, include: includeLine(adding: names), at: source.range))
    }

    private func isHashed(_ path: String, _ function: FunctionImage) -> Bool {
        let files = ["requirements.txt", folder(above: function.folder) + "/requirements.txt", settings.dockerfile]
        return files.contains { $0 == path } || Self.contains(function.folder, path)
            || settings.include.contains { Self.contains($0.value, path) }
    }

    /// Whether `path` is the folder or file, or something in it.
    private static func contains(_ folder: String, _ path: String) -> Bool {
        path == folder || path.hasPrefix(folder + "/")
    }

    private func isExcluded(_ path: String) -> Bool {
        isFolder(path) ? images.ignore.folder(path).isSkipped : images.ignore.excludes(path)
    }

    private func isFolder(_ path: String) -> Bool { (try? tree.kind(of: path)) == .folder }

    private func exists(_ path: String) -> Bool { ((try? tree.kind(of: path)) ?? nil) != nil }

    /// The paths that a path stands for, in which each part may be a pattern of Go's `filepath.Match`. The disk is asked
    /// only about patterns: not about `requirements.tx[t]`, which is a way to say that a file may be absent.
    private func resolved(_ path: String) -> [String] {
        var found = [""]
        for part in path.split(separator: "/") {
            func below(_ folder: String, _ name: some StringProtocol) -> String {
                folder.isEmpty ? String(name) : folder + "/" + name
            }
            if let name = Self.literal(part) {
                found = found.map { below($0, name) }
                continue
            }
            guard let pattern = try? DockerIgnorePattern(Array(part.unicodeScalars)) else { return [] }
            found = found.flatMap { folder in
                ((try? tree.entries(of: folder)) ?? []).map(\.name).filter { name in
                    var candidate = DockerIgnorePattern.Candidate(name)
                    return pattern.matches(&candidate)
                }.sorted().map { below(folder, $0) }
            }
        }
        return found
    }

    /// The only name that a pattern matches: brackets around one character are that character. Nil where there may be more.
    private static func literal(_ part: Substring) -> String? {
        var result = String.UnicodeScalarView()
        var rest = Array(part.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "[":
                let inner = rest.prefix(2)
                guard inner.count == 2, inner.last == "]", let only = inner.first,
                    !"^]-\\".unicodeScalars.contains(only)
                else { return nil }
                result.append(only)
                rest = rest.dropFirst(2)
            case "*", "?", "\\": return nil
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private func includeLine(adding names: [String]) -> String {
        let all = settings.include.map { isFolder($0.value) ? $0.value + "/" : $0.value } + names
        return "images: {include: [\(all.joined(separator: ", "))]}"
    }

    private func checkIncluded(_ dockerfile: Dockerfile, _ diagnostics: inout Diagnostics) {
        let sources = dockerfile.copies.flatMap(\.sources)
        guard !settings.include.isEmpty, dockerfile.undeclaredCodePath == nil, sources.allSatisfy({ $0.text != nil })
        else { return }
        let copied = sources.flatMap { source in
            examples(for: source).flatMap { function in
                source.path(codePath: function.folder).map(resolved) ?? []
            }
        }
        for path in settings.include
        where !copied.contains(where: {
            $0.isEmpty || Self.contains($0, path.value) || Self.contains(path.value, $0)
        }) {
            let slash = isFolder(path.value) ? "/" : ""
            diagnostics.report(.notCopied(path.value + slash, dockerfile: settings.dockerfile, at: path.range))
        }
    }

    // MARK: What is run

    private func checkCommand(_ dockerfile: Dockerfile, _ diagnostics: inout Diagnostics) {
        guard let command = dockerfile.command, let handler = dockerfile.handler else { return }
        if !command.isJSON {
            if !dockerfile.hasEntryPoint {
                let isKnown = handler.module == "lambda" || isModule(handler.module, dockerfile)
                diagnostics.report(
                    .shellCommand(
                        handler.module + "." + handler.name,
                        better: isKnown ? handler.module + "." + handler.name : "lambda.handler", at: handler.range))
            }
        } else if handler.module == "lambda" {
            if handler.name != Dockerfile.usualHandler {
                diagnostics.report(
                    .otherHandler("the function `\(handler.name)` of each `lambda.py`", at: handler.range))
            }
        } else if !isModule(handler.module, dockerfile) {
            diagnostics.report(
                .otherHandler("a module `\(handler.module)`, which no function has", at: handler.range))
        }
    }

    /// Whether there may be such a module in the images: beside a `lambda.py`, in shared code, or in a package.
    private func isModule(_ module: String, _ dockerfile: Dockerfile) -> Bool {
        let path = module.split { $0 == "." || $0 == "/" }.joined(separator: "/")
        let folders = functions.map(\.folder) + settings.include.map(\.value) + [""]
        let isFile = folders.contains { folder in
            [".py", "/__init__.py"].contains { suffix in
                (try? tree.kind(of: (folder.isEmpty ? "" : folder + "/") + path + suffix)) == .file
            }
        }
        if isFile { return true }
        guard let package = path.split(separator: "/").first.map(Self.normalized), !package.isEmpty else { return true }
        var texts = [dockerfile.runs]
        for file in Set(functions.map { folder(above: $0.folder) + "/requirements.txt" } + ["requirements.txt"]) {
            if let bytes = try? tree.read(file, limit: 1 << 20) { texts.append(String(decoding: bytes, as: UTF8.self)) }
        }
        return texts.contains { Self.normalized($0).contains(package) }
    }

    /// As package indexes compare names.
    private static func normalized(_ name: some StringProtocol) -> String {
        String(name.lowercased().map { $0 == "_" || $0 == "." ? "-" : $0 })
    }

    // MARK: Who may read it

    private func checkModes(_ dockerfile: Dockerfile, _ diagnostics: inout Diagnostics) {
        let closed = (images.closedFiles + functions.flatMap(\.closedFiles)).sorted()
        guard dockerfile.modes == .kept, let example = closed.first,
            let copy = dockerfile.copies.first(where: { $0.copiesCode && $0.mode == nil })
        else { return }
        diagnostics.report(.fileModes(closed.count, example: example, at: copy.range))
    }
}

extension Diagnostic {
    fileprivate static func undeclaredCodePath(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "undeclared-code-path", .warning, at: range, "no `ARG CODE_PATH` comes before this line: it is empty here",
            help: "add `ARG CODE_PATH` after the `FROM` of this stage")
    }

    fileprivate static func wholeContext(isMount: Bool, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "not-hashed", .warning, at: range,
            "the whole repository goes into the images, but most of it is not part of their content hash: a change to it is not deployed",
            help: isMount
                ? "mount what is needed with `source=`, and name it in `images.include`"
                : "write `COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/`, and copy shared code by name, with the name in `images.include`"
        )
    }

    fileprivate static func notHashed(_ names: [String], shown: Int, include: String, at range: SourceRange)
        -> Diagnostic
    {
        let listed = names.prefix(shown).map { "`\($0)`" }.joined(separator: ", ")
        let more = names.count > shown ? " and \(names.count - shown) more" : ""
        return Diagnostic(
            "not-hashed", .warning, at: range,
            "\(listed)\(more) \(names.count > 1 ? "are" : "is") copied, but not part of the images' content hash: a change to it is not deployed",
            help: names.count > shown
                ? "name the folders in `images.include` of dorc.yaml" : "write `\(include)` in dorc.yaml")
    }

    fileprivate static func notCopied(_ path: String, dockerfile: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "not-copied", .warning, at: range, "nothing in `\(dockerfile)` copies `\(path)` into the images",
            help: "add `COPY --chmod=755 \(path) ${LAMBDA_TASK_ROOT}/\(path)` to `\(dockerfile)`, or remove it here")
    }

    fileprivate static func shellCommand(_ handler: String, better: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "other-handler", .warning, at: range, "`CMD \(handler)` runs a shell, not the handler",
            help: "write `CMD [\"\(better)\"]`", replacement: "[\"\(better)\"]")
    }

    fileprivate static func otherHandler(_ what: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "other-handler", .warning, at: range, "`CMD` runs \(what)",
            help: "a function is the `handler` of its `lambda.py`: write `CMD [\"lambda.handler\"]`",
            replacement: "lambda.handler")
    }

    fileprivate static func fileModes(_ count: Int, example: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "file-modes", .warning, at: range,
            "this keeps the modes of the files, and Lambda may not read `\(example)`"
                + (count > 1 ? " and \(count - 1) more" : ""),
            help:
                "write `COPY --chmod=755`, or make the files readable with `chmod -R a+rsource.path(codePath: function.folder).map(resolved) ?? [] .`"
        )
    }
}
