internal import DorcModel
internal import DorcSynth

/// `deploy.sh`: the script beside this file, with the project's plan in the place of a line.
package struct DeployScript {
    static let path = "deploy.sh"
    /// The whole line that the plan replaces.
    private static let mark = Array("@PLAN@\n".utf8)

    let manifest: Manifest
    let images: [Manifest.ImageEntry]

    package init(manifest: Manifest, images: [Manifest.ImageEntry]) {
        self.manifest = manifest
        self.images = images
    }

    package static var template: String { String(decoding: PackageResources.deploy_sh, as: UTF8.self) }

    var bytes: [UInt8] {
        let script = PackageResources.deploy_sh
        let before = script.indices.first { script[$0...].starts(with: Self.mark) } ?? script.endIndex
        var bytes = ByteBuffer(capacity: script.count + 1024 * manifest.stacks.count)
        script[..<before].withUnsafeBufferPointer { bytes.append($0) }
        writePlan(to: &bytes)
        script[before...].dropFirst(Self.mark.count).withUnsafeBufferPointer { bytes.append($0) }
        return bytes.bytes
    }

    package var plan: String {
        var bytes = ByteBuffer()
        writePlan(to: &bytes)
        return bytes.text
    }

    /// Shell functions that print tables, with `-` for nothing: data for the script, which reads them line by line.
    private func writePlan(to bytes: inout ByteBuffer) {
        bytes.table(
            "settings", "the project; what the tag `repository` says; each environment that lacks pipelines here"
        ) {
            $0.row("project", manifest.project)
            $0.row("repository", manifest.repository ?? "-")
            for environment in manifest.partial ?? [] { $0.row("partial", environment) }
        }
        bytes.table("stacks", "kind, name, region, account, environments, pipeline, template, capabilities") {
            for stack in manifest.stacks {
                $0.row(
                    stack.kind, stack.name, stack.region, stack.account ?? "-", served(by: stack),
                    stack.pipeline ?? "-", stack.template, stack.capabilities.joined(separator: " "))
            }
        }
        bytes.table("tags", "stack, region, account, tag") {
            for stack in manifest.stacks { writeTags(of: stack, to: &$0) }
        }
        bytes.table("dependencies", "environment, stack, a stack that has to be deployed before it", writeDependencies)
        bytes.table("registries", "environment, account and region of its images, what host names end with there") {
            for infra in infras {
                $0.row(
                    infra.environment ?? "-", registry(of: infra) ?? "-", infra.region,
                    Partition.of(region: infra.region).dnsSuffix)
            }
        }
        bytes.table("images", "pipeline, target in docker-bake.json, repository, tag, platform") {
            for image in images {
                $0.row(image.pipeline, BakeFile.target(image.function), image.repository, image.tag, image.platform)
            }
        }
        bytes.table("deadlines", "stack, region, account, trigger, what must not have passed, its time zone and time") {
            for stack in manifest.stacks {
                for deadline in stack.deadlines ?? [] {
                    $0.row(
                        stack.name, stack.region, stack.account ?? "-", deadline.trigger, deadline.kind.rawValue,
                        deadline.timezone, deadline.time)
                }
            }
        }
    }

    /// The environments whose images stand in a universal stack; of others the own one.
    private func served(by stack: Manifest.StackEntry) -> String {
        if let environment = stack.environment { return environment }
        return infras.filter { registry(of: $0) == stack.account && $0.region == stack.region }
            .compactMap(\.environment).joined(separator: ",")
    }

    private var infras: [Manifest.StackEntry] { manifest.stacks.filter { $0.kind == "infra" } }

    private func registry(of infra: Manifest.StackEntry) -> String? { manifest.registryAccount ?? infra.account }

    /// As CloudFormation's API takes them, in ASCII: the script only copies them.
    private func writeTags(of stack: Manifest.StackEntry, to bytes: inout ByteBuffer) {
        var place = ByteBuffer(capacity: 256)
        place.fields(stack.name, stack.region, stack.account ?? "-")
        let fields = place.text
        for tag in stack.tags.entries {
            bytes.append(fields)
            bytes.append("\t{\"Key\": " as StaticString)
            JSONText.appendASCII(tag.key, to: &bytes)
            bytes.append(", \"Value\": " as StaticString)
            JSONText.appendASCII(tag.value, to: &bytes)
            bytes.append("}\n" as StaticString)
        }
    }

    /// Between core stacks: the others come before them all.
    private func writeDependencies(to bytes: inout ByteBuffer) {
        let cores = Set(manifest.stacks.filter { $0.kind == "core" }.map(\.name))
        for stack in manifest.stacks {
            for dependency in stack.dependsOn where cores.contains(dependency) {
                bytes.row(stack.environment ?? "-", stack.name, dependency)
            }
        }
    }
}

extension ByteBuffer {
    /// Every table has two columns or more: with a tab in each, no row is the line that ends them.
    fileprivate mutating func table(
        _ name: StaticString, _ columns: StaticString, _ rows: (inout ByteBuffer) -> Void
    ) {
        append("# " as StaticString)
        append(columns)
        append(UInt8(ascii: "\n"))
        append(name)
        append("() { cat <<'END_OF_PLAN'\n" as StaticString)
        rows(&self)
        append("END_OF_PLAN\n}\n" as StaticString)
    }

    fileprivate mutating func row(_ fields: String...) {
        for (position, field) in fields.enumerated() {
            if position > 0 { append(UInt8(ascii: "\t")) }
            self.field(field)
        }
        append(UInt8(ascii: "\n"))
    }

    fileprivate mutating func fields(_ first: String, _ second: String, _ third: String) {
        field(first)
        append(UInt8(ascii: "\t"))
        field(second)
        append(UInt8(ascii: "\t"))
        field(third)
    }

    /// Nothing that would end a field or a line, whatever an older manifest says.
    private mutating func field(_ text: String) {
        if text.isEmpty { return append(UInt8(ascii: "-")) }
        var text = text
        text.withUTF8 { bytes in
            if JSONText.isPrintable(bytes) { return append(bytes) }
            for byte in bytes { append(byte < 0x20 ? UInt8(ascii: " ") : byte) }
        }
    }
}
