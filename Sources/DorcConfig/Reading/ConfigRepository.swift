package import DorcModel
package import DorcText
internal import DorcYAML

/// A config repository as it is written. Between its two stages lies all that dorc knows of the files: another front end, such
/// as an importer, makes the same value without them.
///
///     read:     SourceTree
///                 -> ProjectFile           dorc.yaml                                          (ConfigReader; Keys/, Sections/)
///                 -> [PipelineFolder]      what is in the source folder                   (Discovery)
///                 -> ImageContext          what the functions' images have in common          (Images/, Dockerfile/)
///                 -> [WrittenPipeline]     each pipeline.yaml                                 (PipelineReader)
///                                          the machine that it names                          (StateMachines/)
///                                          the functions that it uses: their code, and the
///                                          content hashes of their images                     (FunctionReader; FunctionCode/)
///               -> ConfigRepository
///
///     resolve:  ConfigRepository
///                 -> [Environment]         settings and environments, with the defaults       (EnvironmentResolver)
///                 -> [Pipeline]            each in every environment                          (PipelineResolver; Workflow/, Triggers/)
///                 -> checked               what only the pipelines together say               (ProjectResolver)
///               -> Project
///
/// Reading looks at the files, and checks what can be told from what is written. Resolving looks at no file: it applies defaults
/// and overrides, replaces variables, and checks the values that come out. Both report all that they find, and what comes out is
/// usable for further checks even where there are errors: pipelines with errors are left out of the project.
package struct ConfigRepository: Sendable {
    package static let fileName = "dorc.yaml"

    package var projectFile: ProjectFile
    /// Whether the project's file was read without errors. If not, variables may be among what could not be read.
    package var hasSoundProjectFile: Bool
    /// By layer, then by name.
    package var pipelines: [WrittenPipeline]
    /// Pipelines that exist and cannot be read: others may name them.
    package var unreadable: Set<PipelineID>

    package init(
        projectFile: ProjectFile, hasSoundProjectFile: Bool = true, pipelines: [WrittenPipeline],
        unreadable: Set<PipelineID> = []
    ) {
        self.projectFile = projectFile
        self.hasSoundProjectFile = hasSoundProjectFile
        self.pipelines = pipelines
        self.unreadable = unreadable
    }

    /// Nil only where there is no readable dorc.yaml.
    ///
    /// - Parameter output: Where the templates are written, relative to the repository's root; nil for a folder outside.
    package static func read(
        _ tree: any SourceTree, output: String? = nil, into diagnostics: inout Diagnostics
    ) -> ConfigRepository? {
        ConfigReader(tree: tree, output: output).repository(into: &diagnostics)
    }

    package func resolve(into diagnostics: inout Diagnostics) -> Project {
        ProjectResolver(repository: self).project(into: &diagnostics)
    }

    /// The folder with the layers, where dorc.yaml can be read and names one.
    package static func sourceFolder(in tree: any SourceTree) -> String? {
        var findings = Diagnostics()
        let root = YAMLReader.read(fileName, in: tree, into: &findings)?.root
        return root.flatMap { ProjectFile.type.decode($0, &findings) }?.source?.value
    }
}

/// A pipeline as it is written, with what was found in its folder.
package struct WrittenPipeline: Sendable {
    package var id: PipelineID
    /// What the pipeline.yaml says.
    package var file: PipelineFile
    /// The state machine that its `definition` names.
    package var machine: WrittenStateMachine?
    /// The functions that its steps or its machine use, each with the place of its first use.
    package var uses: [String: SourceRange]
    /// Of the functions in use that are built from a folder.
    package var images: [FunctionImage]
    /// What is to be said of functions and settings that nothing uses, if what uses them turns out to be sound.
    package var unusedFindings: [Diagnostic]
    /// Whether it was read without errors.
    package var isSound: Bool
    /// Of its folder `tests`; read by ``ConfigRepository/cases(of:in:into:)`` alone.
    package var caseFiles: [CaseFileEntry] = []

    package init(
        id: PipelineID, file: PipelineFile, machine: WrittenStateMachine? = nil, uses: [String: SourceRange],
        images: [FunctionImage], unusedFindings: [Diagnostic] = [], isSound: Bool = true
    ) {
        self.id = id
        self.file = file
        self.machine = machine
        self.uses = uses
        self.images = images
        self.unusedFindings = unusedFindings
        self.isSound = isSound
    }
}
