internal import CloudFormation
internal import DorcModel
internal import DorcText

/// The functions' images -> the universal stacks with a repository each.
struct UniversalStackPass {
    let project: Project
    let layout: StackLayout

    func stacks(into diagnostics: inout Diagnostics) -> [Stack] {
        let tags = SortedTexts(tags: project.tags, project: project)
        var stacks = layout.universal.numbers.enumerated().map { position, number in
            Stack(
                index: StackIndex(value: position),
                name: RepositoryPartition.stackName(project.name, number: number), kind: .universal, environment: nil,
                pipeline: nil, exportPrefix: project.name, destinations: destinations,
                templatePath: number == 0 ? "universal" : "universal-\(number)",
                description: "Image repositories of \(project.name)", tags: tags, origin: project.file.wholeFile)
        }
        let policy = policy
        for (pipeline, repositories) in zip(project.pipelines, layout.repositories) {
            let tags = SortedTexts(tags: project.tags, project: project, pipeline: pipeline.id)
            for (image, place) in zip(pipeline.images, repositories) {
                // ECR: at most 256 characters.
                let length = place.name.utf8.count
                if length > 256 {
                    diagnostics.report(
                        Diagnostic(
                            .nameTooLong, at: image.range,
                            "the repository `\(place.name)` would have \(length) characters; at most 256 are possible",
                            help: "shorten the names of the folders"))
                }
                let repository = Repository(
                    name: place.name, untaggedExpiryDays: project.images.untaggedExpiryDays,
                    keep: project.images.keep, policy: policy, isForJobs: image.isJob, tags: tags)
                stacks[place.id.stack.value].add(
                    place.id.logicalID, repository, origin: image.range, &diagnostics)
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

    /// Who pulls: Lambda, for the project's functions (Lambda guide, "Create a function using a container image", Amazon ECR
    /// permissions), and where images live in one account for all, whoever deploys in the others.
    ///
    /// It is the same for all repositories of functions. Lambda adds a policy of its own only when a function is created, and
    /// CloudFormation removes one that the template lacks with any update of the repository (aws-cdk#18473,
    /// cloudformation-coverage-roadmap#1962 and #2493): functions that were idle could not be pulled any more.
    ///
    /// Functions are named by the project's prefix, which names that are cut keep: with their environments or one by one, a
    /// deployment from a branch that lacks one would take its right away.
    private var policy: PolicyDocument {
        let pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        // Each repository serves the functions of its own region.
        func functions(of account: ARN.Account) -> Expression {
            .arn(ARN("lambda", account: account, "function:", project.name, "-*"))
        }
        func byLambda(_ functions: [Expression]) -> PolicyStatement {
            PolicyStatement(
                Repository.lambdaPulls, principal: .service(.literal("lambda.amazonaws.com")), pull,
                where: [.init("ArnLike", "aws:SourceArn", functions)])
        }
        guard let registry = project.registryAccount else { return PolicyDocument([byLambda([functions(of: .own)])]) }
        let others = Set(project.environments.compactMap(\.account)).subtracting([registry]).sorted()
        var statements = [byLambda([functions(of: .own)] + others.map { functions(of: .id($0)) })]
        if !others.isEmpty {
            // Whoever creates or updates a function pulls too ("Amazon ECR cross-account permissions").
            let roots = others.map { ARN("iam", hasRegion: false, account: .id($0), "root") }
            statements.append(PolicyStatement("OtherAccountsUseImage", principal: .accounts(roots), pull))
        }
        return PolicyDocument(statements)
    }
}
