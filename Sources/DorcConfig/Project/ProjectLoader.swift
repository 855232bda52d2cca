package import DorcModel
package import DorcText
internal import DorcYAML

/// Reads a config repository.
///
///     SourceTree
///       -> ProjectFile              dorc.yaml as written                     (YAML/, Declarations/, Files/)
///       -> Project without pipelines  defaults and environments worked out   (EnvironmentResolver)
///       -> [PipelineFolder]         what stands in the source folder         (Discovery/)
///       -> PipelineFile             each pipeline.yaml as written
///       -> Pipeline                 worked out for each environment          (PipelineResolver, WorkflowResolver, ...)
///                                   with its images' content hashes          (Images/, Dockerfile/)
///                                   and its functions' code looked at        (FunctionCode/)
///       -> checked across pipelines (PipelineCycleCheck, NestedTimeoutCheck, SelfTriggerCheck)
///
/// Every stage reports all that it finds. What comes out is usable for further checks even where there are errors:
/// pipelines with errors are left out of it.
package struct ProjectLoader {
    private let tree: any SourceTree
    private let output: String?

    package static let fileName = "dorc.yaml"
    /// What others call such files.
    private static let otherName = "dorc.yml"

    /// - Parameter output: Where the templates are written, relative to the repository's root; nil for a folder outside.
    package init(_ tree: any SourceTree, output: String? = nil) {
        self.tree = tree
        self.output = output
    }

    /// Nil only where there is no readable dorc.yaml.
    package func load(into diagnostics: inout Diagnostics) -> Project? {
        if (try? tree.kind(of: Self.fileName)) == nil, (try? tree.kind(of: Self.otherName)) == .file {
            diagnostics.report(.misnamedProject(Self.otherName))
            return nil
        }
        guard let (_, root) = YAMLReader.read(Self.fileName, in: tree, into: &diagnostics) else { return nil }
        guard let projectFile = ProjectFile.type.decode(root, &diagnostics) else { return nil }
        var project = EnvironmentResolver(file: projectFile).project(into: &diagnostics)
        let projectIsSound = !diagnostics.hasErrors

        let place = projectFile.source?.range ?? projectFile.range.firstLine
        let source = projectFile.source?.value ?? Defaults.source
        let folders = Discovery(tree: tree, source: source).pipelines(named: place, into: &diagnostics)
        let images = ImageContext(
            tree: tree, settings: project.images, dockerfile: projectFile.images?.value.dockerfile?.range ?? place,
            output: output, into: &diagnostics)
        if let output, let holder = Self.holder(of: output, folders, source: tree.realPath(of: source) ?? source) {
            diagnostics.report(.outputInSource(output, holder: holder, at: place))
        }
        let handler = HandlerChoice.name(images, folders, in: tree, into: &diagnostics)
        let known = Set(folders.map(\.id))
        let settled = project
        let results = Parallel.map(folders) { folder in
            var findings = Diagnostics()
            let loader = PipelineLoader(
                tree: tree, project: settled, projectFile: projectFile, images: images, handler: handler, known: known,
                reportsVariables: projectIsSound)
            let pipeline = loader.load(folder, into: &findings)
            return (pipeline, findings)
        }
        let built = results.flatMap { $0.0?.images ?? [] }
        if !built.isEmpty {
            if let finding = images.missingDockerfile { diagnostics.report(finding) }
            DockerfileCheck(tree: tree, images: images, settings: settled.images, functions: built)
                .run(into: &diagnostics)
        }
        for (pipeline, findings) in results {
            if let pipeline, !findings.hasErrors, pipeline.hasAllImages { project.pipelines.append(pipeline) }
            diagnostics.report(contentsOf: findings)
        }
        PipelineCycleCheck.run(project, into: &diagnostics)
        NestedTimeoutCheck.run(project, into: &diagnostics)
        SelfTriggerCheck(project).run(into: &diagnostics)
        return project
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

    /// The folder with the layers, where dorc.yaml can be read and names one.
    package var sourceFolder: String? {
        var findings = Diagnostics()
        let root = YAMLReader.read(Self.fileName, in: tree, into: &findings)?.root
        return root.flatMap { ProjectFile.type.decode($0, &findings) }?.source?.value
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
            help: "write the templates to a folder of their own, such as `out/` beside dorc.yaml")
    }

    static func emptyFile(_ file: SourceFile) -> Diagnostic {
        let hasText = file.bytes[file.contentStart...].contains { $0 > 0x20 }
        return Diagnostic(
            .emptyFile, at: file.wholeFile, hasText ? "the file has nothing but comments" : "the file is empty",
            help: "`dorc-synth new` shows what it should hold")
    }
}
