internal import DorcModel
internal import DorcText

/// Compares what the Dockerfile copies with what `.dockerignore` lets into the build context, and with what the content
/// hash covers.
struct CopyCheck {
    let context: BuildContext
    let images: ImageContext
    let settings: ImageSettings
    /// All that are built.
    let functions: [FunctionImage]

    /// As many names as a message gives.
    private static let shownNames = 3

    private struct Missed {
        var source: Dockerfile.Source
        var isMount: Bool
        var names: [String]
    }

    func run(_ dockerfile: Dockerfile, into diagnostics: inout Diagnostics) {
        var missed: [Missed] = []
        for copy in dockerfile.copies {
            for source in copy.sources {
                checkIgnored(source, isMount: copy.isMount, &diagnostics)
                let names = unhashed(source)
                if !names.isEmpty { missed.append(Missed(source: source, isMount: copy.isMount, names: names)) }
            }
        }
        guard !missed.isEmpty else { return checkIncluded(dockerfile, &diagnostics) }
        // One line for all of them: one for each would take back what the one before it added.
        let include = includeLine(adding: missed.filter { !isWhole($0.source) }.flatMap(\.names))
        for each in missed {
            diagnostics.report(
                isWhole(each.source)
                    ? .wholeContext(
                        Self.list(each.names), isOne: each.names.count == 1, isMount: each.isMount,
                        at: each.source.range)
                    : .notHashed(
                        Self.list(each.names), isOne: each.names.count == 1, isMount: each.isMount, include: include,
                        at: each.source.range))
        }
        checkIncluded(dockerfile, &diagnostics)
    }

    private static func list(_ names: [String]) -> String {
        let listed = names.prefix(shownNames).map { "`\($0)`" }
        let more = names.count - listed.count
        guard more == 0 else { return listed.joined(separator: ", ") + " and \(more) more" }
        return [listed.dropLast().joined(separator: ", "), listed.last ?? ""].filter { !$0.isEmpty }
            .joined(separator: " and ")
    }

    private func isWhole(_ source: Dockerfile.Source) -> Bool {
        source.path(codePath: "") == "" && !source.dependsOnFunction
    }

    /// With a slash after a folder.
    private func shown(_ path: String) -> String { context.isFolder(path) ? path + "/" : path }

    // MARK: What is hashed

    /// The functions that a source is looked at for: one of each pipeline where it depends on the function's folder.
    private func examples(for source: Dockerfile.Source) -> [FunctionImage] {
        guard source.dependsOnFunction else { return Array(functions.prefix(1)) }
        // Those of one pipeline come together.
        return functions.indices.filter { index in
            index == 0 || Self.folder(above: functions[index].folder) != Self.folder(above: functions[index - 1].folder)
        }.map { functions[$0] }
    }

    private static func folder(above path: String) -> Substring {
        path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
    }

    /// Whether `path` is the folder or file, or something in it.
    private static func contains(_ folder: String, _ path: String) -> Bool {
        folder.isEmpty || path == folder || path.hasPrefix(folder + "/")
    }

    private func unhashed(_ source: Dockerfile.Source) -> [String] {
        // The hash covers it for every function.
        if source.isFolderOfFunction { return [] }
        var missed: Set<String> = []
        for function in examples(for: source) {
            guard let path = source.path(codePath: function.folder) else { return [] }
            // What is the same for two functions goes into both images: their own folders are hashed for one of them each.
            let images = source.dependsOnFunction ? [function] : [function, functions.last ?? function]
            if path.isEmpty {
                missed.formUnion(unhashed("", for: images))
            } else {
                missed.formUnion(context.resolved(path).filter { !unhashed($0, for: images).isEmpty })
            }
        }
        return missed.sorted().map(shown)
    }

    /// What of a path is in the context, but not in the hash of each of the images.
    private func unhashed(_ path: String, for images: [FunctionImage]) -> [String] {
        let hashed = images.map(self.hashed)
        func search(_ path: String) -> [String] {
            let missing = hashed.filter { paths in path.isEmpty || !paths.contains { Self.contains($0, path) } }
            guard !missing.isEmpty, context.sends(path) else { return [] }
            guard context.isFolder(path), missing.contains(where: { $0.contains { Self.contains(path, $0) } }) else {
                return [path]
            }
            return context.entries(of: path).flatMap { search(BuildContext.join(path, $0.name)) }
        }
        return search(path)
    }

    private func hashed(_ function: FunctionImage) -> [String] {
        [
            function.folder, Self.folder(above: function.folder) + "/requirements.txt", "requirements.txt",
            settings.dockerfile, ".dockerignore", settings.dockerfile + ".dockerignore",
        ] + settings.include.map(\.value)
    }

