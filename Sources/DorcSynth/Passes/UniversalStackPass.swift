internal import DorcModel

/// The functions' images -> the universal stacks with a repository each.
struct UniversalStackPass {
    let project: Project
    let plan: StackPlan

    static func logicalID(_ pipeline: PipelineID, _ function: String) -> LogicalID {
        LogicalID(pipeline, function: function, prefix: "Repository")
    }

    func stacks(into diagnostics: inout Diagnostics) -> [Stack] {
        let tags = OwnTags.added(to: project.tags, project: project)
        var stacks = plan.universal.numbers.map { number in
            Stack(
                name: RepositoryPartition.stackName(project.name, number: number), kind: .universal, environment: nil,
                pipeline: nil, destinations: destinations,
                templatePath: number == 0 ? "universal" : "universal-\(number)",
                description: "Image repositories of \(project.name)", tags: tags, origin: project.file.wholeFile)
        }
        for pipeline in project.pipelines {
            for image in pipeline.images {
                let name = Naming.repository(project: project.name, pipeline.id, image.function)
                // ECR: at most 256 characters.
                if name.utf8.count > 256 {
                    diagnostics.report(
                        Diagnostic(
                            "name-too-long", at: image.range,
                            "the repository `\(name)` would have \(name.utf8.count) characters; at most 256 are possible",
                            help: "shorten the names of the folders"))
                }
                let tags = OwnTags.added(to: project.tags, project: project, pipeline: pipeline.id)
                let repository = Repository(
                    name: name, untaggedExpiryDays: project.images.untaggedExpiryDays,
                    policy: policy(pipeline.id, image.function), tags: tags)
                stacks[plan.universal.stack(of: name).value].add(
                    Self.logicalID(pipeline.id, image.function), .repository(repository), origin: image.range,
                    &diagnostics)
            }
        }
        return stacks
    }

    /// Images are pulled in the function's own region: every region that is used, in the registry's account or in each
    /// environment's own.
    private var destinations: [Stack.Destination] {
        var destinations: [Stack.Destination] = []
        for environment in project.environments {
            let destination = Stack.Destination(
                account: project.registryAccount ?? environment.account, region: environment.region)
            if !destinations.contains(destination) { destinations.append(destination) }
        }
        return destinations
    }

    /// Where images live in one account for all: who pulls, and for which function (Lambda guide, "Cross-account
    /// permissions").
    private func policy(_ pipeline: PipelineID, _ function: String) -> PolicyDocument? {
        guard let registry = project.registryAccount,
            project.environments.contains(where: { $0.account != registry })
        else { return nil }
        let pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        let functions = project.environments.map { environment in
            let naming = Naming(project: project.name, environment: environment.name)
            let account = environment.account.map(ARN.Account.id) ?? .own
            return Expression.arn(
                ARN("lambda", account: account, "function:\(naming.function(pipeline, function))"))
        }
        var others: [String] = []
        for account in project.environments.compactMap(\.account) where account != registry && !others.contains(account)
        {
            others.append(account)
        }
        let roots = others.sorted().map { ARN("iam", hasRegion: false, account: .id($0), "root") }
        return PolicyDocument([
            PolicyStatement(
                "LambdaPullsImage", principal: .service(.literal("lambda.amazonaws.com")), pull,
                where: [.init("ArnLike", "aws:SourceArn", functions)]),
            PolicyStatement("OtherAccountsUseImage", principal: .accounts(roots), pull),
        ])
    }
}
