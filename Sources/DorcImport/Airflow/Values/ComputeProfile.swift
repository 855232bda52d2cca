internal import DorcModel
internal import DorcYAML

/// A compute profile of the Analytical Platform's, such as `general-spot-8vcpu-32gb`.
struct ComputeProfile: Equatable {
    /// In dorc.yaml.
    let name: String
    let vcpu: Int
    /// In MB.
    let memory: Int
    let hasGPU: Bool
    let isSpot: Bool
    /// Whether no instance that dorc uses is as large as it asks for.
    let wasTooLarge: Bool

    /// What a task has that names none.
    static let usual = "general-spot-1vcpu-4gb"

    /// Nil for a name of another form.
    init?(_ text: String) {
        let words = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard words.count >= 4, let memoryWord = words.last, memoryWord.hasSuffix("gb"),
            let gigabytes = Int(memoryWord.dropLast(2)), (1...10_000).contains(gigabytes),
            let vcpuWord = words.dropLast().last, vcpuWord.hasSuffix("vcpu"), let vcpu = Int(vcpuWord.dropLast(4)),
            (1...1_000).contains(vcpu), Names.isFolder(text)
        else { return nil }
        hasGPU = words.first == "gpu"
        isSpot = words.contains("spot")
        let most = InstanceSize.largest(gpus: hasGPU ? JobSettings().gpus : nil, .x86_64)
        self.vcpu = min(vcpu, Int(most.vcpu))
        memory = min(gigabytes * 1024, most.memory)
        wasTooLarge = Int(most.vcpu) < vcpu || most.memory < gigabytes * 1024
        // A name has at most 30 characters.
        let short = words.filter { $0 != "on" && $0 != "demand" }.joined(separator: "-")
        let name = text.utf8.count <= Names.longestProject && Names.isProject(text) ? text : short
        guard Names.isProject(name), name.utf8.count <= Names.longestProject else { return nil }
        self.name = name
    }

    var node: YAMLNode {
        var fields: PipelineDraft.Fields = [("vcpu", .literal("\(vcpu)")), ("memory", .literal("\(memory)"))]
        if hasGPU { fields.append(("gpu", .literal("1"))) }
        if isSpot { fields.append(("spot", .literal("true"))) }
        return .mapping(fields)
    }
}
