/// What every image of the repository shares: the recipe, the requirements, the included files and the exclusions.
/// It is read once; each function's image adds its own files to a copy of the hash.
struct ImageContext: Sendable {
    private let ignore: DockerIgnore
    private let shared: ImageHashState
    /// That there is no Dockerfile matters only where an image is built.
    let missingDockerfile: Diagnostic?

    /// A hash state that is copied, never changed in place, by several threads.
    private struct ImageHashState: @unchecked Sendable {
        var hash: ImageHash
    }

    /// One file may have at most this many bytes: a Lambda image has at most 10 GB in all.
    static let fileLimit = 512 << 20

    init(
        tree: any SourceTree, settings: ImageSettings, dockerfile place: SourceRange,
        into diagnostics: inout Diagnostics
    ) {
        var hash = ImageHash()
        hash.add(name: "platform", Array(settings.architecture.platform.utf8))
        for argument in settings.buildArguments {
            hash.add(name: "build argument \(argument.name)", Array(argument.value.utf8))
        }
        var missingDockerfile: Diagnostic?
        do {
            if case .badLink(let reason) = try tree.kind(of: settings.dockerfile) {
                diagnostics.report(.badLink(settings.dockerfile, reason: reason))
            } else {
                hash.add(name: "Dockerfile", try tree.read(settings.dockerfile, limit: Self.fileLimit))
            }
        } catch {
            missingDockerfile = .noDockerfile(settings.dockerfile, error, at: place)
        }
        self.missingDockerfile = missingDockerfile
        // BuildKit prefers the one that is named after the Dockerfile.
        let own = settings.dockerfile + ".dockerignore"
        let ownText = Self.optional(own, in: tree, &diagnostics)
        let ignoreText = ownText ?? Self.optional(".dockerignore", in: tree, &diagnostics)
        ignore = DockerIgnore(ignoreText.map { String(decoding: $0, as: UTF8.self) } ?? "")
        if let ignoreText {
            let file = SourceFile(path: ownText == nil ? ".dockerignore" : own, bytes: ignoreText)
            for problem in ignore.problems {
                let start = SourcePosition(line: problem.line, column: 1)
                let end = SourcePosition(line: problem.line, column: 1 + problem.text.unicodeScalars.count)
                diagnostics.report(
                    Diagnostic(
                        "dockerignore-pattern", at: SourceRange(file: file, start: start, end: end),
                        "`\(problem.text)` is not a pattern: \(problem.reason)"))
            }
        }
        if !ignore.excludes("requirements.txt"),
            let requirements = Self.optional("requirements.txt", in: tree, &diagnostics)
        {
            hash.add(name: "requirements.txt", requirements)
        }
        for path in settings.include {
            for file in Self.included(path, FileWalk(tree: tree, ignore: ignore), &diagnostics) {
                do {
                    hash.add(file: "include/\(file)", try tree.content(of: file, limit: Self.fileLimit))
                } catch {
                    diagnostics.report(.unreadable(error, at: path.range, asked: "images.include"))
                }
            }
        }
        shared = ImageHashState(hash: hash)
    }

    /// The tag of one function's image.
    func tag(
        _ folder: FunctionFolder, pipelineRequirements: [UInt8]?, tree: any SourceTree,
        into diagnostics: inout Diagnostics
    ) -> String {
        var hash = shared.hash
        if let pipelineRequirements { hash.add(name: "pipeline/requirements.txt", pipelineRequirements) }
        hash.add(name: "CODE_PATH", Array(folder.path.utf8))
        let walk = FileWalk(tree: tree, ignore: ignore, copiedFolder: folder.path)
        for path in walk.files(in: folder.path, folder.entries, &diagnostics) {
            do {
                let content = try tree.content(of: path, limit: Self.fileLimit)
                let name = String(path.utf8.dropFirst(folder.path.utf8.count + 1)) ?? path
                hash.add(file: name, content)
            } catch {
                diagnostics.report(.unreadable(error, at: .whole(path)))
            }
        }
        return hash.digest()
    }

    private static func included(
        _ path: Located<String>, _ walk: FileWalk, _ diagnostics: inout Diagnostics
    ) -> [String] {
        do {
            switch try walk.tree.kind(of: path.value) {
            case .folder: return walk.files(in: path.value, try walk.tree.entries(of: path.value), &diagnostics)
            case .badLink(let reason): diagnostics.report(.badLink(path.value, reason: reason))
            case .file, .other, nil: return walk.ignore.excludes(path.value) ? [] : [path.value]
            }
        } catch {
            diagnostics.report(.unreadable(error, at: path.range, asked: "images.include"))
        }
        return []
    }

    func excludes(_ path: String) -> Bool { ignore.excludes(path) }

    static func optional(_ path: String, in tree: any SourceTree, _ diagnostics: inout Diagnostics) -> [UInt8]? {
        do {
            return try tree.read(path, limit: fileLimit)
        } catch {
            if error.reason != .missing {
                diagnostics.report(.unreadable(error, at: .whole(path)))
            }
            return nil
        }
    }
}
