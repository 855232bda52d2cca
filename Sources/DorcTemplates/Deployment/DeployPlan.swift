internal import DorcModel
internal import DorcSynth
internal import DorcText

/// `deploy.plan`: what `deploy.sh` deploys and `run.sh` works with. A word for the kind of a row, and columns with tabs between them, `-` for nothing.
///
/// The rows are sorted, so that a pipeline's are where they are whatever else there is. They say what there is, not what is in
/// it: they change with the project's shape only. Before a stack's row is a line that never changes, and after each an empty
/// one: git merges two changes only where a line that neither touches is between them.
struct DeployPlan {
    static let path = "deploy.plan"

    let manifest: Manifest

    private static let head: StaticString = """
        dorc-plan\t1
        # Written by dorc-synth, read by deploy.sh and run.sh beside it. Columns are separated by tabs; `-` is nothing.
        #   image     pipeline, target in docker-bake.json, which has its tag, repository, platform
        #   partial   an environment that is here without some of its pipelines
        #   project   its name, what the tag `repository` says
        #   registry  environment, account and region of its images, what host names end with there
        #   stack     name, kind, region, account, environments, pipeline, template, capabilities, core stacks that it comes after,
        #             times that must not have passed (trigger|what|time zone|time;...), tags

        """

    private struct Row {
        var text: String
        /// In the line before it.
        var stack: String?
    }

    var bytes: [UInt8] {
        let rows = rows.sorted { $0.text < $1.text }
        var bytes = ByteBuffer(capacity: 1024 * (rows.count + 1))
        bytes.append(Self.head)
        for row in rows {
            bytes.append("\n" as StaticString)
            if let stack = row.stack {
                bytes.append("# " as StaticString)
                bytes.append(field: stack)
                bytes.append("\n" as StaticString)
            }
            bytes.append(row.text)
            bytes.append("\n" as StaticString)
        }
        return bytes.bytes
    }

    private var rows: [Row] {
        var rows = [Self.row("project", manifest.project, manifest.repository ?? "-")]
        rows += (manifest.partial ?? []).map { Self.row("partial", $0) }
        for stack in manifest.stacks where stack.kind == "infra" {
            rows.append(
                Self.row(
                    "registry", stack.environment ?? "-", registry(of: stack) ?? "-", stack.region,
                    Partition.of(region: stack.region).dnsSuffix))
        }
        let cores = Set(manifest.stacks.filter { $0.kind == "core" }.map(\.name))
        for stack in manifest.stacks {
            let account = stack.account ?? "-"
            // The others come before all core stacks anyway.
            let needed = stack.dependsOn.filter(cores.contains).sorted().joined(separator: ",")
            var row = Self.row(
                "stack", stack.name, stack.kind, stack.region, account, served(by: stack), stack.pipeline ?? "-",
                stack.template, stack.capabilities.joined(separator: " "), needed, Self.list(stack.deadlines ?? []),
                Self.list(stack.tags))
            row.stack = stack.name
            rows.append(row)
        }
        for image in manifest.images {
            rows.append(
                Self.row(
                    "image", image.pipeline, BakeFile.target(image), image.repository, image.platform))
        }
        return rows
    }

    /// The environments whose images are in a universal stack; of others the own one.
    private func served(by stack: Manifest.StackEntry) -> String {
        if let environment = stack.environment { return environment }
        return manifest.stacks.filter {
            $0.kind == "infra" && registry(of: $0) == stack.account && $0.region == stack.region
        }.compactMap(\.environment).sorted().joined(separator: ",")
    }

    private func registry(of infra: Manifest.StackEntry) -> String? { manifest.registryAccount ?? infra.account }

    /// None of the parts has a separator in it.
    private static func list(_ deadlines: [ScheduleDeadline]) -> String {
        deadlines.map { [$0.trigger, $0.kind.rawValue, $0.timezone, $0.time].joined(separator: "|") }
            .joined(separator: ";")
    }

    /// As CloudFormation's API takes tags, in ASCII: the script only copies them.
    private static func list(_ tags: SortedTexts) -> String {
        var bytes = ByteBuffer(capacity: 512)
        bytes.append("[" as StaticString)
        for (position, tag) in tags.entries.enumerated() {
            if position > 0 { bytes.append(", " as StaticString) }
            bytes.append("{\"Key\": " as StaticString)
            JSONText.appendASCII(tag.key, to: &bytes)
            bytes.append(", \"Value\": " as StaticString)
            JSONText.appendASCII(tag.value, to: &bytes)
            bytes.append("}" as StaticString)
        }
        bytes.append("]" as StaticString)
        return bytes.text
    }

    private static func row(_ fields: String...) -> Row {
        var bytes = ByteBuffer(capacity: 1024)
        for (position, field) in fields.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: "\t")) }
            bytes.append(field: field)
        }
        return Row(text: bytes.text)
    }
}

extension ByteBuffer {
    /// Nothing that would end a field or a line, whatever an older manifest says.
    fileprivate mutating func append(field text: String) {
        if text.isEmpty { return append(UInt8(ascii: "-")) }
        var text = text
        text.withUTF8 { bytes in
            if JSONText.isPrintable(bytes) { return append(bytes) }
            for byte in bytes { append(byte < 0x20 ? UInt8(ascii: " ") : byte) }
        }
    }
}
