internal import DorcModel
internal import DorcText

/// What every image of the repository shares: the recipe, the requirements, the included files and the exclusions.
/// It is read once; each function's image adds its own files to a copy of the hash.
struct ImageContext: Sendable {
    let ignore: DockerIgnore
    /// The file that it was read from; nil where there is none.
    let ignoreFile: SourceFile?
    /// Nil where there is none, or it cannot be read.
    let dockerfile: Dockerfile?
    /// That there is no Dockerfile matters only where an image is built.
    let missingDockerfile: Diagnostic?
    /// What of `images.include` could be read.
    let included: [Located<String>]
    /// Included files and folders that not every user may read.
    let closedFiles: [String]
    private let shared: ImageHashState

    /// A hash state that is copied, never changed in place, by several threads.
    private struct ImageHashState: @unchecked Sendable {
        var hash: ImageHash
    }

    /// One file may have at most this many bytes: a Lambda image has at most 10 GB in all.
    static let fileLimit = 512 << 20

    /// - Parameter output: Where the templates are written, relative to the repository's root; nil for a folder outside.
    init(
        tree: any SourceTree, settings: ImageSettings, dockerfile place: SourceRange, output: String?,
        into diagnostics: inout Diagnostics
    ) {
        var hash = ImageHash()
        hash.add(name: "platform", Array(settings.architecture.platform.utf8))
        for argument in settings.buildArguments {
            hash.add(name: "build argument \(argument.name)", Array(argument.value.utf8))
        }
        var missingDockerfile: Diagnostic?
        var dockerfile: Dockerfile?
        do {
            if case .badLink(let reason) = try tree.kind(of: settings.dockerfile) {
                diagnostics.report(.badLink(settings.dockerfile, reason: reason))
            } else {
                let bytes = try tree.read(settings.dockerfile, limit: Self.fileLimit)
                hash.add(name: "Dockerfile", bytes)
                let file = SourceFile(path: settings.dockerfile, bytes: bytes)
                if let mark = MergeMark.findSurely(in: file) {
                    diagnostics.report(.mergeMark(at: mark))
                } else {
                    dockerfile = Dockerfile(file, arguments: settings.buildArguments)
                }
            }
        } catch {
            missingDockerfile = .noDockerfile(settings.dockerfile, error, at: place)
        }
        let (ignore, ignoreFile) = Self.ignore(settings, tree, &diagnostics)
        if !ignore.excludes("requirements.txt"),
            let requirements = Self.optional("requirements.txt", in: tree, &diagnostics)
        {
            hash.add(name: "requirements.txt", requirements)
        }
        var files = ImageFiles(
            tree: tree, ignore: ignore, keepsModes: dockerfile?.modes != .fixed,
            looksAtModes: dockerfile?.modes == .kept)
        var included: [(path: Located<String>, root: String)] = []
        for path in settings.include {
            let root = tree.realPath(of: path.value) ?? path.value
            if files.include(path, at: root, into: &hash, &diagnostics) { included.append((path, root)) }
        }
        self.included = included.map(\.path)
        self.missingDockerfile = missingDockerfile
        self.dockerfile = dockerfile
        self.ignore = ignore
        self.ignoreFile = ignoreFile
        closedFiles = files.closed
        shared = ImageHashState(hash: hash)
        guard let output else { return }
        for (path, root) in included where takes(output, from: root) {
            diagnostics.report(.outputInImage(output, at: path.range))
        }
    }

    /// BuildKit prefers the one that is named after the Dockerfile, and reads the other in the context's root.
    private static func ignore(
        _ settings: ImageSettings, _ tree: any SourceTree, _ diagnostics: inout Diagnostics
    ) -> (DockerIgnore, SourceFile?) {
        let own = settings.dockerfile + ".dockerignore"
        let ownText = optional(own, in: tree, &diagnostics)
        guard let text = ownText ?? optional(".dockerignore", in: tree, &diagnostics) else {
            return (DockerIgnore(""), nil)
        }
        let ignore = DockerIgnore(String(decoding: text, as: UTF8.self))
        let file = SourceFile(path: ownText == nil ? ".dockerignore" : own, bytes: text)
        for problem in ignore.problems {
            let start = SourcePosition(line: problem.line, column: 1)
            let end = SourcePosition(line: problem.line, column: 1 + problem.text.unicodeScalars.count)
            diagnostics.report(
                Diagnostic(
                    .dockerignorePattern, at: SourceRange(file: file, start: start, end: end),
                    "`\(problem.text)` is not a pattern: \(problem.reason)"))
        }
        return (ignore, file)
    }

    /// What one function's image is made of.
    struct Contents {
        var tag: String
        /// The bytes of `lambda.py`; nil where it is excluded or cannot be read.
        var code: [UInt8]?
        /// Files and folders that not every user may read.
        var closedFiles: [String]
    }

    func contents(
        of folder: FunctionFolder, pipelineRequirements: [UInt8]?, tree: any SourceTree,
        into diagnostics: inout Diagnostics
    ) -> Contents {
        var hash = shared.hash
        if let pipelineRequirements { hash.add(name: "pipeline/requirements.txt", pipelineRequirements) }
        hash.add(name: "CODE_PATH", Array(folder.path.utf8))
        var files = ImageFiles(
            tree: tree, ignore: ignore, keepsModes: dockerfile?.modes != .fixed,
            looksAtModes: dockerfile?.modes == .kept)
        files.add(folder, into: &hash, &diagnostics)
        return Contents(tag: hash.digest(), code: files.code, closedFiles: files.closed)
    }

    /// Whether what is written into the output folder goes into images with an included folder.
    private func takes(_ output: String, from hashed: String) -> Bool {
        guard output == hashed || output.hasPrefix(hashed + "/") else { return false }
        return !ignore.excludes(output + "/manifest.json")
    }

    func excludes(_ path: @autoclosure () -> String) -> Bool { !ignore.isEmpty && ignore.excludes(path()) }

    /// What each `lambda.py` has to define; nil where the Dockerfile runs something else.
    var handlerName: String? {
        if let dockerfile { return dockerfile.run.handlerName }
        // One that is still to be written will run the usual one; what another frontend reads is not known.
        return missingDockerfile == nil ? nil : ImageCommand.usualHandler
    }

    /// `.dockerignore` or a `requirements.txt`; nil where there is none.
    static func optional(_ path: String, in tree: any SourceTree, _ diagnostics: inout Diagnostics) -> [UInt8]? {
        do {
            let bytes = try tree.read(path, limit: fileLimit)
            if let mark = MergeMark.findSurely(in: SourceFile(path: path, bytes: bytes)) {
                diagnostics.report(.mergeMark(at: mark))
            }
            return bytes
        } catch {
            if error.reason != .missing {
                diagnostics.report(.unreadable(error, at: .whole(path)))
            }
            return nil
        }
    }
}

extension Diagnostic {
    fileprivate static func outputInImage(_ output: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .outputInImage, at: range,
            "`images.include` contains the output folder `\(output)`: each run would change the images that it names",
            help: "write the templates to another folder, or name this one in `.dockerignore`")
    }
}
