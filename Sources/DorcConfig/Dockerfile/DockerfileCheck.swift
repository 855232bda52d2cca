internal import DorcModel
internal import DorcText

/// What the Dockerfile copies and runs, compared with the repository.
struct DockerfileCheck {
    let tree: any SourceTree
    let images: ImageContext
    let settings: ImageSettings
    /// All that are built.
    let functions: [FunctionImage]

    func run(into diagnostics: inout Diagnostics) {
        guard let dockerfile = images.dockerfile else { return }
        if let place = dockerfile.undeclaredCodePath { diagnostics.report(.undeclaredCodePath(at: place)) }
        CopyCheck(context: context, images: images, settings: settings, functions: functions)
            .run(dockerfile, into: &diagnostics)
        checkCommand(dockerfile, &diagnostics)
        checkModes(dockerfile, &diagnostics)
        checkFixedModes(dockerfile, &diagnostics)
    }

    private var context: BuildContext { BuildContext(tree: tree, ignore: images.ignore) }

    private func folder(above path: String) -> Substring { path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }

    // MARK: What is run

    private func checkCommand(_ dockerfile: Dockerfile, _ diagnostics: inout Diagnostics) {
        guard let handler = dockerfile.run.handler else { return }
        let isKnown = handler.module == "lambda" || isModule(handler.module, dockerfile)
        let written = "\(handler.module).\(handler.name)"
        if let command = dockerfile.run.command, !command.isJSON, command.words.map(\.range) == [handler.range] {
            diagnostics.report(.shellCommand(written, better: isKnown ? written : "lambda.handler", at: handler.range))
        } else if !isKnown {
            diagnostics.report(.otherModule(handler.module, at: handler.range))
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

    /// `--chmod` as a number is the mode of files and folders alike.
    private func checkFixedModes(_ dockerfile: Dockerfile, _ diagnostics: inout Diagnostics) {
        guard !dockerfile.changesModes else { return }
        for copy in dockerfile.copies where copy.copiesCode {
            guard let text = copy.mode, let mode = Int(text, radix: 8) else { continue }
            if mode & 0o4 == 0 {
                diagnostics.report(.closedMode(text, at: copy.range))
            } else if mode & 0o1 == 0, let folder = newFolder(of: copy) {
                diagnostics.report(.closedFolders(text, example: folder, at: copy.range))
            }
        }
    }

    /// Folders of images that Docker does not make, so that their modes stay.
    private static let existing: Set<String> = ["", ".", "/var/task", "/opt", "/tmp"]

    /// A folder that comes into the image with the mode of a `COPY`.
    private func newFolder(of copy: Dockerfile.Copy) -> String? {
        var destination = copy.destination ?? "."
        while destination.hasSuffix("/") { destination.removeLast() }
        let isThere = Self.existing.contains(destination)
        for source in copy.sources {
            for function in source.dependsOnFunction ? functions : Array(functions.prefix(1)) {
                guard let path = source.path(codePath: function.folder) else { break }
                for folder in context.resolved(path) where context.isFolder(folder) && context.sends(folder) {
                    guard isThere else { return folder.isEmpty ? "." : folder }
                    let inside = context.entries(of: folder).first { entry in
                        entry.kind == .folder && entry.link == nil
                            && context.sends(BuildContext.join(folder, entry.name))
                    }
                    if let inside { return BuildContext.join(folder, inside.name) }
                }
            }
        }
        return nil
    }
}

extension Diagnostic {
    fileprivate static func undeclaredCodePath(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .undeclaredCodePath, at: range, "no `ARG CODE_PATH` comes before this line: it is empty here",
            help: "add `ARG CODE_PATH` after the `FROM` of this stage")
    }

    fileprivate static func shellCommand(_ handler: String, better: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .otherHandler, at: range, "`CMD \(handler)` runs a shell, not the handler",
            help: "write `CMD [\"\(better)\"]`", replacement: "[\"\(better)\"]")
    }

    fileprivate static func otherModule(_ module: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .otherHandler, at: range, "a module `\(module)` is run, which no function has",
            help: "a function is the `handler` of its `lambda.py`: write `CMD [\"lambda.handler\"]`",
            replacement: "lambda.handler")
    }

    fileprivate static func closedMode(_ mode: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .fileModes, at: range,
            "Lambda may not read what is copied with `--chmod=\(mode)`: it runs the code as a user of its own",
            help: "write `--chmod=755`")
    }

    fileprivate static func closedFolders(_ mode: String, example: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .fileModes, at: range,
            "`--chmod=\(mode)` closes folders, and this copies `\(example)/`: Lambda may not open what is in it",
            help: "write `--chmod=755`")
    }

    fileprivate static func fileModes(_ count: Int, example: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .fileModes, at: range,
            "this keeps the modes of the files, and Lambda may not read `\(example)`"
                + (count > 1 ? " and \(count - 1) more" : ""),
            help:
                "write `COPY --chmod=755`, or make the files readable with `chmod -R a+rX .`"
        )
    }
}
