internal import DorcText
internal import CloudFormation
internal import DorcModel
package import DorcSynth
internal import OrderedCollections

/// `manifest.json`: the stacks in the order of deployment, the images, and every file that was written.
///
/// It says what there is, not what is in it: no sizes, no hashes, no tags of images. A change of code or settings leaves it
/// as it is, and those of two pipelines can be merged.
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
        package var tags: SortedTexts
        /// Nil of a universal stack: every new function of the project would change it.
        package var resources: Int?
        /// Nil where there are none, and in manifests of before they were kept.
        package var deadlines: [ScheduleDeadline]?
    }

    package struct ImageEntry: Sendable, Equatable {
        package var function: String
        /// The universal stack with its repository; nil in manifests of before there could be several.
        package var stack: String?
        package var repository: String
        package var context: String
        package var dockerfile: String
        package var buildArgs: SortedTexts
        package var platform: String
    }

    package static let fileName = "manifest.json"
    /// 1 had sizes and hashes of templates and the tags of images; its folders are taken over.
    package static let version = 2

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
                    capabilities: stack.hasRoles ? ["CAPABILITY_NAMED_IAM"] : [], tags: stack.stackTags,
                    resources: stack.kind == .universal ? nil : template.resources,
                    deadlines: stack.deadlines.isEmpty ? nil : stack.deadlines)
            }
        }
        partial = Self.partial(graph, Set(templates.map(\.stack)))
        images = graph.images.map { image in
            ImageEntry(
                function: String(joining: image.pipeline.layer, "/", image.pipeline.name, "/", image.function),
                stack: graph[image.stack].name,
                repository: image.repository, context: ".", dockerfile: image.dockerfile,
                buildArgs: image.buildArguments,
                platform: image.platform)
        }
        let runner = images.contains(where: \.isJob) ? [DeploymentFiles.runner] : []
        files = (templates.map(\.path) + DeploymentFiles.paths + runner).sorted()
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

    package var bytes: [UInt8] {
        var writer = TemplateWriter(.json)
        writer.object {
            $0["version"] = Self.version
            $0["project"] = project
            $0["repository"] = repository
            $0.add("registryAccount", registryAccount)
            $0["partial"] = partial
            $0.list("stacks") {
                for stack in stacks { $0.object { stack.write(to: &$0) } }
            }
            $0.list("images") {
                for image in images { $0.object { image.write(to: &$0) } }
            }
            $0["files"] = files
        }
        return writer.finish()
    }
}

extension Manifest.StackEntry {
    fileprivate func write(to entry: inout TemplateWriter) {
        entry["name"] = name
        entry["kind"] = kind
        entry.add("environment", environment)
        entry.add("pipeline", pipeline)
        entry["template"] = template
        entry["region"] = region
        entry.add("account", account)
        if let resources { entry["resources"] = resources }
        entry["dependsOn"] = dependsOn
        if let deadlines {
            entry.list("deadlines") {
                for deadline in deadlines {
                    $0.object {
                        $0["trigger"] = deadline.trigger
                        $0["kind"] = deadline.kind.rawValue
                        $0["timezone"] = deadline.timezone
                        $0["time"] = deadline.time
                    }
                }
            }
        }
        entry["capabilities"] = capabilities
        // Last: what ends a list in JSON changes with the entry after it, and must not be beside what changes by itself.
        entry["tags"] = tags
    }
}

extension Manifest.ImageEntry {
    /// Whether it is a function's image for jobs, which has dorc's runner in it: its repository's name says so.
    var isJob: Bool { repository.hasSuffix(".job") }

    fileprivate func write(to entry: inout TemplateWriter) {
        entry["function"] = function
        entry.add("stack", stack)
        entry["repository"] = repository
        entry["context"] = context
        entry["dockerfile"] = dockerfile
        entry["buildArgs"] = buildArgs
        entry["platform"] = platform
    }
}

extension TemplateWriter {
    /// Null for nil: a reader of the manifest finds every key.
    fileprivate mutating func add(_ key: StaticString, _ text: String?) {
        self.key(key)
        if let text { add(text) } else { addNull() }
    }
}

extension Stack {
    /// CloudFormation wants to be told that a stack makes roles with names.
    fileprivate var hasRoles: Bool {
        resources.values.contains { type(of: $0.resource).needsCapability }
    }
}
