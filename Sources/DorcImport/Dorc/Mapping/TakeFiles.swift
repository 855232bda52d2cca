import DorcConfig
import DorcText
import DorcYAML

/// What is copied: functions, requirements, the Dockerfile, and the shared code that it copies.
extension DorcMapping {
    mutating func takeFiles() {
        for index in pipelines.indices {
            var draft = pipelines[index]
            for (original, name) in draft.functionNames.sorted(by: { $0.key < $1.key }) {
                let folder = draft.codeFolder.isEmpty ? original : "\(draft.codeFolder)/\(original)"
                for path in repository.files(in: folder) {
                    copy(
                        path, to: "\(draft.target(in: source))/\(name)/\(OriginalRepository.path(path, below: folder))")
                }
                for broken in repository.broken where broken.path.hasPrefix(folder + "/") {
                    tell(broken, of: name, &draft)
                }
            }
            pipelines[index] = draft
            // Beside the functions' folders: the Dockerfile takes it from `${CODE_PATH}/..`.
            let places = [draft.codeFolder, draft.folder].map {
                $0.isEmpty ? "requirements.txt" : "\($0)/requirements.txt"
            }
            if let path = places.first(where: { repository.has($0) && $0 != "requirements.txt" }) {
                copy(path, to: "\(draft.target(in: source))/requirements.txt")
            }
        }
        for path in ["requirements.txt", ".dockerignore"] where repository.has(path) { copy(path, to: path) }
        takeDockerfile()
        writeProject()
        writePipelines()
        tellRest()
    }

    /// A file of a function that cannot be copied is missing in its image.
    private mutating func tell(
        _ broken: OriginalRepository.Broken, of function: String, _ draft: inout OriginalPipeline
    ) {
        let range = SourceRange.whole(broken.path)
        draft.comments.todo(function, "\(broken.words): it is not copied", from: range, at: ["steps"])
        ledger.remark(
            .differs, "(the file)", at: range, to: target(draft), "\(broken.words): it is not copied",
            isDecision: true)
    }

    /// Nothing is written twice: of two files for one place the first counts.
    mutating func copy(_ path: String, to target: String) {
        if let other = copied[target] {
            if other != path {
                ledger.remark(
                    .noEquivalent, "(the file)", at: .whole(path), "`\(other)` is copied to \(target) in its place")
            }
            return
        }
        copied[target] = path
        files.append(ImportedFile(path: target, .copy(of: path)))
    }

