package import DorcModel

/// Project -> ResourceGraph.
///
///     Project -> StackPlan                 which stacks there are, and where each is found      (StackPlan)
///             -> core stacks               one pipeline in one environment each, independently  (CoreStackPass)
///             -> universal stacks          repositories of the images                           (UniversalStackPass)
///             -> infra stacks              roles, which read what the core stacks refer to      (InfraStackPass)
///             -> checked                   names, counts                                        (NameCheck, ResourceCountCheck)
///             -> ordered                   dependencies and order from the edges                (StackOrder)
package struct GraphBuilder {
    private let project: Project

    package init(_ project: Project) {
        self.project = project
    }

    package func graph(into diagnostics: inout Diagnostics) -> ResourceGraph {
        let plan = StackPlan(project)
        NameCheck(project: project).run(into: &diagnostics)

        let project = project
        let cores = Parallel.map(plan.cores) { core in
            var findings = Diagnostics()
            let stack = CoreStackPass(project: project, plan: plan, core: core).stack(into: &findings)
            return (stack, findings)
        }
        var stacks = UniversalStackPass(project: project, plan: plan).stacks(into: &diagnostics)
        for index in project.environments.indices {
            let own = zip(plan.cores, cores).filter { $0.0.environment == index }.map(\.1.0)
            stacks.append(InfraStackPass(project: project, plan: plan, environment: index, cores: own).stack())
        }
        for (stack, findings) in cores {
            stacks.append(stack)
            diagnostics.report(contentsOf: findings)
        }
        var graph = ResourceGraph(project: project.name, stacks: stacks, images: ImageTargets.of(project))
        ResourceCountCheck.run(graph, into: &diagnostics)
        StackOrder.run(&graph)
        return graph
    }
}
