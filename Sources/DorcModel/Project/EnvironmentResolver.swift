/// dorc.yaml as written -> the project's settings and its environments.
struct EnvironmentResolver {
    let file: ProjectFile

    func project(into diagnostics: inout Diagnostics) -> Project {
        let tags = tags(file.tags, over: [:], &diagnostics)
        var project = Project(
            name: file.project?.value ?? "project", file: file.range.file, repository: file.repository?.value,
            tags: tags, images: images(&diagnostics),
            registryAccount: file.registry?.value.account?.value, environments: [], pipelines: [])
        if let section = file.environments, section.value.entries.isEmpty {
            diagnostics.report(
                Diagnostic(
                    "empty-value", at: section.range.firstLine, "there is no environment", help: "as in `dev: {}`"))
        }
        for entry in file.environments?.value.entries ?? [] {
            project.environments.append(environment(entry.key, entry.value, projectTags: tags, &diagnostics))
        }
        return project
    }

    private func images(_ diagnostics: inout Diagnostics) -> ImageSettings {
        var settings = ImageSettings()
        guard let section = file.images?.value else { return settings }
        settings.dockerfile = section.dockerfile?.value ?? settings.dockerfile
        settings.architecture = section.architecture?.value ?? settings.architecture
        settings.include = section.include?.value ?? []
        if let expiry = section.untaggedExpiry {
            settings.untaggedExpiryDays = expiry.value.seconds / 86400
            if expiry.value.seconds % 86400 != 0 {
                diagnostics.report(
                    .outOfRange("\(expiry.value)", allowed: "whole days such as `14d`", at: expiry.range))
            }
        }
        settings.buildArguments = (section.buildArguments?.value.entries ?? [])
            .map { (name: $0.key.value, value: $0.value) }
            .sorted { $0.name < $1.name }
        return settings
    }

    private func environment(
        _ name: Located<String>, _ section: ProjectFile.EnvironmentSection, projectTags: [String: String],
        _ diagnostics: inout Diagnostics
    ) -> Environment {
        if let registry = file.registry?.value.account, section.account == nil {
            diagnostics.report(.accountForRegistry(name.value, at: name.range, registry: registry.range))
        }
        let variables = section.variables?.value.entries.map { ($0.key.value, $0.value) } ?? []
        return Environment(
            name: name.value, range: name.range, account: section.account?.value,
            region: section.region?.value ?? file.region?.value ?? "",
            tags: tags(section.tags, over: projectTags, &diagnostics),
            variables: Dictionary(variables, uniquingKeysWith: { $1 }), network: network(section, name, &diagnostics),
            encryption: encryption(section), permissionsBoundary: section.permissionsBoundary?.value,
            additionalPolicies: AdditionalPolicies(
                lambda: section.additionalLambdaRolePolicyARN?.value,
                stateMachine: section.additionalStateMachineRolePolicyARN?.value,
                trigger: section.additionalTriggerRolePolicyARN?.value),
            notifications: notifications(section.notifications?.value, &diagnostics))
    }

    private func encryption(_ section: ProjectFile.EnvironmentSection) -> Environment.Encryption {
        guard let key = section.encryptionKey?.value else { return .ownKey }
        return key.literal == Environment.Encryption.awsName ? .aws : .key(key)
    }

    private func notifications(
        _ section: ProjectFile.NotificationsSection?, _ diagnostics: inout Diagnostics
    ) -> Environment.Notifications {
        guard let topic = section?.topic else {
            return .ownTopic(emails: section?.email?.value.map(\.value) ?? [])
        }
        if let email = section?.email {
            diagnostics.report(
                Diagnostic(
                    "two-topics", at: email.range.firstLine, "addresses subscribe to the environment's own topic",
                    help: "subscribe them where `topic` is defined, or take `topic` out",
                    notes: [Diagnostic.Note(topic.range.firstLine, "this is another one")]))
        }
        return .topic(topic.value)
    }

    private func network(
        _ section: ProjectFile.EnvironmentSection, _ name: Located<String>, _ diagnostics: inout Diagnostics
    ) -> Environment.Network? {
        switch (section.vpcID, section.privateSubnetIDs) {
        case (let vpc?, let subnets?):
            // Lambda guide: at most 16 subnets.
            if case .list(let items) = subnets.value, items.count > 16 {
                diagnostics.report(
                    .outOfRange(
                        "a list of \(items.count) subnets", allowed: "a Lambda has at most 16",
                        at: subnets.range.firstLine))
            }
            return Environment.Network(vpcID: vpc.value, subnetIDs: subnets.value)
        case (let vpc?, nil) where !section.writtenKeys.contains("private_subnet_ids"):
            diagnostics.report(.halfNetwork(missing: "private_subnet_ids", at: vpc.range))
        case (nil, let subnets?) where !section.writtenKeys.contains("vpc_id"):
            diagnostics.report(.halfNetwork(missing: "vpc_id", at: subnets.range.firstLine))
        case (_, _): break
        }
        return nil
    }

    private func tags(
        _ section: Located<LocatedMap<String>>?, over base: [String: String], _ diagnostics: inout Diagnostics
    ) -> [String: String] {
        var tags = base
        for entry in section?.value.entries ?? [] {
            TagMerge.add(entry.key, entry.value, to: &tags, &diagnostics)
        }
        if let section { TagMerge.checkCount(tags, at: section.range, &diagnostics) }
        return tags
    }
}

extension Diagnostic {
    fileprivate static func accountForRegistry(_ environment: String, at range: SourceRange, registry: SourceRange)
        -> Diagnostic
    {
        Diagnostic(
            "registry-needs-account", at: range, "environment `\(environment)` names no account",
            help: "the registry's policy has to name the accounts that pull images: add `account: \"…\"`",
            notes: [Note(registry, "all images live in this one account")])
    }

    fileprivate static func halfNetwork(missing: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "half-network", at: range, "`vpc_id` and `private_subnet_ids` go together: `\(missing)` is missing",
            help: "without both, the Lambdas run outside a VPC")
    }
}
