internal import DorcModel
internal import DorcText

/// ConfigRepository -> Project.
struct ProjectResolver {
    let repository: ConfigRepository

    func project(into diagnostics: inout Diagnostics) -> Project {
        var findings = Diagnostics()
        var project = EnvironmentResolver(file: repository.projectFile).project(into: &findings)
        diagnostics.report(contentsOf: findings)
        let settings = ProjectSettings(
            project, repository, reportsVariables: repository.hasSoundProjectFile && !findings.hasErrors)
        let results = Parallel.map(repository.pipelines) { written in
            var findings = Diagnostics()
            let pipeline = PipelineResolver(written, in: settings).pipeline(into: &findings)
            return (pipeline, findings)
        }
        for (written, (pipeline, findings)) in zip(repository.pipelines, results) {
            if written.isSound, !findings.hasErrors, pipeline.hasAllImages { project.pipelines.append(pipeline) }
            diagnostics.report(contentsOf: findings)
        }
        PipelineCycleCheck.run(project, into: &diagnostics)
        NestedTimeoutCheck.run(project, into: &diagnostics)
        LeavingJobsCheck.run(project, into: &diagnostics)
        SelfTriggerCheck(project).run(into: &diagnostics)
        SlackCheck(project: project).run(into: &diagnostics)
        AlertCheck(project: project).run(into: &diagnostics)
        // With mistakes it is not known whom the pipelines tell.
        if !diagnostics.hasErrors { NobodyToldCheck.run(project, into: &diagnostics) }
        return project
    }
}
