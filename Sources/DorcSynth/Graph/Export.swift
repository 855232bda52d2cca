internal import CloudFormation

/// What a stack exports of a resource since no other stack could work it out: the id of a security group, the ARN of a
/// key. It is exported whether it is imported or not, so that a stack that is about to be removed can still import it.
package struct Export: Sendable {
    var attribute: Reference.Attribute
    var description: String
    /// At the end of the resource's logical id, this makes that of the output.
    var outputEnding: StaticString
    /// The same for the export's name, after a hyphen.
    var nameEnding: StaticString
    /// The end of the logical id that stands for the resource's identity; the name keeps it as it is.
    var mark: String?
}

/// An export of one resource of one stack.
package struct NamedExport: Sendable {
    package let outputID: String
    package let name: String
    package let description: String
    package let reference: Reference

    /// `prefix` is the project's and the environment's.
    init(_ export: Export, of id: ResourceID, prefix: String) {
        reference = Reference(target: id, attribute: export.attribute)
        description = export.description
        let text = id.logicalID.text
        outputID = "\(text)\(export.outputEnding)"
        let stem = Self.kebab(text.dropLast(export.mark?.count ?? 0))
        name = "\(prefix)-\(stem)-\(export.mark.map { "\($0)-" } ?? "")\(export.nameEnding)"
    }

    /// `EncryptionKey` -> `encryption-key`
    private static func kebab(_ camel: some StringProtocol) -> String {
        var result: [UInt8] = []
        for byte in camel.utf8 {
            let isUpper = (0x41...0x5A).contains(byte)
            if isUpper && !result.isEmpty { result.append(UInt8(ascii: "-")) }
            result.append(isUpper ? byte | 0x20 : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
