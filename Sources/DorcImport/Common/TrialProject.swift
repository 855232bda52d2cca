package import DorcConfig
internal import DorcModel
internal import DorcText
internal import DorcYAML

/// What `check` would say of parts of a project before they are written: it is asked about a project of just these parts.
package enum TrialProject {
    /// The first mistake of a trigger, in a project with these environments and their variables.
    package static func problem(
        of trigger: PipelineFile.TriggerSection, environments: [(String, ProjectFile.EnvironmentSection)]
    ) -> String? {
        var step = PipelineFile.StepSection()
        step.function = Located(made: "step")
        var pipeline = PipelineFile()
        pipeline.steps = Located(made: [Located(made: step)])
        pipeline.triggers = Located(made: [Located(made: trigger)])
        return problem(of: ProjectFile(), environments: environments, pipeline)
    }

    /// The same of a dorc.yaml; what it has no project, region and environments for is added.
    package static func problem(
        of project: ProjectFile, environments: [(String, ProjectFile.EnvironmentSection)],
        _ pipeline: PipelineFile? = nil
    ) -> String? {
        var project = project
        if project.project == nil { project.project = Located(made: "trial") }
        if project.region == nil { project.region = Located(made: "eu-west-2") }
        let sections = environments.isEmpty ? [("dev", ProjectFile.EnvironmentSection())] : environments
        project.environments = Located(made: LocatedMap(made: sections))
        var file = PipelineFile()
        if let pipeline {
            file = pipeline
        } else {
            var step = PipelineFile.StepSection()
            step.function = Located(made: "step")
            file.steps = Located(made: [Located(made: step)])
        }
        let tree = MemoryTree([
            ConfigRepository.fileName: YAMLText.file(ProjectFile.type.encode(project)),
            Defaults.dockerfile: "FROM public.ecr.aws/lambda/python:3.12\n",
            "\(Defaults.source)/layer/pipeline/pipeline.yaml": YAMLText.file(PipelineFile.type.encode(file)),
            "\(Defaults.source)/layer/pipeline/step/lambda.py": "def handler(event, context):\n    return event\n",
        ])
        var diagnostics = Diagnostics()
        let repository = ConfigRepository.read(tree, into: &diagnostics)
        _ = repository?.resolve(into: &diagnostics)
        let error = diagnostics.sorted.first { $0.severity == .error && $0.range.path.hasSuffix(".yaml") }
        return error?.summary ?? (repository == nil ? "the file cannot be read again" : nil)
    }
}
