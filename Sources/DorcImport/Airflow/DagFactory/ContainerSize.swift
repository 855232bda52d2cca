internal import DorcModel
internal import DorcYAML

/// `container_resources` and its kin -> a size that AWS Batch has.
struct ContainerSize {
    let node: YAMLNode

    init(_ task: WrittenValue) {
        let resources = task["container_resources"] ?? task["resources"]
        let limits = [resources?["limits"], resources?["requests"], resources].compactMap { $0 }
        func first(_ names: [String]) -> String? {
            limits.lazy.flatMap { limit in names.compactMap { limit[$0]?.text } }.first
        }
        let cpu = (first(["cpu", "limit_cpu", "request_cpu"]) ?? task["cpus"]?.text).flatMap(Self.cpu) ?? 1
        let memory =
            (first(["memory", "limit_memory", "request_memory"]) ?? task["mem_limit"]?.text).flatMap(Self.megabytes)
            ?? 2048
        let gpus = first(["nvidia.com/gpu"]).flatMap { Int($0) } ?? 0
        let most = InstanceSize.largest(gpus: gpus > 0 ? JobSettings().gpus : nil, .x86_64)
        var vcpu = min(cpu, most.vcpu)
        var size = min(max(memory, 512), most.memory)
        if gpus == 0, let fargate = FargateSize.fitting(vcpu: vcpu, memory: size) {
            (vcpu, size) = (fargate.vcpu, fargate.memory)
        } else {
            vcpu = max(1, vcpu.rounded(.up))
        }
        var fields: PipelineDraft.Fields = [
            ("vcpu", .literal(vcpu == vcpu.rounded() ? "\(Int(vcpu))" : "\(vcpu)")), ("memory", .literal("\(size)")),
        ]
        if gpus > 0 { fields.append(("gpu", .literal("\(min(gpus, most.gpus))"))) }
        node = .mapping(fields)
    }

    /// `500m`, `0.5`, `2`.
    private static func cpu(_ text: String) -> Double? {
        let number = text.hasSuffix("m") ? Double(text.dropLast()).map { $0 / 1000 } : Double(text)
        guard let number, number > 0, number < 10_000 else { return nil }
        return number
    }

    /// `512Mi`, `1Gi`, `1g`, bytes.
    private static func megabytes(_ text: String) -> Int? {
        let units: [(String, Double)] = [
            ("Ki", 1.0 / 1024), ("Mi", 1), ("Gi", 1024), ("Ti", 1_048_576), ("k", 1.0 / 1024), ("K", 1.0 / 1024),
            ("m", 1),
            ("M", 1), ("g", 1024), ("G", 1024), ("T", 1_048_576), ("b", 1.0 / 1_048_576),
        ]
        let (digits, unit) =
            units.first { text.hasSuffix($0.0) }.map { (text.dropLast($0.0.count), $0.1) } ?? (
                text[...], 1.0 / 1_048_576
            )
        guard let number = Double(digits), number > 0, number * unit < 10_000_000 else { return nil }
        return Int((number * unit).rounded(.up))
    }
}

extension ComputeProfile {
    var inlineNode: YAMLNode { node }
}