    private func includeLine(adding names: [String]) -> String {
        var all: [String] = []
        var known: Set<String> = []
        for name in settings.include.map({ shown($0.value) }) + names where known.insert(name).inserted {
            all.append(name)
        }
        // What is in a folder that is named needs no name of its own.
        let folders = known.filter { $0.hasSuffix("/") }
        all = all.filter { name in
            !name.indices.contains { name[$0] == "/" && name[$0...].count > 1 && folders.contains(String(name[...$0])) }
        }
        return "images: {include: [\(all.joined(separator: ", "))]}"
    }

    // MARK: What is in the context

    private func checkIgnored(_ source: Dockerfile.Source, isMount: Bool, _ diagnostics: inout Diagnostics) {
        guard let file = images.ignoreFile else { return }
        for function in examples(for: source) {
            guard let path = source.path(codePath: function.folder), !path.isEmpty,
                !Self.contains(function.folder, path)
            else { continue }
            let found = context.resolved(path).filter(context.exists)
            guard let first = found.first, !found.contains(where: { context.sends($0) }),
                let line = context.line(excluding: first)
            else { continue }
            // A pattern that matches nothing, and a folder without files, are no mistake to Docker.
            let mayBeAbsent =
                source.text?.contains { "*?[".contains($0) } == true
                || context.isFolder(first) && context.ignore.line(excluding: first) == nil
            diagnostics.report(
                .ignoredCopy(shown(first), mayBeAbsent: mayBeAbsent, isMount: isMount, line, of: file, at: source.range)
            )
            return
        }
    }

    private func checkIncluded(_ dockerfile: Dockerfile, _ diagnostics: inout Diagnostics) {
        let sources = dockerfile.copies.flatMap(\.sources)
        guard !images.included.isEmpty, dockerfile.undeclaredCodePath == nil, sources.allSatisfy({ $0.text != nil })
        else { return }
        let copied = sources.flatMap { source in
            examples(for: source).flatMap { function in
                source.path(codePath: function.folder).map(context.resolved) ?? []
            }
        }
        for path in images.included
        where !copied.contains(where: { Self.contains($0, path.value) || Self.contains(path.value, $0) }) {
            diagnostics.report(.notCopied(shown(path.value), dockerfile: settings.dockerfile, at: path.range))
        }
    }
}

extension Diagnostic {
    fileprivate static func wholeContext(_ names: String, isOne: Bool, isMount: Bool, at range: SourceRange)
        -> Diagnostic
    {
        Diagnostic(
            .notHashed, at: range,
            "the whole repository \(isMount ? "is mounted" : "goes into the images"), and \(names) in it \(isOne ? "is" : "are") not part of their content hash: a change there is not deployed",
            help: isMount
                ? "mount what is needed with `source=`, and name it in `images.include`"
                : "write `COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/`, and copy shared code by name, with the name in `images.include`; or exclude the rest in `.dockerignore`"
        )
    }

    fileprivate static func notHashed(
        _ names: String, isOne: Bool, isMount: Bool, include: String, at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .notHashed, at: range,
            "\(names) \(isOne ? "is" : "are") \(isMount ? "mounted" : "copied"), but not part of the images' content hash: a change to it is not deployed",
            help: include.utf8.count > 300
                ? "name the folders in `images.include` of dorc.yaml" : "write `\(include)` in dorc.yaml")
    }

    fileprivate static func ignoredCopy(
        _ path: String, mayBeAbsent: Bool, isMount: Bool, _ line: Int, of file: SourceFile, at range: SourceRange
    ) -> Diagnostic {
        var lines = SourceLines()
        let scalars = lines.scalars(line, of: file) ?? []
        let place = SourceRange(
            file: file, start: SourcePosition(line: line, column: 1),
            end: SourcePosition(line: line, column: scalars.count + 1))
        return Diagnostic(
            .ignoredCopy, at: range,
            "`\(path)` is \(isMount ? "mounted" : "copied"), but `\(file.path)` keeps it out of the build: "
                + (mayBeAbsent ? "the images are built without it" : "the build fails"),
            help: "change line \(line) of `\(file.path)`, or remove `\(path)` here",
            notes: [Note(place, "this line excludes it")])
    }

    fileprivate static func notCopied(_ path: String, dockerfile: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .notCopied, at: range, "nothing in `\(dockerfile)` copies `\(path)` into the images",
            help: "add `COPY --chmod=755 \(path) ${LAMBDA_TASK_ROOT}/\(path)` to `\(dockerfile)`, or remove it here")
    }
}
