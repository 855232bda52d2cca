import ArgumentParser
import DorcConfig
import DorcModel
import DorcText

/// What a command that only looks at the project works on: its environments and pipelines, as far as they are asked for.
struct ProjectReading {
    let repository: ConfigRepository
    let tree: DiskTree
    let project: Project
    /// In the order of dorc.yaml.
    let environments: [Environment]
    let pipelines: [Pipeline]
    /// Of a project without mistakes: warnings and notes.
    let findings: Diagnostics

    /// Nil where the project has mistakes, which are then told. Warnings are `check`'s business: only a document for programs has them.
    init?(
        _ options: ReadingOptions.Values, environments names: [String], pipelines wanted: [String], console: Console
    ) throws {
        var diagnostics = Diagnostics()
        let folder = try ConfigLocation.resolve(options.config)
        let tree = try DiskTree(root: folder)
        let repository = ConfigRepository.read(tree, output: nil, into: &diagnostics)
        let project = repository?.resolve(into: &diagnostics)
        let isSound = project != nil && !diagnostics.hasErrors
        if !isSound || options.diagnosticsFormat != .text {
            console.report(diagnostics, as: options.diagnosticsFormat, of: folder)
        }
        guard let repository, let project, isSound else { return nil }
        try NameChoice.check(names, among: project.environments.map(\.name), "environment")
        try NameChoice.check(wanted, among: project.pipelines.map(\.id.description), "pipeline")
        self.repository = repository
        self.tree = tree
        self.project = project
        findings = diagnostics
        environments = project.environments.filter { names.isEmpty || names.contains($0.name) }
        pipelines = project.pipelines.filter { wanted.isEmpty || wanted.contains($0.id.description) }
    }

    /// The pipeline in each of the environments that are asked for.
    func definitions(of pipeline: Pipeline) -> [(environment: Environment, definition: PipelineInEnvironment)] {
        zip(project.environments, pipeline.environments).filter { pair in
            environments.contains { $0.name == pair.0.name }
        }.map { (environment: $0.0, definition: $0.1) }
    }
}
