package import DorcModel
package import DorcText

/// Project -> ResourceGraph.
///
///     Project -> StackLayout               which stacks there are, and where each is found      (StackLayout)
///             -> core stacks               one pipeline in one environment each, independently  (CoreStackPass)
///             -> universal stacks          repositories of the images                           (UniversalStackPass)
///             -> infra stacks              what the pipelines of an environment share           (InfraStackPass)
///             -> checked                   names, counts                        (NameCheck, ResourceCountCheck, AccountQuotaCheck)
///             -> ordered                   dependencies and order from the edges                (StackOrder)
package struct GraphBuilder {
    private let project: Project
    private let universalStacks: [String: String]

    /// `universalStacks` are those of the run before, by the names of their repositories: none moves to another.
    package init(_ project: Project, universalStacks: [String: String] = [:]) {
        self.project = project
        self.universalStacks = universalStacks
    }

    package func graph(into diagnostics: inout Diagnostics) -> ResourceGraph {
        let layout = StackLayout(project, universalStacks: universalStacks)
        NameCheck(project: project).run(into: &diagnostics)

        let environments = project.environments.enumerated().map { EnvironmentContext(project, layout, $0, $1) }
        let pipelines = Parallel.map(Array(project.pipelines.indices)) { pipeline -> [CoreStackPass.Result] in
            var shape: WorkflowShape?
            let ids = FunctionIDs(project.pipelines[pipeline])
            return environments.map { shared in
                CoreStackPass(pipeline: PipelineContext(shared, pipeline, ids)).run(&shape)
            }
        }
        var stacks = UniversalStackPass(project: project, layout: layout).stacks(into: &diagnostics)
        for shared in environments {
            stacks.append(InfraStackPass(shared: shared).stack(into: &diagnostics))
        }
        for shared in environments {
            for core in pipelines {
                stacks.append(core[shared.index].stack)
                diagnostics.report(contentsOf: core[shared.index].findings)
            }
        }
        var graph = ResourceGraph(
            project: project.name, repository: project.repository, registryAccount: project.registryAccount,
            stacks: stacks, images: ImageTargets.of(project, layout))
        ResourceCountCheck.run(graph, into: &diagnostics)
        AccountQuotaCheck(project: project, graph: graph).run(into: &diagnostics)
        StackOrder.run(&graph)
        return graph
    }
}