    /// The original reads `<source>/Dockerfile`; its documentation has it beside. In both the context is the repository.
    private mutating func takeDockerfile() {
        let places = ["\(source)/Dockerfile", "Dockerfile"]
        guard let path = places.first(where: repository.has),
            let bytes = try? repository.tree.read(path, limit: 1 << 20)
        else {
            files.append(ImportedFile(path: "Dockerfile", .text(Self.dockerfile)))
            return ledger.remark(
                .differs, "Dockerfile", at: .whole("Dockerfile"), to: "Dockerfile",
                "there is none: a usual one is written"
            )
        }
        let file = SourceFile(path: path, bytes: bytes)
        // Another one is in its place, which stays there where the folder itself is imported into.
        let target = path != "Dockerfile" && repository.has("Dockerfile") ? path : "Dockerfile"
        copy(path, to: target)
        if target == path, path != "Dockerfile" {
            var images = ProjectFile.ImagesSection()
            images.dockerfile = Located(made: path)
            project.images = Located(made: images)
        }
        ledger.remark(.takenOver, "Dockerfile", at: file.wholeFile, to: target)
        let text = String(decoding: bytes, as: UTF8.self)
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let start = SourcePosition(line: number + 1, column: 1)
            let range = SourceRange(file: file, start: start, end: start)
            if line.contains("pip install"), line.contains("||") {
                ledger.remark(
                    .differs, "RUN", at: range, to: target,
                    "`||` hides a failed `pip install`: such an image is built all the same")
            }
        }
        var included: [(source: String, range: SourceRange)] = []
        for source in DockerfileSources(text).sources {
            let start = SourcePosition(line: source.line, column: 1)
            let range = SourceRange(file: file, start: start, end: start)
            for path in found(source.path) where !included.contains(where: { $0.source == path }) {
                included.append((path, range))
            }
        }
        include(included)
    }

    /// What of the repository a source is: a pattern is the folder that it is in. None for the function itself, and for what is in
    /// every build.
    private func found(_ source: String) -> [String] {
        guard !source.contains("$") else { return [] }
        let parts = source.split(separator: "/").filter { $0 != "." }
        guard !parts.contains("..") else { return [] }
        if parts.isEmpty { return ["."] }
        let fixed = parts.prefix { !DockerPattern.isPattern($0) }.joined(separator: "/")
        var paths = [fixed]
        if fixed.isEmpty, let pattern = parts.first {
            let names = Set(repository.paths.compactMap { $0.split(separator: "/").first })
            paths = names.filter { DockerPattern.matches(pattern, $0) }.map(String.init).sorted()
        }
        return paths.filter { path in
            path != "requirements.txt" && (repository.has(path) || !repository.files(in: path).isEmpty)
        }
    }

    /// Shared code that the Dockerfile copies. What dorc does not take is a TODO.
    private mutating func include(_ included: [(source: String, range: SourceRange)]) {
        var images = project.images?.value ?? ProjectFile.ImagesSection()
        var taken: [String] = []
        var open: [(source: String, range: SourceRange, problem: String)] = []
        for (source, range) in included {
            var trial = images
            trial.include = Located(made: (taken + [source]).map { Located(made: $0) })
            let problem =
                source == "."
                ? "it is all of the repository: name what the images need" : AcceptedValue.problem(in: trial)
            if let problem {
                open.append((source, range, problem))
                continue
            }
            taken.append(source)
            for path in repository.has(source) ? [source] : repository.files(in: source) { copy(path, to: path) }
            ledger.remark(
                .takenOver, "COPY \(source)", at: range, to: "dorc.yaml: images.include",
                "a change of it now changes the images, which it did not in the original")
        }
        if !taken.isEmpty {
            images.include = Located(made: taken.map { Located(made: $0) })
            project.images = Located(made: images)
        }
        for (source, range, problem) in open {
            comments.todo("include", "COPY \(source) (\(problem))", from: range, at: ["images"])
            ledger.remark(
                .differs, "COPY \(source)", at: range, to: "dorc.yaml",
                "dorc does not take it under `images.include`: \(problem)", isDecision: true)
        }
    }

    /// The original's code is not taken along: what it says is in the files that are written.
    private mutating func tellRest() {
        var taken: Set<String> = []
        for file in files {
            if case .copy(let path) = file.content { taken.insert(path) }
        }
        let read = Set(
            facts.objects.map(\.range.path) + facts.statements.map(\.range.path) + facts.others.map(\.range.path))
        // Other folders at the top are told as a whole.
        let layers = source.split(separator: "/").first
        var folders: [String: Int] = [:]
        for path in repository.paths where !taken.contains(path) && !read.contains(path) {
            let name = OriginalRepository.name(path)
            if name.hasPrefix("Pulumi.") || name == "__init__.py" { continue }
            if let top = path.split(separator: "/").first, top.utf8.count < path.utf8.count, top != layers {
                folders[String(top), default: 0] += 1
            } else {
                ledger.remark(.noEquivalent, "(the file)", at: .whole(path), "it is not taken along")
            }
        }
        // Those of functions are TODOs.
        for broken in repository.broken where ledger.key("(the file)", in: broken.path) == nil {
            ledger.remark(.noEquivalent, "(the file)", at: .whole(broken.path), "\(broken.words): it is not copied")
        }
        tellSkipped()
        for (folder, count) in folders.sorted(by: { $0.key < $1.key }) {
            let files = count == 1 ? "a file of it is" : "\(count) files of it are"
            ledger.remark(.noEquivalent, "(the folder)", at: .whole(folder), "\(files) not taken along")
        }
    }

    /// Those of tools by their names, each name once.
    private mutating func tellSkipped() {
        var tools: [String: [String]] = [:]
        for folder in repository.skipped { tools[OriginalRepository.name(folder), default: []].append(folder) }
        for (_, folders) in tools.sorted(by: { $0.key < $1.key }) {
            guard let first = folders.first else { continue }
            let others = folders.count == 1 ? "" : ", and neither are \(folders.count - 1) others of its name"
            ledger.remark(
                .noEquivalent, "(the folder)", at: .whole(first), "it is of a tool, and is not read\(others)")
        }
    }

    private static let dockerfile = """
        FROM public.ecr.aws/lambda/python:3.12

        COPY requirements.tx[t] /tmp/repository/
        RUN if [ -f /tmp/repository/requirements.txt ]; then pip install --requirement /tmp/repository/requirements.txt; fi

        ARG CODE_PATH

        COPY ${CODE_PATH}/../requirements.tx[t] /tmp/pipeline/
        RUN if [ -f /tmp/pipeline/requirements.txt ]; then pip install --requirement /tmp/pipeline/requirements.txt; fi

        COPY --chmod=755 ${CODE_PATH}/ ${LAMBDA_TASK_ROOT}/

        CMD ["lambda.handler"]

        """
}
