internal import DorcModel
internal import DorcSynth
internal import DorcText

/// `deploy.sh`: the script beside this file, with the project's plan in the place of a line.
package struct DeployScript {
    static let path = "deploy.sh"
    /// The whole line that the plan replaces.
    private static let mark = "@PLAN@\n"

    let manifest: Manifest
    let images: [Manifest.ImageEntry]

    package init(manifest: Manifest, images: [Manifest.ImageEntry]) {
        self.manifest = manifest
        self.images = images
    }

    package static var template: String { String(decoding: PackageResources.deploy_sh, as: UTF8.self) }

    var bytes: [UInt8] { Array(Self.template.replacing(Self.mark, with: plan).utf8) }

    /// Shell functions that print tables, with `-` for nothing: data for the script, which reads them line by line.
    package var plan: String {
        """
        # the project; what the tag `repository` says; each environment that lacks pipelines here
        \(table("settings", settings))
        # kind, name, region, account, environments, pipeline, template, capabilities
        \(table("stacks", stacks))
        # stack, region, account, tag
        \(table("tags", tags))
        # environment, stack, a stack that has to be deployed before it
        \(table("dependencies", dependencies))
        # environment, account and region of its images, what host names end with there
        \(table("registries", registries))
        # pipeline, target in docker-bake.json, repository, tag, platform
        \(table("images", images.map(row)))
        # stack, region, account, trigger, what must not have passed, its time zone and time
        \(table("deadlines", deadlines))

        """
    }

    /// Every table has two columns or more: with a tab in each, no row is the line that ends them.
    private func table(_ name: String, _ rows: [[String]]) -> String {
        var text = "\(name)() { cat <<'END_OF_PLAN'\n"
        for row in rows {
            for (position, field) in row.enumerated() {
                if position > 0 { text += "\t" }
                text += Self.field(field)
            }
            text += "\n"
        }
        return text + "END_OF_PLAN\n}"
    }

    /// Nothing that would end a field or a line, whatever an older manifest says.
    private static func field(_ text: String) -> String {
        if text.isEmpty { return "-" }
        guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }

    private var settings: [[String]] {
        [["project", manifest.project], ["repository", manifest.repository ?? "-"]]
            + (manifest.partial ?? []).map { ["partial", $0] }
    }

    private var stacks: [[String]] {
        manifest.stacks.map { stack in
            [
                stack.kind, stack.name, stack.region, stack.account ?? "-", served(by: stack).joined(separator: ","),
                stack.pipeline ?? "-", stack.template, stack.capabilities.joined(separator: " "),
            ]
        }
    }

    /// The environments whose images stand in a universal stack; of others the own one.
    private func served(by stack: Manifest.StackEntry) -> [String] {
        if let environment = stack.environment { return [environment] }
        return infras.filter { registry(of: $0) == stack.account && $0.region == stack.region }
            .compactMap(\.environment)
    }

    private func row(_ image: Manifest.ImageEntry) -> [String] {
        [image.pipeline, BakeFile.target(image.function), image.repository, image.tag, image.platform]
    }

    private var infras: [Manifest.StackEntry] { manifest.stacks.filter { $0.kind == "infra" } }

    private func registry(of infra: Manifest.StackEntry) -> String? { manifest.registryAccount ?? infra.account }

    private var registries: [[String]] {
        infras.map {
            [$0.environment ?? "-", registry(of: $0) ?? "-", $0.region, Partition.of(region: $0.region).dnsSuffix]
        }
    }

    private var tags: [[String]] {
        manifest.stacks.flatMap { stack in
            stack.tags.sorted { $0.key < $1.key }.map { key, value in
                // As CloudFormation's API takes it, in ASCII: the script only copies it.
                let tag = #"{"Key": \#(JSONText.literalASCII(key)), "Value": \#(JSONText.literalASCII(value))}"#
                return [stack.name, stack.region, stack.account ?? "-", tag]
            }
        }
    }

    private var deadlines: [[String]] {
        manifest.stacks.flatMap { stack in
            (stack.deadlines ?? []).map { deadline in
                [
                    stack.name, stack.region, stack.account ?? "-", deadline.trigger, deadline.kind.rawValue,
                    deadline.timezone, deadline.time,
                ]
            }
        }
    }

    /// Between core stacks: the others come before them all.
    private var dependencies: [[String]] {
        let cores = Set(manifest.stacks.filter { $0.kind == "core" }.map(\.name))
        return manifest.stacks.flatMap { stack in
            stack.dependsOn.filter { cores.contains($0) }.map { [stack.environment ?? "-", stack.name, $0] }
        }
    }
}
