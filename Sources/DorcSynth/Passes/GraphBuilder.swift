package import DorcModel
package import DorcText

/// Project -> ResourceGraph.
///
///     Project -> StackLayout               which stacks there are, and where each is found      (StackLayout)
///             -> core stacks               one pipeline in one environment each, independently  (CoreStackPass)
///             -> universal stacks          repositories of the images                           (UniversalStackPass)
///             -> infra stacks              roles, which depend on what the state machines do    (InfraStackPass)
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
        let places = layout.cores
        let cores = Parallel.map(places) { place in
            var findings = Diagnostics()
            let pass = CoreStackPass(pipeline: PipelineContext(environments[place.environment], place))
            let (stack, uses) = pass.stack(into: &findings)
            return (stack, uses, findings)
        }
        var stacks = UniversalStackPass(project: project, layout: layout).stacks(into: &diagnostics)
        for shared in environments {
            let uses = zip(places, cores).compactMap { $0.environment == shared.index ? $1.1 : nil }
            stacks.append(InfraStackPass(shared: shared, uses: MachineUses(uses)).stack(into: &diagnostics))
        }
        for (stack, _, findings) in cores {
            stacks.append(stack)
            diagnostics.report(contentsOf: findings)
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
