internal import DorcSynth

/// What a stack exports of a resource since no other stack could work it out: the id of a security group, the ARN of a
/// key. It is exported whether it is imported or not, so that a stack that is about to be removed can still import it.
struct ExportedValue {
    let outputID: String
    let name: String
    let description: String
    private let attribute: Reference.Attribute
    private let id: LogicalID

    init?(of node: ResourceNode, in stack: Stack, _ project: String) {
        id = node.id
        let suffix: (output: String, name: String)
        var mark: String?
        switch node.resource {
        case .encryptionKey:
            attribute = .arn
            suffix = ("Arn", "arn")
            description = "Key of the log groups and the failure topic"
        case .securityGroup(let group):
            attribute = .groupID
            suffix = ("Id", "id")
            description = "Security group of every function in a VPC"
            mark = group.mark
        case .repository, .topic, .topicPolicy, .queue, .queuePolicy, .alarm, .role, .scheduleGroup, .logGroup,
            .function, .stateMachine, .schedule, .rule:
            return nil
        }
        outputID = node.id.text + suffix.output
        let prefix = [project, stack.environment].compactMap { $0 }.joined(separator: "-")
        var stem = Self.kebab(mark.map { String(node.id.text.dropLast($0.count)) } ?? node.id.text)
        if let mark { stem += "-\(mark)" }
        name = "\(prefix)-\(stem)-\(suffix.name)"
    }

    func reference(in stack: StackIndex) -> Reference {
        Reference(target: ResourceID(stack: stack, logicalID: id), attribute: attribute)
    }

    /// `EncryptionKey` -> `encryption-key`
    private static func kebab(_ camel: String) -> String {
        var result: [UInt8] = []
        for byte in camel.utf8 {
            let isUpper = (0x41...0x5A).contains(byte)
            if isUpper && !result.isEmpty { result.append(UInt8(ascii: "-")) }
            result.append(isUpper ? byte | 0x20 : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
