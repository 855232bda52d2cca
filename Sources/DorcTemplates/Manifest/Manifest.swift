internal import DorcModel
package import DorcSynth
internal import OrderedCollections

/// `manifest.json`: the stacks in the order of deployment, the images, and every file that was written.
package struct Manifest: Sendable, Equatable {
    package struct StackEntry: Sendable, Equatable {
        package var name: String
        package var kind: String
        package var environment: String?
        /// `layer/name`, of a core stack.
        package var pipeline: String?
        package var template: String
        package var region: String
        package var account: String?
        package var dependsOn: [String]
        package var capabilities: [String]
        package var tags: [String: String]
        package var resources: Int
        package var bytes: Int
        package var sha256: String
        /// Nil where there are none, and in manifests of before they were kept.
        package var deadlines: [ScheduleDeadline]?
    }

    package struct ImageEntry: Sendable, Equatable {
        package var function: String
        /// The universal stack with its repository; nil in manifests of before there could be several.
        package var stack: String?
        package var repository: String
        package var tag: String
        package var context: String
        package var dockerfile: String
        package var buildArgs: [String: String]
        package var platform: String
    }

    package static let fileName = "manifest.json"

    package var version = 1
    package var project: String
    /// The value of the tag `repository`, where dorc.yaml names one.
    package var repository: String?
    /// Of the images; nil where each environment's own account has them.
    package var registryAccount: String?
    /// The environments that are here without some of their pipelines, sorted; nil where there are none.
    package var partial: [String]?
    package var stacks: [StackEntry]
    package var images: [ImageEntry]
    /// Sorted; all but the manifest itself.
    package var files: [String]

    /// `templates` are in the order of deployment.
    package init(_ graph: ResourceGraph, _ templates: [TemplateSummary]) {
        let deployed = Set(graph.order)
        project = graph.project
        repository = graph.repository
        registryAccount = graph.registryAccount
        stacks = templates.flatMap { template in
            let stack = graph[template.stack]
            return stack.destinations.map { destination in
                StackEntry(
                    name: stack.name, kind: stack.kind.rawValue, environment: stack.environment,
                    pipeline: stack.pipeline?.description, template: template.path,
                    region: destination.region, account: destination.account,
                    dependsOn: stack.dependencies.filter { deployed.contains($0) }.map { graph[$0].name },
                    capabilities: stack.hasRoles ? ["CAPABILITY_NAMED_IAM"] : [], tags: stack.tags,
                    resources: template.resources, bytes: template.size, sha256: template.sha256,
                    deadlines: stack.deadlines.isEmpty ? nil : stack.deadlines)
            }
        }
        partial = Self.partial(graph, Set(templates.map(\.stack)))
        images = graph.images.map { image in
            ImageEntry(
                function: "\(image.pipeline)/\(image.function)", stack: graph[image.stack].name,
                repository: image.repository, tag: image.tag, context: ".", dockerfile: image.dockerfile,
                buildArgs: Dictionary(
                    image.buildArguments.map { ($0.name, $0.value) } + [("CODE_PATH", image.codePath)],
                    uniquingKeysWith: { $1 }),
                platform: image.platform)
        }
        files = (templates.map(\.path) + DeploymentFiles.paths).sorted()
    }

    private static func partial(_ graph: ResourceGraph, _ written: Set<StackIndex>) -> [String]? {
        let here = Set(written.compactMap { graph[$0].environment })
        let lacking = Set(graph.order.filter { !written.contains($0) }.compactMap { graph[$0].environment })
        let partial = here.intersection(lacking).sorted()
        return partial.isEmpty ? nil : partial
    }

    /// The universal stacks by the names of their repositories.
    package var universalStacks: [String: String] {
        Dictionary(
            images.compactMap { image in image.stack.map { (image.repository, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    package var bytes: [UInt8] { JSONWriter.write(value) }

    private var value: Value {
        .object([
            "version": .integer(version),
            "project": .string(project),
            "repository": repository.map { .string($0) },
            "registryAccount": registryAccount.map { .string($0) } ?? .null,
            "partial": partial.map { .strings($0) },
            "stacks": .list(stacks.map(Self.value)),
            "images": .list(images.map(Self.value)),
            "files": .strings(files),
        ])
    }

    private static func value(_ stack: StackEntry) -> Value {
        .object([
            "name": .string(stack.name),
            "kind": .string(stack.kind),
            "environment": stack.environment.map { .string($0) } ?? .null,
            "pipeline": stack.pipeline.map { .string($0) } ?? .null,
            "template": .string(stack.template),
            "region": .string(stack.region),
            "account": stack.account.map { .string($0) } ?? .null,
            "dependsOn": .strings(stack.dependsOn),
            "capabilities": .strings(stack.capabilities),
            "tags": map(stack.tags),
            "resources": .integer(stack.resources),
            "bytes": .integer(stack.bytes),
            "sha256": .string(stack.sha256),
            "deadlines": stack.deadlines.map { .list($0.map(value)) },
        ])
    }

    private static func value(_ deadline: ScheduleDeadline) -> Value {
        .object([
            "trigger": .string(deadline.trigger),
            "kind": .string(deadline.kind.rawValue),
            "timezone": .string(deadline.timezone),
            "time": .string(deadline.time),
        ])
    }

    private static func value(_ image: ImageEntry) -> Value {
        .object([
            "function": .string(image.function),
            "stack": image.stack.map { .string($0) } ?? .null,
            "repository": .string(image.repository),
            "tag": .string(image.tag),
            "context": .string(image.context),
            "dockerfile": .string(image.dockerfile),
            "buildArgs": map(image.buildArgs),
            "platform": .string(image.platform),
        ])
    }

    private static func map(_ entries: [String: String]) -> Value {
        .map(entries.sorted { $0.key < $1.key }.map { Value.Member($0.key, .string($0.value)) })
    }
}

extension Stack {
    /// CloudFormation wants to be told that a stack makes roles with names.
    fileprivate var hasRoles: Bool {
        resources.values.contains { node in
            if case .role = node.resource { true } else { false }
        }
    }
}
