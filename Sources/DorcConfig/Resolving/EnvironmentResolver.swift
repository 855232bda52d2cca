internal import DorcModel
internal import DorcText

/// dorc.yaml as written -> the project's settings and its environments.
struct EnvironmentResolver {
    let file: ProjectFile

    func project(into diagnostics: inout Diagnostics) -> Project {
        let tags = tags(file.tags, over: [:], &diagnostics)
        var project = Project(
            name: file.project?.value ?? "project", file: file.range.file, repository: file.repository?.value,
            tags: tags, images: ImageSettings(file.images?.value),
            registryAccount: file.registry?.value.account?.value, environments: [], pipelines: [])
        for entry in file.environments?.value.entries ?? [] {
            project.environments.append(environment(entry.key, entry.value, projectTags: tags, &diagnostics))
        }
        return project
    }

    private func environment(
        _ name: Located<String>, _ section: ProjectFile.EnvironmentSection, projectTags: [String: String],
        _ diagnostics: inout Diagnostics
    ) -> Environment {
        if let registry = file.registry?.value.account, section.account == nil {
            diagnostics.report(.accountForRegistry(name.value, at: name.range, registry: registry.range))
        }
        let variables = section.variables?.value.entries.map { ($0.key.value, $0.value) } ?? []
        var environment = Environment(
            name: name.value, range: name.range, account: section.account?.value,
            region: section.region?.value ?? file.region?.value ?? "",
            tags: tags(section.tags, over: projectTags, &diagnostics),
            variables: Dictionary(variables, uniquingKeysWith: { $1 }),
            network: NetworkResolver(section: section).network(into: &diagnostics),
            previousVPCID: section.previousVPCID?.value, encryption: encryption(section),
            permissionsBoundary: section.permissionsBoundary?.value,
            additionalPolicies: AdditionalPolicies(
                lambda: section.additionalLambdaRolePolicyARN?.value,
                stateMachine: section.additionalStateMachineRolePolicyARN?.value,
                trigger: section.additionalTriggerRolePolicyARN?.value),
            notifications: notifications(section.notifications))
        environment.previousSubnetIDs = section.previousPrivateSubnetIDs?.value
        if let most = section.jobs?.value.maxVCPUs { environment.jobs.maximumVCPUs = most.value }
        if let gpus = section.jobs?.value.gpuInstances { environment.jobs.gpus = gpus.value }
        if environment.region.isEmpty { return environment }
        EnvironmentARNCheck(section: section, environment: environment).run(into: &diagnostics)
        if let registry = file.registry, let first = firstRegion, Partition.of(region: first) != environment.partition {
            diagnostics.report(.twoPartitions(first, environment, at: name.range, registry: registry.range.firstLine))
        }
        return environment
    }

    /// Of the first environment.
    private var firstRegion: String? {
        file.environments?.value.entries.first?.value.region?.value ?? file.region?.value
    }

    private func encryption(_ section: ProjectFile.EnvironmentSection) -> Environment.Encryption {
        guard let key = section.encryptionKey?.value else { return .ownKey }
        return key.literal == Environment.Encryption.awsName ? .aws : .key(key)
    }

    private func notifications(
        _ written: Located<ProjectFile.NotificationsSection>?
    ) -> Notifications {
        let section = written?.value
        var slack: SlackChannel?
        if let written = section?.slack?.value, let workspace = written.workspace, let channel = written.channel {
            slack = SlackChannel(workspace: workspace.value, channel: channel.value)
        }
        return Notifications(
            topic: section?.topic.map { .existing($0.value) }
                ?? .own(emails: section?.email?.value.map(\.value) ?? []),
            slack: slack, range: written?.range.firstLine, slackRange: section?.slack?.range.firstLine)
    }

    private func tags(
        _ section: Located<LocatedMap<String>>?, over base: [String: String], _ diagnostics: inout Diagnostics
    ) -> [String: String] {
        var tags = base
        for entry in section?.value.entries ?? [] {
            TagMerge.add(entry.key, entry.value, to: &tags, &diagnostics)
        }
        return section.map { TagMerge.counted(tags, at: $0.range, &diagnostics) } ?? tags
    }
}

extension Diagnostic {
    fileprivate static func accountForRegistry(_ environment: String, at range: SourceRange, registry: SourceRange)
        -> Diagnostic
    {
        Diagnostic(
            .registryNeedsAccount, at: range, "environment `\(environment)` names no account",
            help: "the registry's policy has to name the accounts that pull images: add `account: \"…\"`",
            notes: [Note(registry, "all images live in this one account")])
    }

    /// An account is in one partition, and so are its images.
    fileprivate static func twoPartitions(
        _ region: String, _ environment: Environment, at range: SourceRange, registry: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .registryPartition, at: range,
            "the environment `\(environment.name)` is in the partition `\(environment.partition.id)` of AWS, others that share"
                + " its registry are in `\(Partition.of(region: region).id)`",
            help: "no account is in both: remove `registry`, or make a project for each partition",
            notes: [Note(registry, "all images live in this one account")])
    }
}
