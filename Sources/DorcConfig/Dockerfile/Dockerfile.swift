internal import DorcText

/// What a Dockerfile takes from the build context, and what its image runs.
///
///     bytes -> instructions (DockerfileReader) -> stages with their variables (DockerfileVariables) -> this
struct Dockerfile: Sendable {
    /// `COPY`, `ADD`, or a bind mount of `RUN`, of files that are not from another stage or image.
    struct Copy: Sendable {
        var sources: [Source]
        var isMount = false
        /// Where it is copied to, as written but with its variables replaced; nil where one is not known.
        var destination: String?
        /// `--chmod`, as written.
        var mode: String?
        var range: SourceRange

        /// What else than requirements it copies; nothing of a mount stays in the image.
        var copiesCode: Bool { !isMount && sources.contains { $0.text?.contains("requirements") != true } }
    }

    struct Source: Sendable {
        /// `DockerfileVariables.codePath` stands for the function's folder; nil where a variable is not known.
        var text: String?
        var range: SourceRange

        /// Whether it is the function's folder as a whole, which it mostly is.
        var isFolderOfFunction: Bool {
            guard let scalars = text?.unicodeScalars, scalars.first == DockerfileVariables.codePath else {
                return false
            }
            return scalars.dropFirst().allSatisfy { $0 == "/" }
        }

        var dependsOnFunction: Bool { text?.unicodeScalars.contains(DockerfileVariables.codePath) == true }

        /// The path or pattern, relative to the context's root, for the function in a folder; empty for the root.
        func path(codePath: String) -> String? {
            guard let text else { return nil }
            if isFolderOfFunction { return codePath }
            var parts: [Substring] = []
            let whole = text.unicodeScalars
                .split(separator: DockerfileVariables.codePath, omittingEmptySubsequences: false)
                .map(String.init).joined(separator: codePath)
            for part in BuildContext.parts(of: whole) where part != "." {
                if part == ".." { _ = parts.popLast() } else { parts.append(part) }
            }
            return parts.joined(separator: "/")
        }
    }

    /// What becomes of the modes of copied code.
    enum Modes {
        /// They are those of the files.
        case kept
        /// A `RUN` changes them, or a symbolic `--chmod`.
        case changed
        /// Each `COPY` of code sets them as a number: the files' own do not reach the image.
        case fixed
    }

    let file: SourceFile
    /// Of the stages that the image is built from.
    let copies: [Copy]
    let modes: Modes
    /// Whether a `RUN` changes modes.
    let changesModes: Bool
    /// What the image runs.
    let run: ImageCommand
    /// Whether `CODE_PATH` is used where no `ARG` declares it, at this place: it is empty there.
    let undeclaredCodePath: SourceRange?
    /// What `RUN` runs, as one text.
    let runs: String

    /// A larger file is left alone: it is not written by hand.
    private static let sizeLimit = 1 << 20

    /// Nil where another frontend than Docker's reads it.
    init?(_ file: SourceFile, arguments: [(name: String, value: String)]) {
        guard file.bytes.count <= Self.sizeLimit else { return nil }
        let reader = DockerfileReader(file)
        if let syntax = reader.syntax, !syntax.hasPrefix("docker/dockerfile"), !syntax.hasPrefix("docker.io/docker/") {
            return nil
        }
        var stages = DockerfileStages(file: file, escape: reader.escape, arguments: arguments)
        for instruction in reader.instructions { stages.add(instruction) }
        let used = stages.used
        self.file = file
        copies = used.flatMap(\.copies)
        run = used.last?.run ?? ImageCommand()
        undeclaredCodePath = used.compactMap(\.undeclaredCodePath).first
        runs = used.map(\.runs).joined()
        changesModes = runs.contains("chmod") || runs.contains("install -")
        let code = copies.filter(\.copiesCode)
        if code.allSatisfy({ $0.mode.map { !$0.isEmpty && $0.allSatisfy { ("0"..."7").contains($0) } } == true }) {
            modes = code.isEmpty ? .changed : .fixed
        } else {
            modes = changesModes || code.allSatisfy { $0.mode != nil } ? .changed : .kept
        }
    }
}
