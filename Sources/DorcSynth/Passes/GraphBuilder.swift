package import DorcModel
package import DorcText

/// Project -> ResourceGraph.
///
///     Project -> StackPlan                 which stacks there are, and where each is found      (StackPlan)
///             -> core stacks               one pipeline in one environment each, independently  (CoreStackPass)
///             -> universal stacks          repositories of the images                           (UniversalStackPass)
///             -> infra stacks              roles, which read what the core stacks refer to      (InfraStackPass)
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
        let plan = StackPlan(project, universalStacks: universalStacks)
        NameCheck(project: project).run(into: &diagnostics)

        let project = project
        let cores = Parallel.map(plan.cores) { core in
            var findings = Diagnostics()
            let stack = CoreStackPass(project: project, plan: plan, core: core).stack(into: &findings)
            return (stack, findings)
        }
        var stacks = UniversalStackPass(project: project, plan: plan).stacks(into: &diagnostics)
        let byEnvironment = Dictionary(grouping: plan.cores.indices) { plan.cores[$0].environment }
        for index in project.environments.indices {
            let own = (byEnvironment[index] ?? []).map { cores[$0].0 }
            stacks.append(InfraStackPass(project: project, plan: plan, environment: index, cores: own).stack())
        }
        for (stack, findings) in cores {
            stacks.append(stack)
            diagnostics.report(contentsOf: findings)
        }
        var graph = ResourceGraph(
            project: project.name, repository: project.repository, registryAccount: project.registryAccount,
            stacks: stacks,
            images: ImageTargets.of(project, plan))
        ResourceCountCheck.run(graph, into: &diagnostics)
        AccountQuotaCheck(project: project, graph: graph).run(into: &diagnostics)
        StackOrder.run(&graph)
        return graph
    }
}
