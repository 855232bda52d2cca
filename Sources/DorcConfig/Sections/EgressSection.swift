package import DorcModel
package import DorcText
internal import DorcYAML

extension ProjectFile {
    /// An item of an environment's `egress`.
    package struct EgressSection: Section {
        package var origin = Origin()
        package var port: Located<Int>?
        package var ports: Located<ClosedRange<Int>>?
        package var to: Located<CloudFormationValue>?
        package var transport: Located<EgressRule.Transport>?

        package init() {}

        package static let type = ObjectType<Self>(
            "an item of `egress`",
            alternatives: .init(
                "port", "ports", several: { item, _ in .egressPorts(item) }, none: Diagnostic.egressPorts),
            keys: [
                Key("port", \.port, .integer(1...65535), "The port, or `ports`."),
                Key("ports", \.ports, .ports, "Several ports, as in `5432-5439`."),
                Key(
                    "to", \.to,
                    .deployText(
                        "a range of addresses such as `10.0.0.0/16`, or the id of a security group or a prefix list",
                        .egressDestination,
                        help: "one address alone is `10.0.0.1/32`; names of hosts are not possible"),
                    required: true,
                    "A range of addresses, a security group's or prefix list's id, or a CloudFormation function that gives a"
                        + " security group's id."),
                Key("protocol", \.transport, .choice, default: .value(.tcp), "The transport protocol."),
            ])
    }
}

extension ValueType<ClosedRange<Int>> {
    fileprivate static var ports: ValueType {
        let format = "a range of ports such as `5432-5439`"
        let port = "0*(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
        return ValueType(
            .string(
                StringShape(
                    format: format, pattern: "^\(port)-\(port)$", numbers: nil, takesBooleans: false,
                    examples: ["5432-5439", "1-65535"])),
            decode: { node, diagnostics in
                guard let text = Scalars.text(node, expected: format, &diagnostics) else { return nil }
                let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
                    Scalars.isDigits(String(end)) ? Int(end) : nil
                }
                guard ends.count == 2, let first = ends[0], let last = ends[1], (1...65535).contains(first),
                    (first...65535).contains(last)
                else {
                    diagnostics.report(
                        .invalidValue(
                            text, expected: format, at: node.range.firstLine,
                            help: "the smaller one first, from 1 to 65535; one port alone is `port: …`"))
                    return nil
                }
                return first...last
            }, encode: { .string("\($0.lowerBound)-\($0.upperBound)") })
    }
}

extension EgressRule.Destination {
    /// What comes from a CloudFormation function is taken for a security group: other stacks export those.
    init?(_ value: CloudFormationValue) {
        guard let text = value.literal, !DynamicReference.isIn(text) else {
            self = .securityGroup(value)
            return
        }
        if Identifiers.isResource(text, prefix: "sg-") {
            self = .securityGroup(value)
        } else if Identifiers.isResource(text, prefix: "pl-") {
            self = .prefixList(text)
        } else if let range = try? AddressRange(text) {
            self = range.family == .ipv4 ? .ipv4(text) : .ipv6(text)
        } else {
            return nil
        }
    }

    /// Bits after the prefix are told with what to write instead.
    static func isWritable(_ text: String) -> Bool {
        do throws(AddressRange.Problem) {
            _ = try AddressRange(text)
            return true
        } catch {
            if case .hasHostBits = error { return true }
            return Self(.text(text)) != nil
        }
    }
}

extension Diagnostic {
    /// Nil where a part of the item could not be read: that has been reported.
    fileprivate static func egressPorts(_ item: ProjectFile.EgressSection) -> Diagnostic? {
        let isRead =
            item.to != nil && (item.transport != nil || !item.writtenKeys.contains("protocol"))
            && (item.port != nil || !item.writtenKeys.contains("port"))
            && (item.ports != nil || !item.writtenKeys.contains("ports"))
        guard isRead else { return nil }
        return Diagnostic(
            .egressPorts, at: item.range.firstLine,
            item.port == nil ? "the item names no port" : "the item has `port` and `ports`",
            help: "write `port: 5432`, or `ports: 5432-5439`")
    }
}
