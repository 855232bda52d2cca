internal import DorcModel
internal import DorcText
internal import DorcYAML

/// SourceTree -> ConfigRepository.
struct ConfigReader {
    let tree: any SourceTree
    /// Where the templates are written, relative to the repository's root; nil for a folder outside.
    let output: String?

    /// What others call a dorc.yaml.
    private static let otherName = "dorc.yml"

    /// Nil only where there is no readable dorc.yaml.
    func repository(into diagnostics: inout Diagnostics) -> ConfigRepository? {
        let fileName = ConfigRepository.fileName
        if (try? tree.kind(of: fileName)) == nil, (try? tree.kind(of: Self.otherName)) == .file {
            diagnostics.report(.misnamedProject(Self.otherName))
            return nil
        }
        guard let (_, root) = YAMLReader.read(fileName, in: tree, into: &diagnostics),
            let projectFile = ProjectFile.type.decode(root, &diagnostics)
        else { return nil }
        var repository = ConfigRepository(
            projectFile: projectFile, hasSoundProjectFile: !diagnostics.hasErrors, pipelines: [])

        let place = projectFile.source?.range ?? projectFile.range.firstLine
        let source = projectFile.source?.value ?? Defaults.source
        let settings = ImageSettings(projectFile.images?.value)
        let folders = Discovery(tree: tree, source: source).pipelines(named: place, into: &diagnostics)
        let images = ImageContext(
            tree: tree, settings: settings, dockerfile: projectFile.images?.value.dockerfile?.range ?? place,
            output: output, into: &diagnostics)
        if let output, let holder = Self.holder(of: output, folders, source: tree.realPath(of: source) ?? source) {
            diagnostics.report(.outputInSource(output, holder: holder, at: place))
        }
        let reader = PipelineReader(
            tree: tree, images: images, include: settings.include,
            handler: HandlerChoice.name(images, folders, in: tree, into: &diagnostics), known: Set(folders.map(\.id)))
        let results = Parallel.map(folders) { folder in
            var findings = Diagnostics()
            let pipeline = reader.pipeline(folder, into: &findings)
            return (pipeline, findings)
        }
        repository.pipelines = results.compactMap(\.0)
        repository.unreadable = Set(zip(folders, results).filter { $1.0 == nil }.map(\.0.id))
        let built = repository.pipelines.flatMap(\.images)
        if !built.isEmpty {
            if let finding = images.missingDockerfile { diagnostics.report(finding) }
            DockerfileCheck(tree: tree, images: images, settings: settings, functions: built).run(into: &diagnostics)
        }
        for (_, findings) in results { diagnostics.report(contentsOf: findings) }
        return repository
    }

    /// The smallest part of the repository that a folder must not be in, in the words of a message; nil where it may be there.
    private static func holder(of output: String, _ pipelines: [PipelineFolder], source: String) -> String? {
        func isIn(_ folder: String) -> Bool { output == folder || output.hasPrefix(folder + "/") }
        if output.isEmpty { return "the root of the config repository" }
        for pipeline in pipelines {
            if let function = pipeline.functions.first(where: { isIn($0.realPath) || isIn($0.path) }) {
                return "the function's folder `\(function.path)`"
            }
            if isIn(pipeline.realPath) || isIn(pipeline.path) { return "the pipeline's folder `\(pipeline.path)`" }
        }
        return isIn(source) ? "the source folder `\(source)`" : nil
    }
}

extension ImageSettings {
    /// With the defaults of what is not written.
    init(_ section: ProjectFile.ImagesSection?) {
        self.init()
        guard let section else { return }
        dockerfile = section.dockerfile?.value ?? dockerfile
        architecture = section.architecture?.value ?? architecture
        include = section.include?.value ?? []
        untaggedExpiryDays = section.untaggedExpiry.map { $0.value.seconds / 86400 } ?? untaggedExpiryDays
        keep = section.keep?.value ?? keep
        buildArguments = (section.buildArguments?.value.entries ?? [])
            .map { (name: $0.key.value, value: $0.value) }
            .sorted { $0.name < $1.name }
    }
}

extension Diagnostic {
    fileprivate static func misnamedProject(_ path: String) -> Diagnostic {
        Diagnostic(
            .misnamedDefinition, at: .whole(path), "the project's file is named `dorc.yaml`", help: "rename the file",
            replacement: "dorc.yaml")
    }

    fileprivate static func outputInSource(_ output: String, holder: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .outputInSource, at: range,
            output.isEmpty
                ? "the output folder `.` is \(holder)" : "the output folder `\(output)` is, or is inside, \(holder)",
            help: "write the templates to a folder of their own, such as `out/` next to dorc.yaml")
    }
}
